import NIOCore
import SNMP
import Testing

@testable import FleetServer

struct EngineClonesTests {
    private func warnings(_ count: Int) throws -> [String: String] {
        let engine = try #require(EngineID(octets: [0x80, 0, 0, 1, 4, 65]))
        let agents = try (0..<count).map { try SocketAddress(ipAddress: "10.0.0.\($0 + 1)", port: 161) }
        return EngineClones.warnings([engine: agents]) { $0 == "10.0.0.2" ? "Rack 2" : nil }
    }

    @Test func eachOfTwoNamesTheOther() throws {
        let warnings = try warnings(2)
        #expect(warnings["10.0.0.1"]?.hasPrefix("Shares its SNMP engine id 80:00:00:01:04:41 with Rack 2 (10.0.0.2). ") == true)
        #expect(warnings["10.0.0.2"]?.contains(" with 10.0.0.1. ") == true)
    }

    @Test func manyAreCounted() throws {
        let warnings = try warnings(9)
        #expect(warnings.count == 9)
        #expect(warnings["10.0.0.9"]?.contains(" with 10.0.0.1, Rack 2 (10.0.0.2), 10.0.0.3, 5 more. ") == true)
    }

    @Test func anAddressIsNotToldTwice() throws {
        let engine = try #require(EngineID(octets: [0x80, 0, 0, 1, 4, 65]))
        let agents = try ["10.0.0.1", "10.0.0.2"].map { try SocketAddress(ipAddress: $0, port: 161) }
        let warnings = EngineClones.warnings([engine: agents]) { "NETYS RT \($0)" }
        #expect(warnings["10.0.0.1"]?.contains(" with NETYS RT 10.0.0.2. ") == true)
    }

    @Test func oneAloneIsNoClone() throws {
        #expect(try warnings(1).isEmpty)
    }
}
