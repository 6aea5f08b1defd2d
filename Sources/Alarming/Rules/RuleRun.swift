package import PowerDevice

/// What one look says of a rule's condition. No look, or one without an answer, says nothing: it neither raises nor clears.
package enum RuleVerdict: Sendable, Equatable {
    case met
    /// Not met, but too close to it for an alarm to be over.
    case between
    case over
}

package enum RuleEdge: Sendable, Equatable { case raised, cleared }

/// How one rule stands for one card. Time is in seconds that grow evenly.
///
///     quiet ──met──► met since … ──met for long enough──► raised ──over──► quiet
///       ▲                │
///       └─ between, over, or a gap
package struct RuleRun: Sendable, Equatable {
    /// A shorter silence between two looks is none.
    static let patience = 300.0
    /// So many times the time between the looks before is a gap.
    static let pauses = 2.5

    package private(set) var isRaised: Bool
    /// Since when every look said that the condition is met.
    package private(set) var metSince: Double?
    private var lastAt: Double?
    private var pace = 0.0

    /// - Parameter isRaised: whether the alarm is known to be active.
    package init(isRaised: Bool = false) { self.isRaised = isRaised }

    /// Takes what a look says, in the order of time. `duration`: for how long it must be so.
    ///
    /// What was not looked at for a while may have been otherwise meanwhile: then the time begins anew. So it does when time goes backwards.
    package mutating func take(_ verdict: RuleVerdict, at time: Double, for duration: Double) -> RuleEdge? {
        if let lastAt {
            let gap = time - lastAt
            if gap < 0 || gap > max(duration, Self.patience, pace * Self.pauses) { metSince = nil }
            if gap > 0 { pace = gap }
        }
        lastAt = time
        switch verdict {
        case .met:
            let since = metSince ?? time
            metSince = since
            guard !isRaised, time - since >= duration else { return nil }
            isRaised = true
            return .raised
        case .between:
            metSince = nil
            return nil
        case .over:
            metSince = nil
            guard isRaised else { return nil }
            isRaised = false
            return .cleared
        }
    }

    /// The alarm is known to be active.
    mutating func adopt() { isRaised = true }

    /// The rule says something else from now on. What is raised stays so until the new condition is over.
    package mutating func begin() { metSince = nil }
}

/// How long one card has measured nothing. Time is in seconds that grow evenly.
package struct SilenceRun: Sendable, Equatable {
    /// Seconds without a look after which nobody can say that it was the card which was silent.
    static let pause = 30.0

    package private(set) var isRaised: Bool
    private var seenAt: Double
    private var lookedAt: Double

    /// The time counts from `start`.
    package init(isRaised: Bool = false, start: Double) {
        self.isRaised = isRaised
        (seenAt, lookedAt) = (start, start)
    }

    /// Something was measured.
    package mutating func seen(at time: Double) -> RuleEdge? {
        seenAt = max(seenAt, time)
        guard isRaised else { return nil }
        isRaised = false
        return .cleared
    }

    /// The alarm is known to be active.
    mutating func adopt() { isRaised = true }

    package mutating func look(at now: Double, for duration: Double) -> RuleEdge? {
        // While the process was suspended, nobody asked the card.
        if now - lookedAt > Self.pause { seenAt += now - lookedAt }
        lookedAt = max(lookedAt, now)
        guard !isRaised, now - seenAt >= duration else { return nil }
        isRaised = true
        return .raised
    }
}

/// What is known of a card's status and tests at a moment.
package struct RuleFacts: Sendable, Equatable {
    package var card: RuleCard
    /// Nil where it is not one of now.
    package var status: OperatingStatus?
    /// Whether the last battery test is known to have failed; nil where nobody can tell.
    package var hasFailedTest: Bool?
    /// Seconds since the last battery test that is known of.
    package var testAge: Double?
    /// Seconds by which the card's clock is ahead of the server's; below 0 if it is behind. Nil where nobody has read it of late.
    package var clockSkew: Double?
    /// Seconds until something of the card expires; below 0 once it has. What is absent nobody knows.
    package var expiries: [RuleCondition.Expiring: Double] = [:]
    /// Seconds since the card was added.
    package var age: Double

    package init(card: RuleCard, status: OperatingStatus? = nil, hasFailedTest: Bool? = nil, testAge: Double? = nil, age: Double = 0) {
        self.card = card
        self.status = status
        self.hasFailedTest = hasFailedTest
        self.testAge = testAge
        self.age = age
    }
}

