import FoundationEssentials
import Logging
import NIOCore
import NIOPosix
import NetVision
import SNMP

@testable import FleetServer

/// What runs searches, on a database in memory.
struct SearchBench {
    let stores: InventoryStores
    let discoveries: DiscoveryStore
    let search: DiscoverySearch
    let hub = EventHub()

    /// A search that sends nothing, and is over at once.
    static let short = Result { try DiscoveryOrder(methods: ["neighbours"], ranges: [], accept: false, access: nil) }
    /// One that would take hours.
    static let long = Result {
        try DiscoveryOrder(methods: ["snmp"], ranges: ["127.1.0.0/16"], accept: false, access: nil, packetsPerSecond: 1)
    }

    init(owner: String = "here") throws {
        stores = try InventoryStores()
        discoveries = Self.store(of: owner, stores)
        search = DiscoverySearch(
            network: NetworkSearch(snmp: SNMPClient(), on: MultiThreadedEventLoopGroup.singleton, portOffset: 0), discoveries: discoveries,
            intake: stores.intake, hub: hub, progress: DiscoveryProgressBoard(), credentials: stores.credentials,
            now: { InventoryStores.now })
    }

    private static func store(of owner: String, _ stores: InventoryStores) -> DiscoveryStore {
        DiscoveryStore(
            database: stores.database, secrets: stores.cards.secrets, leases: LeaseStore(database: stores.database, owner: owner))
    }

    /// That of another server.
    func store(of owner: String) -> DiscoveryStore { Self.store(of: owner, stores) }

    func runner(
        _ store: DiscoveryStore? = nil, standing: DiscoveryOrder? = nil, interval: Duration = .seconds(60),
        logger: Logger = PolledFleet.logger
    ) -> DiscoveryRunner {
        DiscoveryRunner(
            search: search, discoveries: store ?? discoveries, standing: standing, interval: interval, now: { InventoryStores.now },
            logger: logger)
    }

    func perform(_ sql: String) async throws { try await stores.database.write { try $0.execute(sql) } }
}
