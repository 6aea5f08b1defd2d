import FoundationEssentials
import NIOCore
import SNMP
import Testing

@testable import FleetServer

/// The poller against an SNMPv3 agent on the loopback network.
@Suite(.timeLimit(.minutes(1))) struct SecurePollingTests {
    private static func user(_ password: String = "12345678", privacy: String = "12345678") throws -> USMUser {
        try USMUser(name: "nms", authentication: (.sha256, password: password), privacy: (.aes256, password: privacy))
    }

    @Test func aCardIsReadAsAUser() async throws {
        let user = try Self.user()
        try await PolledFleet.with(PolledFleet.access(user), users: [user]) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await PolledFleet.events(events) { $0 == .card && $1["status"]?.string == "normal" }
            #expect(seen.last?.data["summary"]?["battery.charge"]?.double == 100)
        }
    }

    @Test func aRestartedCardLosesNoPoll() async throws {
        let user = try Self.user()
        try await PolledFleet.with(PolledFleet.access(user), users: [user]) { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { kind, _ in kind == .readings }
            for boots in 2...4 as ClosedRange<Int32> {
                fleet.agent.access.engine = PolledFleet.engine([user], boots: boots)
                var readings = 0
                let seen = try await PolledFleet.events(events) { kind, _ in
                    if kind == .readings { readings += 1 }
                    return readings == 3
                }
                #expect(!seen.contains { $0.data["status"]?.string == "unreachable" }, "after boot \(boots)")
            }
            #expect(fleet.client.statistics.timeouts == 0)
        }
    }

    static let refusals: [(name: String, password: String, privacy: String, words: String)] = [
        ("nms", "87654321", "12345678", "authentication password"), ("nms", "12345678", "87654321", "privacy password"),
        ("other", "12345678", "12345678", "doesn't know this SNMPv3 user"),
    ]

    @Test(arguments: refusals) func theCardSaysWhatIsWrong(_ name: String, _ password: String, _ privacy: String, _ words: String)
        async throws
    {
        let user = try USMUser(name: name, authentication: (.sha256, password: password), privacy: (.aes256, password: privacy))
        try await PolledFleet.with(PolledFleet.access(user), users: [try Self.user()]) { fleet in
            let events = try #require(fleet.hub.watch())
            let seen = try await PolledFleet.events(events) { kind, _ in kind == .card }
            let problem = seen.last?.data["problem"]?.string ?? ""
            #expect(seen.last?.data["status"]?.string == "unreachable")
            #expect(problem.hasPrefix("The card refuses the SNMPv3 user \(name). ") && problem.contains(words), "\(problem)")
            #expect(fleet.client.statistics.timeouts == 0, "a refusal is an answer")
        }
    }

    @Test func rightCredentialsHealIt() async throws {
        let user = try Self.user()
        try await PolledFleet.with(PolledFleet.access(try Self.user("87654321")), users: [user]) { fleet in
            let events = try #require(fleet.hub.watch())
            _ = try await PolledFleet.events(events) { kind, data in kind == .card && data["status"]?.string == "unreachable" }
            try await fleet.cards.setCredentials(fleet.card, CardCredentials(snmp: PolledFleet.access(user)))
            fleet.poller.inventoryChanged()
            let seen = try await PolledFleet.events(events) { kind, data in kind == .card && data["status"]?.string == "normal" }
            #expect(seen.last?.data["problem"] == .null)
        }
    }
}
