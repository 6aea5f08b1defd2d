import Hummingbird

/// `/health/live` and `/health/ready`, for service managers and load balancers. No login, no details.
struct HealthRoutes: Sendable {
    struct Health: ResponseEncodable, Sendable {
        let status: String
        var traps: TrapService.State?
        /// Whether what is learnt can be kept.
        var storage: StorageState.Condition?
    }

    let database: FleetDatabase
    let traps: TrapService
    let storage: StorageMonitor

    func add(to router: Router<FleetRequestContext>) {
        router.get("health/live") { _, _ in Health(status: "alive") }
        router.get("health/ready") { _, _ -> Health in
            do {
                _ = try await database.read { try $0.row("SELECT 1 AS one")?.integer("one") }
            } catch {
                throw Problem(.serviceUnavailable, "The database does not answer.")
            }
            return Health(status: "ready", traps: traps.state, storage: storage.state.condition)
        }
    }
}
