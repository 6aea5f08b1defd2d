/// One card of an upgrade, as it stands.
struct UpgradeRow: Codable, Sendable, Equatable {
    /// The steps of a campaign's card, under the API's names; a later server may have more.
    struct State: RawRepresentable, Codable, Hashable, Sendable {
        let rawValue: String
        init(rawValue: String) { self.rawValue = rawValue }

        static let queued = State(rawValue: "queued")
        static let transfer = State(rawValue: "transfer")
        static let done = State(rawValue: "done")
        static let failed = State(rawValue: "failed")
        static let quarantined = State(rawValue: "quarantined")
        static let skipped = State(rawValue: "skipped")

        var isEnd: Bool { [.done, .failed, .quarantined, .skipped].contains(self) }
    }

    /// The card's number at the server; nil without one.
    @Nullable var card: Int? = nil
    @Nullable var name: String? = nil
    @Nullable var address: String? = nil
    var state: State
    /// Why it failed or was skipped.
    @Nullable var error: String? = nil
    /// The part of the image that is transferred, 0 to 1.
    @Nullable var progress: Double? = nil
    @Nullable var fromVersion: String? = nil
    @Nullable var toVersion: String? = nil

    /// What the row is called in words.
    var title: String { [name, address].compactMap(\.self).first { !$0.isEmpty } ?? card.map { "card \($0)" } ?? "?" }

    /// The outcome in words, once there is one.
    var outcome: String? {
        if let error { return error }
        guard state == .done else { return nil }
        return [fromVersion, toVersion].compactMap(\.self).joined(separator: " → ")
    }
}

/// How many cards are where.
struct UpgradeTally: Sendable, Equatable {
    private(set) var done = 0
    private(set) var failed = 0
    private(set) var skipped = 0
    private(set) var underWay = 0
    private(set) var waiting = 0
    let total: Int

    init(_ rows: some Collection<UpgradeRow>) {
        total = rows.count
        for row in rows {
            switch row.state {
            case .done: done += 1
            case .failed, .quarantined: failed += 1
            case .skipped: skipped += 1
            case .queued: waiting += 1
            default: underWay += 1
            }
        }
    }

    var isWholeSuccess: Bool { done == total }

    /// `3 of 12 done, 1 failed, 4 under way`
    var text: String {
        let parts = [
            "\(done) of \(total) done", failed > 0 ? "\(failed) failed" : nil, skipped > 0 ? "\(skipped) skipped" : nil,
            underWay > 0 ? "\(underWay) under way" : nil, waiting > 0 ? "\(waiting) waiting" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
