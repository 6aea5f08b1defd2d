import NIOCore
import NetVision
import Testing

@testable import CardAgent

@Suite struct FirewallTests {
    private func firewall(_ rules: [(String, Int, Bool)], isEnabled: Bool = true) -> Firewall {
        Firewall(
            FirewallSettings(
                isEnabled: isEnabled, rules: rules.map { FirewallRule(address: $0.0, prefixLength: $0.1, isAccepting: $0.2) }))
    }

    private func accepts(_ firewall: Firewall, _ host: String) throws -> Bool {
        firewall.accepts(try SocketAddress(ipAddress: host, port: 1000))
    }

    @Test func withoutRulesOrDisabledEverybodyIsAccepted() throws {
        #expect(try accepts(firewall([]), "10.0.0.1"))
        #expect(try accepts(firewall([("", 0, false)]), "10.0.0.1"))
        #expect(try accepts(firewall([("0.0.0.0", 0, false)], isEnabled: false), "10.0.0.1"))
    }

    @Test func theFirstRuleThatFitsDecides() throws {
        let wall = firewall([("10.1.2.3", 32, true), ("10.1.2.0", 24, false), ("10.1.0.0", 16, true)])
        #expect(try accepts(wall, "10.1.2.3"))
        #expect(try !accepts(wall, "10.1.2.4"))
        #expect(try accepts(wall, "10.1.3.4"))
    }

    @Test func whoHasNoRuleIsAcceptedUnlessThereIsOneThatAccepts() throws {
        let rejecting = firewall([("10.1.2.0", 24, false)])
        #expect(try accepts(rejecting, "127.0.0.1"))
        #expect(try !accepts(rejecting, "10.1.2.255"))
        let accepting = firewall([("10.1.2.0", 24, true)])
        #expect(try !accepts(accepting, "127.0.0.1"))
        #expect(try accepts(accepting, "10.1.2.255"))
    }

    @Test(arguments: [(0, "255.255.255.255"), (1, "127.255.255.255"), (8, "10.255.0.1"), (31, "10.0.0.1"), (32, "10.0.0.0")])
    func prefixesOfEveryLengthCover(_ length: Int, _ last: String) throws {
        let wall = firewall([("10.0.0.0", length, false)])
        #expect(try !accepts(wall, last))
        if length == 1 { #expect(try accepts(wall, "128.0.0.0")) }
        if length == 31 { #expect(try accepts(wall, "10.0.0.2")) }
        if length == 32 { #expect(try accepts(wall, "10.0.0.1")) }
    }

    @Test func aRuleForIPv6ConcernsNoIPv4Host() throws {
        #expect(try accepts(firewall([("fd00::", 8, false)]), "10.0.0.1"))
        #expect(try !accepts(firewall([("fd00::", 8, true)]), "10.0.0.1"))
    }
}
