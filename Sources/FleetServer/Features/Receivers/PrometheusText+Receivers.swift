import Syslog

extension PrometheusText {
    /// The figures of syslog and of unknown senders.
    mutating func add(_ syslog: SyslogService, _ journal: ReceiverJournal) {
        let transports = SyslogTransport.allCases
        let ports = Dictionary(uniqueKeysWithValues: transports.map { ($0, syslog.port($0)) })
        gauges(
            "nvfleet_syslog_listening", "Whether syslog is heard: 1 or 0.", label: "transport",
            transports.map { ($0.rawValue, ports[$0]?.state == .listening ? 1 : 0) })
        let received = syslog.received
        counters(
            "nvfleet_syslog_received_total", "Syslog messages, by transport and whether a card of the inventory sent them.",
            SyslogIntake.Label.all.map { label in
                ([("transport", label.transport.rawValue), ("sender", label.isFromCard ? "card" : "unknown")], received[label] ?? 0)
            })
        let statistics = ports.values.map(\.statistics)
        func sum(_ path: KeyPath<SyslogStatistics, UInt64>) -> UInt64 { statistics.reduce(0) { $0 &+ $1[keyPath: path] } }
        counters(
            "nvfleet_syslog_dropped_total", "Syslog messages that were lost, by reason.",
            [
                ([("reason", "queueFull")], sum(\.queueFull)), ([("reason", "socketOverflow")], sum(\.overflowed)),
                ([("reason", "notStored")], journal.lost),
            ])
        counters(
            "nvfleet_syslog_refused_connections_total", "Connections of syslog senders that were not served, by reason.",
            [
                ([("reason", "tooMany")], sum(\.refused)), ([("reason", "handshake")], sum(\.failedHandshakes)),
                ([("reason", "framing")], sum(\.framingErrors)),
            ])
        gauge(
            "nvfleet_syslog_connections", "Open connections of syslog senders.", Double(statistics.reduce(0) { $0 + $1.connections }))
        counter(
            "nvfleet_unknown_senders_unlisted_total", "Messages of unknown senders that are not in their list, for it was full.",
            journal.unlisted)
    }
}
