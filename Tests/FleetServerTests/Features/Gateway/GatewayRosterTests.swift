import Configuration
import FoundationEssentials
import Modbus
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct GatewayRosterTests {
    private func card(_ id: Int64, _ gateway: CardGateway?) -> Card {
        Card(
            id: id, name: "card \(id)", address: "192.0.2.\(id)", generation: .netVision8, kind: .ups, tags: [], snmpVersion: .v2c,
            gateway: gateway, createdAt: Date(timeIntervalSince1970: 0))
    }

    @Test func findsCardsByUnitAndByPort() {
        let roster = GatewayRoster([card(1, CardGateway(port: 1502, unit: 11)), card(2, CardGateway(unit: 12)), card(3, nil)])
        #expect(roster.card(unit: 11)?.id == 1)
        #expect(roster.card(unit: 12)?.id == 2)
        #expect(roster.card(unit: 13) == nil)
        #expect(roster.ports == [1502: 1])
        #expect(roster.cards.count == 2)
    }

    @Test func aPortsOwnCardIsMeantByZeroAnd255() {
        #expect([0, 1, 3, 255].map(GatewayRoster.unit) == [1, 1, 3, 1])
    }

    @Test func settingsHaveDefaultsAndLimits() throws {
        func settings(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> GatewaySettings {
            try GatewaySettings(config: ConfigReader(provider: InMemoryProvider(values: values)))
        }
        #expect(try settings([:]) == GatewaySettings())
        #expect(try settings(["gateway.listen": "off"]).listen == nil)
        #expect(try settings(["gateway.listen": "0.0.0.0:1502"]).listen?.port == 1502)
        #expect(try settings(["gateway.maxAgeMs": "0"]).maxAge == .zero)
        for wrong: [AbsoluteConfigKey: ConfigValue] in [
            ["gateway.listen": "somewhere:1502"], ["gateway.listen": "1502"], ["gateway.host": "localhost"], ["gateway.clients": "0"],
            ["gateway.maxAgeMs": "-1"],
        ] {
            #expect(throws: ConfigurationProblem.self) { try settings(wrong) }
        }
    }

    @Test func talliesAreAddedUp() {
        var sum = ArbiterTally()
        var one = ArbiterTally()
        (one.requests, one.cacheHits, one.exchanges) = (5, 2, 3)
        sum.add(one)
        sum.add(one)
        #expect([sum.requests, sum.cacheHits, sum.exchanges] == [10, 4, 6])
    }
}
