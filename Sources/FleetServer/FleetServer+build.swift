import Crypto
import FoundationEssentials
import Hummingbird
import Logging
import NIOPosix
import NetVision
import SNMP
import ServiceLifecycle
import TFTP

/// The parts of a running server: what answers requests, and what works beside it.
struct FleetParts {
    let router: Router<FleetRequestContext>
    /// In the order of their dependencies: what is later may use what is earlier.
    let services: [any Service]
    let users: UserStore
}

/// The composition root: makes all parts, and decides nothing.
func buildFleet(_ configuration: FleetConfiguration, directory: DataDirectory, logger: Logger) async throws -> FleetParts {
    let now: @Sendable () -> Date = { Date() }
    let group = MultiThreadedEventLoopGroup.singleton
    let database = try directory.openFleetDatabase()
    let secrets = SecretBox(key: try directory.masterKey())
    let hub = EventHub()
    let metrics = MetricsRegistry()

    let users = UserStore(database: database)
    let audit = AuditLog(database: database, now: now)
    let answers = IdempotencyStore(database: database, secrets: secrets)
    let cards = CardStore(database: database, secrets: secrets)
    let listing = CardListing(database: database)
    let statuses = CardStatusStore(database: database)
    let telemetry = TelemetryStore(database: try directory.openTelemetryDatabase())
    let discoveries = DiscoveryStore(database: database, secrets: secrets)
    let campaigns = CampaignStore(database: database)
    let library = FirmwareLibrary(
        database: database, directory: directory.firmwareDirectory,
        trustedKeys: try configuration.trustKeyFiles.map(FirmwarePublicKey.init(file:)))
    try await statuses.forgetStatus()
    try await answers.forgetInterrupted()
    try await discoveries.failInterrupted(now: now())

    let snmp = SNMPClient(logger: logger)
    let lan = LANClient(on: group, port: 4555 + configuration.portOffset)
    let reader = CardReader(snmp)
    let recorder = PollRecorder(statuses: statuses, telemetry: telemetry, hub: hub, logger: logger)
    let poller = PollService(
        reader: reader, cards: cards, recorder: recorder, metrics: metrics, profile: configuration.pollProfile,
        portOffset: configuration.portOffset, engineConflicts: { snmp.engineConflicts }, now: now, logger: logger)
    var trapSettings = configuration.traps
    try await trapSettings.loadUsers()
    let traps = TrapService(settings: trapSettings, poller: poller, hub: hub, now: now, logger: logger)
    let search = DiscoverySearch(
        snmp: snmp, lan: lan, discoveries: discoveries, cards: cards, hub: hub, progress: DiscoveryProgressBoard(),
        portOffset: configuration.portOffset, inventoryChanged: poller.inventoryChanged, now: now)
    let finder = DiscoveryRunner(
        search: search, discoveries: discoveries, standing: try configuration.standingSearch, interval: configuration.discoverInterval,
        now: now, logger: logger)
    let upgrader = CardUpgrader(
        snmp: snmp, lan: lan, tftp: TFTPClient(eventLoopGroup: group), portOffset: configuration.portOffset)
    let execution = CampaignExecution(
        campaigns: campaigns, cards: cards, library: library, hub: hub, progress: TransferProgress(), actions: upgrader.actions,
        cardEnded: poller.hurry, now: now)
    let runner = CampaignRunner(
        execution: execution, campaigns: campaigns, leases: LeaseStore(database: database, owner: try directory.instanceName()), now: now,
        logger: logger)
    let upkeep = TelemetryUpkeep(telemetry: telemetry, retention: configuration.retention, now: now, logger: logger)

    let router = Router(context: FleetRequestContext.self)
    router.add(middleware: ProblemMiddleware())
    router.add(middleware: SecurityHeadersMiddleware())
    router.add(middleware: FileMiddleware(configuration.webDirectory, searchForIndexHtml: true, logger: logger))
    HealthRoutes(database: database, traps: traps).add(to: router)
    MetricsRoutes(snmp: snmp, metrics: metrics, poller: poller, recorder: recorder, traps: traps, hub: hub).add(to: router)
    let open = router.group("api/v1").add(middleware: NoStoreMiddleware())
    OpenAPIRoutes().add(to: open)
    let sessions = SessionRoutes(users: users, audit: audit, limiter: LoginLimiter(), now: now, lifetime: configuration.sessionLifetime)
    sessions.addPublic(to: open)
    let known = open.add(middleware: AuthenticationMiddleware(users: users, now: now)).add(middleware: AuthenticatedMiddleware())
        .add(middleware: IdempotencyMiddleware(store: answers, now: now))
    sessions.add(to: known)
    UserRoutes(users: users, audit: audit, now: now).add(to: known)
    AuditRoutes(audit: audit).add(to: known)
    CardRoutes(
        cards: cards, listing: listing, statuses: statuses, telemetry: telemetry, audit: audit, hub: hub,
        inventoryChanged: poller.inventoryChanged, now: now
    ).add(to: known)
    CardOrderRoutes(
        cards: cards, listing: listing, reader: reader, lan: lan, portOffset: configuration.portOffset, audit: audit,
        inventoryChanged: poller.inventoryChanged, hurry: poller.hurry, now: now
    ).add(to: known)
    DiscoveryRoutes(
        discoveries: discoveries, cards: cards, runner: finder, audit: audit, inventoryChanged: poller.inventoryChanged, now: now
    ).add(to: known)
    FirmwareRoutes(library: library, audit: audit, now: now).add(to: known)
    CampaignRoutes(
        campaigns: campaigns, cards: cards, listing: listing, library: library, runner: runner, audit: audit, now: now
    ).add(to: known)
    StreamRoutes(hub: hub).add(to: known)

    return FleetParts(
        router: router, services: [snmp, recorder, poller, traps, finder, runner, upkeep, EventHubService(hub: hub)], users: users)
}
