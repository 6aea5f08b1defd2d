import HTTPTypes
import Hummingbird
import NIOCore
import PowerDevice
import SNMP

/// `/metrics`: the server's own figures and those of its cards, as Prometheus reads them.
struct MetricsRoutes: Sendable {
    /// Whoever reads slowly keeps the readings of all cards in memory.
    static let maximumPages = 4

    let snmp: SNMPClient
    let metrics: MetricsRegistry
    let poller: PollService
    let recorder: PollRecorder
    let alarms: AlarmService
    let traps: TrapService
    let syslog: SyslogService
    let journal: ReceiverJournal
    let hub: EventHub
    let gateway: GatewayService
    let remoteWrite: RemoteWriteService?
    let notifications: NotificationService
    let storage: StorageFigures
    /// The cards that this server polls, in the order of their numbers.
    let figures: @Sendable () -> [CardFigures]
    let settings: MetricsSettings
    private let slots = Slots(maximumPages)

    init(
        snmp: SNMPClient, metrics: MetricsRegistry, poller: PollService, recorder: PollRecorder, alarms: AlarmService,
        traps: TrapService, syslog: SyslogService, journal: ReceiverJournal, hub: EventHub, gateway: GatewayService,
        remoteWrite: RemoteWriteService?,
        notifications: NotificationService, storage: StorageFigures,
        figures: @escaping @Sendable () -> [CardFigures], settings: MetricsSettings
    ) {
        self.snmp = snmp
        self.metrics = metrics
        self.poller = poller
        self.recorder = recorder
        self.alarms = alarms
        self.traps = traps
        self.syslog = syslog
        self.journal = journal
        self.hub = hub
        self.gateway = gateway
        self.remoteWrite = remoteWrite
        self.notifications = notifications
        self.storage = storage
        self.figures = figures
        self.settings = settings
    }

    func add(to router: Router<FleetRequestContext>) {
        router.get("metrics") { request, _ -> Response in
            try settings.admit(request)
            guard let slot = slots.take() else {
                throw Problem(.serviceUnavailable, "\(Self.maximumPages) others read this at the moment.", headers: [.retryAfter: "5"])
            }
            let format = ExpositionFormat(accept: request.headers[.accept])
            return Response(status: .ok, headers: [.contentType: format.contentType], body: body(format, slot))
        }
    }

    private func body(_ format: ExpositionFormat, _ slot: Slots.Slot) -> ResponseBody {
        let server = serverPage(format)
        let cards = CardMetricsPage(settings.showsCards ? figures() : [], format: format)
        return ResponseBody { writer in
            try await writer.write(ByteBuffer(string: server))
            for piece in cards { try await writer.write(piece) }
            try await writer.write(ByteBuffer(string: format.ending))
            try await writer.finish(nil)
            withExtendedLifetime(slot) {}
        }
    }

    private func serverPage(_ format: ExpositionFormat) -> String {
        let statistics = snmp.statistics
        let counts = poller.statusCounts
        var page = PrometheusText(format: format)
        page.counter("nvfleet_snmp_requests_total", "SNMP requests, each counted once.", statistics.requests)
        page.counter("nvfleet_snmp_responses_total", "SNMP responses to a request of ours.", statistics.responses)
        page.counter("nvfleet_snmp_retransmissions_total", "SNMP requests sent again.", statistics.retransmissions)
        page.counter("nvfleet_snmp_timeouts_total", "SNMP requests that got no response.", statistics.timeouts)
        page.counter("nvfleet_snmp_oids_total", "Variable bindings in SNMP responses.", statistics.oids)
        page.histogram("nvfleet_poll_lateness_seconds", "How much later than planned polls began.", metrics.latenessHistogram)
        page.gauges(
            "nvfleet_cards", "Cards by status.", label: "status",
            OperatingStatus.allCases.map { ($0.rawValue, Double(counts[$0] ?? 0)) })
        page.counter("nvfleet_poll_records_dropped_total", "Poll results lost because the database did not take them.", recorder.dropped)
        page.gauge("nvfleet_stream_watchers", "Clients that follow the event stream.", Double(hub.watcherCount))
        page.counter("nvfleet_alarms_lost_total", "Changes of alarms lost because the database did not take them.", alarms.lost)
        page.gauge("nvfleet_alarms_waiting", "Changes of alarms that wait for the database.", Double(alarms.waiting))
        addTraps(to: &page)
        page.add(syslog, journal)
        page.add(gateway)
        storage.add(to: &page)
        remoteWrite?.statistics.add(to: &page)
        page.add(notifications.figures)
        return page.text
    }

    private func addTraps(to page: inout PrometheusText) {
        let tally = traps.tally
        let statistics = traps.statistics
        page.gauge("nvfleet_traps_listening", "Whether traps are heard: 1 or 0.", traps.state == .listening ? 1 : 0)
        page.counters(
            "nvfleet_traps_received_total", "Traps and informs, by version, kind and whether a card of the inventory sent them.",
            TrapTally.Label.all.map { label in
                let labels = [
                    ("version", label.version.rawValue), ("kind", label.isInform ? "inform" : "trap"),
                    ("sender", label.isFromCard ? "card" : "unknown"),
                ]
                return (labels, tally.received[label] ?? 0)
            })
        page.counters(
            "nvfleet_traps_dropped_total", "Datagrams to the trap port that brought nothing, by reason.",
            NotificationDropReason.allCases.map { ([("reason", $0.rawValue)], statistics.drops[$0] ?? 0) }
                + [([("reason", "socketOverflow")], statistics.overflowed)])
        page.counter(
            "nvfleet_trap_events_suppressed_total", "Traps that were not told to the watchers, because there were too many.",
            tally.suppressedEvents)
    }
}
