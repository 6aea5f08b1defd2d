/// The demo's line: a farm of twelve varied cards, and a FleetServer that finds them by itself.
struct DemoFleet: SharedBySuite {
    static let size = 12

    let farm: CardFarm
    let server: FleetUnderTest
    /// When the server was ready.
    let ready: ContinuousClock.Instant

    static let slot = TaskLocal<DemoFleet?>(wrappedValue: nil)

    static func lend(_ body: (DemoFleet) async throws -> Void) async throws {
        try await CardFarm.with(count: size) { farm in
            let settings = FleetUnderTest.Settings(network: farm.network, discovers: true, trustKeys: [farm.firmware.publicKey])
            try await FleetUnderTest.with(settings, in: farm.scratch) { server in
                try await body(DemoFleet(farm: farm, server: server, ready: ContinuousClock.now))
            }
        }
    }

    /// The inventory's id of the farm's card with this number.
    func id(of card: Int) async throws -> Int { try await server.id(at: farm.network.host(card)) }
}
