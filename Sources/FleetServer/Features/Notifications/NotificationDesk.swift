import Alarming
import FoundationEssentials
import Glibc
import Hummingbird
import Logging

/// All that notifications are made of: what sends them, and what answers about them.
struct NotificationDesk: Sendable {
    let service: NotificationService
    private let routes: NotificationRoutes
    private let channels: ChannelRoutes
    private let routing: NotificationRouteRoutes
    private let windows: WindowRoutes

    init(
        database: FleetDatabase, secrets: SecretBox, leases: LeaseStore, audit: AuditLog, hub: EventHub, commandsDirectory: String?,
        now: @escaping @Sendable () -> Date, logger: Logger
    ) {
        // libcurl, libmosquitto and commands write to far ends that may be gone: that is an error of theirs, not the end of the server.
        signal(SIGPIPE, SIG_IGN)
        let zones: @Sendable (String) -> ZoneRules? = { ZoneShelf.system.rules(of: $0) }
        let workshop = ChannelWorkshop(commandsDirectory: commandsDirectory, serverName: leases.owner, now: now, logger: logger)
        let store = ChannelStore(database: database, secrets: secrets)
        let archive = DeliveryArchive(database: database)
        let service = NotificationService(
            intake: DeliveryIntake(database: database, zones: zones), queue: DeliveryQueue(database: database), archive: archive,
            pool: ChannelPool(store: store, make: workshop.make), leases: leases, hub: hub, logger: logger)
        self.service = service
        let plans = RoutingStore(database: database)
        let wake: @Sendable () -> Void = { service.wake() }
        routes = NotificationRoutes(
            archive: archive, preview: NotificationPreview(database: database, zones: zones), audit: audit, wake: wake, time: { .now })
        channels = ChannelRoutes(channels: store, make: workshop.make, audit: audit, changed: wake, now: now)
        routing = NotificationRouteRoutes(routing: plans, audit: audit, zones: zones)
        windows = WindowRoutes(routing: plans, audit: audit, zones: zones, changed: wake, now: now)
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        channels.add(to: group)
        routing.add(to: group)
        windows.add(to: group)
        routes.add(to: group)
    }
}
