package import PowerDevice

/// When a card of some kind is to have an alarm that it does not raise itself.
package struct AlarmRule: Sendable, Equatable {
    /// 1 to 64 letters, digits, dots, hyphens and underscores: with `rule:` before it, the alarm's name.
    package var name: String
    package var isEnabled: Bool
    package var severity: Severity
    /// What an operator reads; nil: as the condition says it.
    package var title: String?
    package var scope: RuleScope
    package var condition: RuleCondition

    package init(
        name: String, isEnabled: Bool = true, severity: Severity = .warning, title: String? = nil, scope: RuleScope = RuleScope(),
        condition: RuleCondition
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.severity = severity
        self.title = title
        self.scope = scope
        self.condition = condition
    }

    /// What the names of all rules' alarms begin with.
    package static let alarmPrefix = "rule:"

    package var alarm: Alarm { Alarm(Self.alarmPrefix + name, title ?? condition.title, severity) }
}

/// Which cards a rule is for: those that fit each list which is not empty.
package struct RuleScope: Sendable, Equatable {
    package var sites: [String] = []
    /// One of them is enough.
    package var tags: [String] = []
    /// Names, serial numbers, MAC addresses, or numbers of the inventory.
    package var cards: [String] = []
    /// The begins of models' names, whatever the case.
    package var models: [String] = []
    package var generations: [String] = []
    package var kinds: [DeviceKind] = []

    package init() {}

    package func contains(_ card: RuleCard) -> Bool {
        (sites.isEmpty || card.site.map(sites.contains) ?? false)
            && (tags.isEmpty || !Set(tags).isDisjoint(with: card.tags))
            && (cards.isEmpty || cards.contains(where: card.isCalled))
            && (models.isEmpty || card.model.map(hasModel) ?? false)
            && (generations.isEmpty || generations.contains(card.generation))
            && (kinds.isEmpty || kinds.contains(card.kind))
    }

    private func hasModel(_ model: String) -> Bool {
        let model = model.lowercased()
        return models.contains { model.hasPrefix($0.lowercased()) }
    }
}

/// What rules know of a card beside its readings.
package struct RuleCard: Sendable, Equatable {
    package let id: Int64
    package let name: String
    package var site: String?
    package var tags: [String] = []
    package var model: String?
    package var generation: String
    package var kind: DeviceKind
    package var serial: String?
    package var mac: String?
    package var firmware: String?

    package init(id: Int64, name: String, generation: String, kind: DeviceKind) {
        self.id = id
        self.name = name
        self.generation = generation
        self.kind = kind
    }

    func isCalled(_ text: String) -> Bool {
        text == name || text == serial || text == String(id) || mac.map { $0.lowercased() == text.lowercased() } ?? false
    }
}

/// What a rule waits for.
package enum RuleCondition: Sendable, Equatable {
    /// A reading is beyond a limit.
    case threshold(RuleThreshold)
    /// Nothing has been measured; of a variable, if one is named.
    case noData(variable: Variable?, duration: RuleDuration)
    case firmware(FirmwarePolicy)
    /// The card's clock is wrong by more than so many seconds.
    case clockSkew(seconds: Double)
    /// A battery test has failed, or none is known of for so long.
    case batteryTest(failed: Bool, olderThan: RuleDuration?)
    /// Something is about to expire.
    case expiry(of: Expiring, within: RuleDuration)
    case status(Set<OperatingStatus>, duration: RuleDuration)

    package enum Expiring: String, Sendable, CaseIterable { case password, certificate }

    /// How long it must be so without a break.
    package var duration: RuleDuration {
        switch self {
        case .threshold(let threshold): threshold.duration
        case .noData(_, let duration), .status(_, let duration): duration
        case .firmware, .clockSkew, .batteryTest, .expiry: .zero
        }
    }

    /// The variable that is looked at.
    package var variable: Variable? {
        switch self {
        case .threshold(let threshold): threshold.variable
        case .noData(let variable, _): variable
        case .firmware, .clockSkew, .batteryTest, .expiry, .status: nil
        }
    }

    /// What it waits for, in words.
    package var title: String {
        switch self {
        case .threshold(let threshold): threshold.words
        case .noData(let variable, let duration): "\(variable.map { "No value of \($0)" } ?? "No data") for \(duration)"
        case .firmware: "Firmware out of policy"
        case .clockSkew(let seconds): "Clock wrong by more than \(RuleThreshold.word(seconds)) s"
        case .batteryTest(true, nil): "Battery test failed"
        case .batteryTest(let failed, let age):
            (failed ? "Battery test failed, or none " : "No battery test ") + (age.map { "for \($0)" } ?? "")
        case .expiry(let expiring, let within): "The \(expiring.rawValue) expires within \(within)"
        case .status(let statuses, let duration):
            "Status \(statuses.map(\.rawValue).sorted().joined(separator: " or "))" + (duration == .zero ? "" : " for \(duration)")
        }
    }

    /// What keeps it from being judged here, in sentences.
    package var notes: [String] {
        switch self {
        case .clockSkew: ["Clocks are read by SNMP, of NET VISION cards. A clock that is wrong by an hour may be one that knows no summer."]
        case .expiry(.certificate, _): ["Certificates are read from the cards' HTTPS. A card without it has none that expires."]
        case .expiry(.password, _): ["Cards don't tell when a password expires. The rule raises nothing until that is known."]
        case .batteryTest(_, .some):
            ["A battery test is known of when a poll has seen it, or its alarm; of a card without any, the time since it was added counts."]
        case .threshold, .noData, .firmware, .batteryTest, .status: []
        }
    }
}

