import Foundation
import Testing

/// Two cards that take one Modbus connection each, and a server with a shared port for Modbus clients.
struct GatewayBench: SharedBySuite {
    let farm: CardFarm
    let server: FleetUnderTest

    static let slot = TaskLocal<GatewayBench?>(wrappedValue: nil)

    static func lend(_ body: (GatewayBench) async throws -> Void) async throws {
        try await CardFarm.with(count: 2) { farm in
            var settings = FleetUnderTest.Settings(network: farm.network, discovers: true)
            settings.environment = [
                "FLEET_GATEWAY_LISTEN": farm.network.endpoint(250, 1502), "FLEET_GATEWAY_HOST": farm.network.host(250),
                "FLEET_POLL_STATUS_SECONDS": "2", "FLEET_POLL_ALL_SECONDS": "4",
            ]
            _ = try farm.scratch.write(profile, as: "\(settings.data)/profiles/scada.yaml")
            try await FleetUnderTest.with(settings, in: farm.scratch) { server in
                _ = try await server.liveCards(2, within: .seconds(30))
                try await body(GatewayBench(farm: farm, server: server))
            }
        }
    }

    /// How a device is read that has a register set of its own: see `modbus/scada.py`.
    private static let profile = """
        profile: scada
        title: A device of the building control
        kind: ups
        generation: RFC1628
        modbus:
          identity: {serial: {register: 100, count: 4}}
          outputSource: {register: 10, values: {0: "off", 1: inverter, 2: bypass}}
          points:
            - {variable: battery.charge, register: 20}
            - {variable: input.voltage, register: 300, type: u32, scale: tenths}

        """

    var network: LoopbackNetwork { farm.network }

    /// Where clients reach all cards.
    var sharedPort: ModbusPeer.Place { .tcp(host: network.host(250), port: network.port(1502)) }

    /// A port of the server's for one card.
    func port(_ number: Int) -> (number: Int, place: ModbusPeer.Place) {
        let port = network.port(1600 + number)
        return (port, .tcp(host: network.host(250), port: port))
    }

    /// The farm's card with this number, by itself.
    func direct(_ card: Int) -> ModbusPeer.Place { .tcp(host: network.host(card), port: network.port(502)) }

    func open(_ gateway: JSON, card: Int) async throws {
        try await server.client.json("PATCH", "/api/v1/cards/\(card)", body: ["gateway": gateway])
    }

    /// What the server tells of a card's gateway.
    func state(of card: Int) async throws -> JSON {
        let items = try await server.client.json("GET", "/api/v1/gateway")["items"]?.elements ?? []
        return try #require(items.first { $0["card"]?.int == card })
    }
}
