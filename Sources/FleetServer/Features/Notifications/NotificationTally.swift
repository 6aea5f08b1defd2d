/// What notifications have come to, for `/metrics`.
struct NotificationTally: Sendable, Equatable {
    enum Result: String, Sendable, CaseIterable { case delivered, refused, failed }

    private(set) var attempts: [ChannelKind: [Result: UInt64]] = [:]
    /// Messages that wait now.
    var waiting: [ChannelKind: Int] = [:]

    mutating func count(_ kind: ChannelKind, _ outcome: DeliveryOutcome) {
        let result: Result =
            switch outcome {
            case .delivered: .delivered
            case .refused: .refused
            case .failed: .failed
            }
        attempts[kind, default: [:]][result, default: 0] += 1
    }
}

extension PrometheusText {
    mutating func add(_ tally: NotificationTally) {
        counters(
            "nvfleet_notification_attempts_total", "Attempts to tell somebody, by the channel's kind and what became of them.",
            ChannelKind.allCases.flatMap { kind in
                NotificationTally.Result.allCases.map { result in
                    ([("channel", kind.rawValue), ("result", result.rawValue)], tally.attempts[kind]?[result] ?? 0)
                }
            })
        gauges(
            "nvfleet_notifications_waiting", "Messages that wait to be sent, by the channel's kind.", label: "channel",
            ChannelKind.allCases.map { ($0.rawValue, Double(tally.waiting[$0] ?? 0)) })
    }
}