extension RuleCondition {
    /// What the facts say; nil where they don't.
    package func verdict(of facts: RuleFacts) -> RuleVerdict? {
        switch self {
        case .firmware(let policy): policy.verdict(of: facts.card.firmware, generation: facts.card.generation)
        case .status(let statuses, _):
            switch facts.status {
            case let status? where statuses.contains(status): .met
            // A card that can't be read may be in any mode.
            case .unknown?, .unreachable?, nil: nil
            case .some: .over
            }
        case .batteryTest(let failed, let olderThan): Self.test(facts, failed, olderThan)
        case .clockSkew(let seconds):
            facts.clockSkew.map { abs($0) > seconds + Self.clockGrain ? .met : abs($0) > seconds ? .between : .over }
        case .expiry(let expiring, let within): facts.expiries[expiring].map { $0 < Double(within.seconds) ? .met : .over }
        case .threshold, .noData: nil
        }
    }

    /// Cards' clocks show whole seconds, and take some time to answer.
    private static let clockGrain = 1.0

    private static func test(_ facts: RuleFacts, _ failed: Bool, _ olderThan: RuleDuration?) -> RuleVerdict? {
        if failed, facts.hasFailedTest == true { return .met }
        if let olderThan, min(facts.testAge ?? .infinity, max(0, facts.age)) > Double(olderThan.seconds) { return .met }
        return failed && facts.hasFailedTest == nil ? nil : .over
    }

    /// What is said of the facts that raised the alarm.
    package func detail(of facts: RuleFacts) -> String? {
        switch self {
        case .firmware(let policy):
            policy.detail(of: facts.card)
        case .status: facts.status.map { "The status is \($0.rawValue)." }
        case .batteryTest(let failed, let olderThan):
            if failed, facts.hasFailedTest == true {
                "The last battery test failed."
            } else if let age = facts.testAge {
                "The last battery test that is known of was \(Int(age / 86_400)) days ago."
            } else if olderThan != nil {
                "No battery test is known of in the \(Int(facts.age / 86_400)) days since the card was added."
            } else {
                nil
            }
        case .noData(_, let duration): "Nothing was measured for \(duration)."
        case .clockSkew:
            facts.clockSkew.map { "The card's clock is \(Self.span($0.magnitude)) \($0 < 0 ? "behind" : "ahead of") the server's." }
        case .expiry(let expiring, _):
            facts.expiries[expiring].map { left in
                left < 0
                    ? "The \(expiring.rawValue) expired \(Self.span(-left)) ago."
                    : "The \(expiring.rawValue) expires in \(Self.span(left))."
            }
        case .threshold: nil
        }
    }
}

extension RuleCondition {
    /// A time in words, as exact as anybody wants it: `75 s`, `3 hours`, `12 days`.
    private static func span(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(Int(seconds)) s"
        case ..<7200: "\(Int(seconds / 60)) minutes"
        case ..<172_800: "\(Int(seconds / 3600)) hours"
        default: "\(Int(min(seconds, 1e12) / 86_400)) days"
        }
    }
}

extension FirmwarePolicy {
    fileprivate func detail(of card: RuleCard) -> String {
        let wanted = [
            allowed.isEmpty ? nil : allowed.joined(separator: " or "), (minimums[card.generation] ?? minimum).map { "\($0) or newer" },
        ].compactMap(\.self).joined(separator: ", and ")
        return "The firmware is \(card.firmware ?? "not known"); it should be \(wanted)."
    }
}
