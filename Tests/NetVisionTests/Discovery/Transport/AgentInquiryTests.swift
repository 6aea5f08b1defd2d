import NIOCore
import SNMP
import Testing

@testable import NetVision

struct AgentInquiryTests {
    private func identify(_ agent: ScriptedAgent, _ communities: Community...) async throws -> (identity: CardIdentity?, way: Int)? {
        var found: (identity: CardIdentity?, way: Int)?
        try await agent.serve { reader, address in
            let ways = communities.map { SearchPlan.Way(SNMPCredentials(.v2c, $0)) }
            let inquiry = AgentInquiry(reader.client, ways: ways, port: address.port ?? 0, patience: .milliseconds(300))
            found = try await inquiry.identify("127.0.0.1", hint: AgentInquiry.Hint(ways: [0]))
        }
        return found
    }

    @Test func aWayThatShowsNoCardIsNotTheLastOne() async throws {
        let fixture = try CardFixture.named("rfc1628_foreign_on-battery")
        let found = try await identify(ScriptedAgent(fixture.bindings, community: "site"), "public", "site")
        #expect(found?.way == 1)
        #expect(found?.identity == CardIdentity(fixture.bindings))
    }

    @Test func whatIsNoCardByAnyWayHasAnsweredTheFirst() async throws {
        let agent = ScriptedAgent([VariableBinding("1.3.6.1.2.1.1.1.0", .text("a switch"))])
        let found = try await identify(agent, "public", "site")
        #expect(found?.way == 0)
        #expect(found?.identity == nil)
    }
}
