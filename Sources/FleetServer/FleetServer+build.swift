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
    let database = try directory.openFleetDatabase(configuration.database)
    let secrets = SecretBox(key: try directory.masterKey())
    try await MasterKeyCheck(database: database, secrets: secrets).run(directory.path)
    let hub = EventHub()
    let metrics = MetricsRegistry()

    let users = UserStore(database: database)
    let audit = AuditLog(database: database, now: now)
    let leases = LeaseStore(database: database, owner: try directory.instanceName())
    let answers = IdempotencyStore(database: database, secrets: secrets, owner: leases.owner)
    let cards = CardStore(database: database, secrets: secrets)
    let listing = CardListing(database: database)
    let statuses = CardStatusStore(database: database)
    let telemetry = try directory.openTelemetry(now: now(), logger: logger)
    let storage = StorageMonitor(hub: hub, now: now, logger: logger)
    let campaigns = CampaignStore(database: database)
    let sites = SiteStore(database: database)
    let groups = GroupStore(database: database)
    let credentials = CredentialStore(database: database, secrets: secrets)
    let candidates = CandidateStore(database: database, secrets: secrets)
    let rules = RuleStore(database: database)
    let schedules = ScheduleStore(database: database)
    let library = FirmwareLibrary(
        database: database, directory: directory.firmwareDirectory,
        trustedKeys: try configuration.trustKeyFiles.map(FirmwarePublicKey.init(file:)))
    let discoveries = DiscoveryStore(database: database, secrets: secrets, leases: leases)
    try await statuses.forgetStatus(of: PollLeaseService.unclaimed(leases, now: SteadyClock.process.now))
    try await answers.forgetInterrupted()
    try await discoveries.failInterrupted(now: now())
    try await cards.numberAddresses()
    try await sites.adopt(now: now())

    let snmp = SNMPClient(logger: logger)
    let lan = LANClient(on: group, port: 4555 + configuration.portOffset)
    let profiles = ProfileShelf(directory: configuration.profilesDirectory, logger: logger)
    let reader = CardReader(snmp, profiles: profiles.library)
    let arbiters = ArbiterPool(portOffset: configuration.portOffset, profiles: profiles.library)
    let gateway = GatewayService(settings: configuration.gateway, pool: arbiters, cards: cards, audit: audit, logger: logger)
    let outlet = configuration.remoteWrite.map(RemoteWriteOutlet.init)
    let notifications = NotificationDesk(
        database: database, secrets: secrets, leases: leases, audit: audit, hub: hub,
        commandsDirectory: configuration.notificationCommands, now: now, logger: logger)
    let incidents = IncidentStore(database: database, owner: leases.owner)
    let incidentWorker = IncidentWorker(
        store: incidents, leases: leases, hub: hub, onTells: notifications.service.wake, now: now, logger: logger)
    let alarms = AlarmService(
        store: AlarmStore(database: database), storage: storage, hub: hub, instance: database.isEmbedded ? nil : leases.owner,
        retentionDays: configuration.alarmRetentionDays, now: now, onEvents: incidentWorker.wake, logger: logger)
    try await alarms.load()
    let (ruleIntake, ruleNeeds) = (RuleIntake(), RuleNeeds())
    let recorder = PollRecorder(
        statuses: statuses, telemetry: telemetry, storage: storage, hub: hub, sinks: (outlet?.sinks ?? []) + [ruleIntake], logger: logger)
    let poller = PollService(
        card: CardPoll(reader: reader, modbus: { arbiters.reader(of: $0) }, cards: cards, asksClocks: { ruleNeeds.clocks }, now: now),
        inventory: PollInventory(
            cards: cards, timing: PollTiming(configuration.polling), portOffset: configuration.portOffset, groups: groups.intervals,
            logger: logger),
        recorder: recorder, report: alarms.report, metrics: metrics, client: snmp, isSharing: true, now: now, logger: logger)
    let alarmRules = AlarmRuleStore(database: database)
    let certificateReader = try CertificateReader(on: group)
    let certificates = CertificateWatch(
        isAsked: { ruleNeeds.certificates }, places: { poller.places },
        read: { await certificateReader.read($0, port: 443 + configuration.portOffset) })
    let ruleFacts: @Sendable () -> [PolledFacts] = { poller.ruleFacts(certificates: certificates.expiries) }
    let ruleEngine = RuleEngine(
        rules: alarmRules, intake: ruleIntake, needs: ruleNeeds, facts: ruleFacts, report: alarms.report, now: now, logger: logger)
    let remoteWrite = outlet?.service(figures: { poller.figures }, now: now, logger: logger)
    let shares = PollLeaseService(
        leases: leases,
        own: { shards, end in
            poller.own(shards, until: end)
            alarms.own(shards)
        }, logger: logger)
    var trapSettings = configuration.traps
    try await trapSettings.loadUsers()
    let changes = CardChanges(listing: listing, hub: hub, cardsChanged: poller.cardsChanged, now: now)
    let watch = AddressWatch(cards: cards, candidates: candidates, told: poller.noteAddressConflicts, now: now, logger: logger)
    let intake = CardIntake(
        cards: cards, candidates: candidates, rules: rules, watch: watch, changes: changes, audit: audit, hub: hub,
        seen: poller.revive, now: now)
    let network = NetworkSearch(snmp: snmp, profiles: profiles.library, on: group, portOffset: configuration.portOffset)
    let locator = CardLocator(
        cards: cards, intake: intake, watch: watch, network: network, configured: try configuration.standingSearch?.ranges ?? [],
        sightings: poller.sightings, now: now, logger: logger)
    let question = StrangerQuestion(
        snmp: snmp, profiles: profiles.library, credentials: credentials, portOffset: configuration.portOffset)
    let strangers = StrangerInquiry(identify: question.identify, intake: intake, logger: logger)
    let journal = ReceiverJournal(
        database: database, instance: database.isEmbedded ? nil : leases.owner, report: alarms.report, now: now, logger: logger)
    let traps = TrapService(
        settings: trapSettings, poller: poller, stranger: strangers.heard, report: alarms.report, unknown: journal.note, hub: hub, now: now,
        logger: logger)
    let syslog = try SyslogService(
        settings: configuration.syslog, find: poller.card, hurry: poller.hurry, journal: journal, report: alarms.report, now: now,
        logger: logger)
    journal.observe(.init(trapsLost: { traps.lost }, syslogLost: { syslog.lost }, refused: traps.takeRefused))
    let search = DiscoverySearch(
        network: network, discoveries: discoveries, intake: intake, hub: hub, progress: DiscoveryProgressBoard(), credentials: credentials,
        now: now)
    let finder = DiscoveryRunner(
        search: search, discoveries: discoveries, standing: try configuration.standingSearch, interval: configuration.discoverInterval,
        now: now, logger: logger)
    let planner = ScheduleService(
        schedules: schedules, start: finder.start, isUnderWay: finder.isUnderWay, interval: .seconds(5), now: now, logger: logger)
    let upgrader = CardUpgrader(
        snmp: snmp, lan: lan, tftp: TFTPClient(eventLoopGroup: group), portOffset: configuration.portOffset)
    let execution = CampaignExecution(
        campaigns: campaigns, cards: cards, library: library, hub: hub, progress: TransferProgress(), actions: upgrader.actions,
        cardEnded: poller.hurry, now: now)
    let runner = CampaignRunner(
        execution: execution, campaigns: campaigns, leases: leases, logger: logger)
    let upkeep = TelemetryUpkeep(telemetry: telemetry, retention: configuration.retention, storage: storage, now: now)

    let router = Router(context: FleetRequestContext.self)
    router.add(middleware: ProblemMiddleware())
    router.add(middleware: SecurityHeadersMiddleware())
    router.add(middleware: FileMiddleware(configuration.webDirectory, searchForIndexHtml: true, logger: logger))
    HealthRoutes(database: database, traps: traps, storage: storage).add(to: router)
    MetricsRoutes(
        snmp: snmp, metrics: metrics, poller: poller, recorder: recorder, alarms: alarms, traps: traps, syslog: syslog, journal: journal,
        hub: hub,
        gateway: gateway, remoteWrite: remoteWrite, notifications: notifications.service,
        storage: StorageFigures(monitor: storage, telemetry: telemetry), figures: { poller.figures },
        settings: configuration.metrics
    ).add(to: router)
    ProbeRoutes(figures: { poller.figures }, poll: poller.poll, settings: configuration.metrics).add(to: router)
    let open = router.group("api/v1").add(middleware: NoStoreMiddleware())
    OpenAPIRoutes().add(to: open)
    let sessions = SessionRoutes(
        users: users, audit: audit, limiter: LoginLimiter(), proxies: configuration.trustedProxies, now: now,
        lifetime: configuration.sessionLifetime)
    sessions.addPublic(to: open)
    let known = open.add(middleware: AuthenticationMiddleware(users: users, now: now)).add(middleware: AuthenticatedMiddleware())
        .add(middleware: IdempotencyMiddleware(store: answers, now: now))
    sessions.add(to: known)
    UserRoutes(users: users, audit: audit, now: now).add(to: known)
    AuditRoutes(audit: audit).add(to: known)
    CardRoutes(
        cards: cards, listing: listing, alarms: AlarmListing(database: database), groups: groups, profiles: profiles.library,
        gateway: gateway, audit: audit,
        changes: changes, attend: poller.attend, health: poller.health(of:), now: now
    ).add(to: known)
    IncidentRoutes(
        incidents: incidents, acknowledge: alarms.acknowledge, onTells: notifications.service.wake, hub: hub, audit: audit, now: now
    ).add(to: known)
    AlarmRoutes(alarms: alarms, listing: AlarmListing(database: database), audit: audit, now: now).add(to: known)
    HistoryRoutes(listing: listing, telemetry: telemetry, now: now).add(to: known)
    AlarmRuleRoutes(
        rules: alarmRules, listing: listing, telemetry: telemetry, facts: ruleFacts, audit: audit, now: now
    ).add(to: known)
    SystemRoutes(
        storage: storage, telemetry: telemetry, poller: poller, metrics: metrics, polling: configuration.polling, database: database
    ).add(to: known)
    let importer = CardImport(cards: cards, profiles: profiles.library, now: now)
    ImportRoutes(importer: importer, listing: listing, groups: groups, changes: changes, audit: audit).add(to: known)
    CandidateRoutes(
        candidates: candidates, intake: intake, cards: cards, changes: changes, audit: audit, hub: hub, now: now
    ).add(to: known)
    RuleRoutes(rules: rules, audit: audit).add(to: known)
    ScheduleRoutes(schedules: schedules, audit: audit, now: now).add(to: known)
    SiteRoutes(sites: sites, changes: changes, audit: audit, now: now).add(to: known)
    TagRoutes(tags: TagStore(database: database), changes: changes, audit: audit).add(to: known)
    GroupRoutes(groups: groups, audit: audit, inventoryChanged: poller.inventoryChanged).add(to: known)
    CredentialRoutes(credentials: credentials, audit: audit, inventoryChanged: poller.inventoryChanged).add(to: known)
    PollRoutes(listing: listing, poller: poller).add(to: known)
    ReceiverRoutes(
        traps: traps, syslog: syslog, journal: journal, senders: UnknownSenderStore(database: database),
        messages: CardMessageStore(database: database), listing: listing, audit: audit
    ).add(to: known)
    GatewayRoutes(gateway: gateway, cards: cards, now: now).add(to: known)
    CardOrderRoutes(
        cards: cards, listing: listing, reader: reader, lan: lan, portOffset: configuration.portOffset, audit: audit,
        inventoryChanged: poller.inventoryChanged, hurry: poller.hurry, now: now
    ).add(to: known)
    DiscoveryRoutes(
        discoveries: discoveries, intake: intake, candidates: candidates, runner: finder, audit: audit, changes: changes, now: now
    ).add(to: known)
    FirmwareRoutes(library: library, audit: audit, now: now).add(to: known)
    CampaignRoutes(
        campaigns: campaigns, cards: cards, listing: listing, library: library, runner: runner, audit: audit, now: now
    ).add(to: known)
    ProfileRoutes(shelf: profiles, audit: audit).add(to: known)
    notifications.add(to: known)
    StreamRoutes(hub: hub).add(to: known)

    // Before the recorder: they end after it, with what it has recorded last.
    let sending: [any Service] = [outlet?.transport as (any Service)?, remoteWrite].compactMap { $0 }
    return FleetParts(
        router: router,
        services: sending + [
            snmp, arbiters, alarms, recorder, ruleEngine, certificates, shares, poller, gateway, watch, locator, strangers, journal, traps,
            syslog,
            finder,
            planner, runner, upkeep, incidentWorker, notifications.service,
            EventHubService(hub: hub),
        ],
        users: users)
}