/// A limit for a reading, with hysteresis.
package struct RuleThreshold: Sendable, Equatable {
    package enum Side: String, Sendable, CaseIterable { case above, below }

    package var variable: Variable
    package var side: Side
    /// In the variable's unit. The limit itself is not beyond it.
    package var limit: Double
    /// The value at which the alarm is over; nil: at the limit.
    package var clear: Double?
    package var duration: RuleDuration

    package init(_ variable: Variable, _ side: Side, _ limit: Double, clear: Double? = nil, for duration: RuleDuration = .zero) {
        self.variable = variable
        self.side = side
        self.limit = limit
        self.clear = clear
        self.duration = duration
    }

    /// Nil for what is no number: it says nothing.
    package func verdict(of value: Double) -> RuleVerdict? {
        guard value.isFinite else { return nil }
        let clear = clear ?? limit
        return switch side {
        case .above: value > limit ? .met : value <= clear ? .over : .between
        case .below: value < limit ? .met : value >= clear ? .over : .between
        }
    }

    var words: String {
        "\(variable) \(side.rawValue) \(Self.word(limit))\(unit)" + (duration == .zero ? "" : " for \(duration)")
    }

    /// What is said of the value that raised the alarm.
    package func detail(of value: Double) -> String {
        // To four digits: what follows them is the meter's noise.
        "\(variable) is \(Self.word((value * 10_000).rounded() / 10_000))\(unit), \(side.rawValue) \(Self.word(limit))\(unit)."
    }

    private var unit: String { variable.unit == .none ? "" : " \(variable.unit.rawValue)" }

    static func word(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
    }
}

/// Which firmware a card should have.
package struct FirmwarePolicy: Sendable, Equatable {
    /// If not empty: one of these.
    package var allowed: [String] = []
    /// The least version of cards whose generation has none of its own.
    package var minimum: String?
    /// The least versions of generations.
    package var minimums: [String: String] = [:]

    package init(allowed: [String] = [], minimum: String? = nil, minimums: [String: String] = [:]) {
        self.allowed = allowed
        self.minimum = minimum
        self.minimums = minimums
    }

    /// Nil where the version is not known, or can't be compared.
    package func verdict(of firmware: String?, generation: String) -> RuleVerdict? {
        guard let firmware, !firmware.isEmpty else { return nil }
        let version = VersionNumber(firmware)
        if !allowed.isEmpty {
            let isAllowed = allowed.contains { $0 == firmware || version != nil && VersionNumber($0) == version }
            if !isAllowed { return .met }
        }
        guard let least = (minimums[generation] ?? minimum).flatMap(VersionNumber.init) else { return .over }
        return version.map { $0 < least ? .met : .over }
    }
}

/// Numbers with points between them, compared part by part; a missing part is 0.
struct VersionNumber: Sendable, Comparable {
    private let parts: [Int]

    init?(_ text: String) {
        let fields = text.split(separator: ".", omittingEmptySubsequences: false)
        var parts = fields.compactMap { field in (1...6).contains(field.utf8.count) && field.allSatisfy(\.isASCIIDigit) ? Int(field) : nil }
        guard parts.count == fields.count, (1...4).contains(parts.count) else { return nil }
        while parts.count > 1, parts.last == 0 { parts.removeLast() }
        self.parts = parts
    }

    static func < (left: VersionNumber, right: VersionNumber) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
