import Alarming
import FoundationEssentials
import Hummingbird
import PowerDevice
import Telemetry

/// A rule as the API shows it. Of the conditions only the rule's own is there.
struct AlarmRuleResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let enabled: Bool
    let severity: Severity
    @Nullable var title: String?
    let scope: Scope
    let threshold: Threshold?
    let noData: NoData?
    let firmware: Firmware?
    let clockSkew: ClockSkew?
    let batteryTest: BatteryTest?
    let expiry: Expiry?
    let status: Status?
    /// What its alarms are called, and what is shown of them.
    let alarm: String
    let alarmTitle: String
    let activeAlarms: Int
    let notes: [String]
    let changedAt: Date
    let changedBy: String

    init(_ stored: StoredRule, activeAlarms: Int) {
        let rule = stored.rule
        (id, name, enabled, severity) = (stored.id, rule.name, rule.isEnabled, rule.severity)
        scope = Scope(rule.scope)
        threshold = if case .threshold(let threshold) = rule.condition { Threshold(threshold) } else { nil }
        noData =
            if case .noData(let variable, let duration) = rule.condition {
                NoData(variable: variable?.rawValue, for: duration.description)
            } else { nil }
        firmware = if case .firmware(let policy) = rule.condition { Firmware(policy) } else { nil }
        clockSkew = if case .clockSkew(let seconds) = rule.condition { ClockSkew(seconds: seconds) } else { nil }
        batteryTest =
            if case .batteryTest(let failed, let olderThan) = rule.condition {
                BatteryTest(failed: failed, olderThan: olderThan?.description)
            } else { nil }
        expiry =
            if case .expiry(let expiring, let within) = rule.condition {
                Expiry(of: expiring.rawValue, within: within.description)
            } else { nil }
        status =
            if case .status(let statuses, let duration) = rule.condition {
                Status(is: statuses.map(\.rawValue).sorted(), for: duration.description)
            } else { nil }
        (alarm, alarmTitle) = (rule.alarm.name, rule.alarm.title)
        self.activeAlarms = activeAlarms
        notes = rule.condition.notes
        (changedAt, changedBy) = (stored.changedAt, stored.changedBy)
        title = rule.title
    }
}

extension AlarmRuleResource {
    struct Scope: Encodable, Sendable {
        let sites: [String]
        let tags: [String]
        let cards: [String]
        let models: [String]
        let generations: [String]
        let kinds: [DeviceKind]

        init(_ scope: RuleScope) {
            (sites, tags, cards) = (scope.sites, scope.tags, scope.cards)
            (models, generations, kinds) = (scope.models, scope.generations, scope.kinds)
        }
    }

    struct Threshold: Encodable, Sendable {
        let variable: String
        let above: Double?
        let below: Double?
        let clear: Double?
        let `for`: String

        init(_ threshold: RuleThreshold) {
            variable = threshold.variable.rawValue
            above = threshold.side == .above ? threshold.limit : nil
            below = threshold.side == .below ? threshold.limit : nil
            clear = threshold.clear
            `for` = threshold.duration.description
        }
    }

    struct NoData: Encodable, Sendable {
        let variable: String?
        let `for`: String
    }

    struct Firmware: Encodable, Sendable {
        /// One version for all, or one for each generation.
        enum Minimum: Encodable, Sendable {
            case all(String)
            case each([String: String])

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .all(let version): try container.encode(version)
                case .each(let versions): try container.encode(versions)
                }
            }
        }

        let allowed: [String]
        let minimum: Minimum?

        init(_ policy: FirmwarePolicy) {
            allowed = policy.allowed
            minimum = policy.minimum.map(Minimum.all) ?? (policy.minimums.isEmpty ? nil : .each(policy.minimums))
        }
    }

    struct ClockSkew: Encodable, Sendable {
        let seconds: Double
    }

    struct BatteryTest: Encodable, Sendable {
        let failed: Bool
        let olderThan: String?
    }

    struct Expiry: Encodable, Sendable {
        let of: String
        let within: String
    }

    struct Status: Encodable, Sendable {
        let `is`: [String]
        let `for`: String
    }
}

/// What is wrong with a text of rules.
struct RuleProblemResource: Encodable, Sendable {
    @Nullable var line: Int?
    @Nullable var column: Int?
    let key: String
    let reason: String

    init(_ problem: RuleProblem) {
        (key, reason) = (problem.key, problem.reason)
        line = problem.line
        column = problem.column
    }
}

extension Problem {
    /// What is wrong with a request's rule, or text of rules.
    init(_ problem: RuleProblem) { self.init([problem]) }

    /// At most a hundred of them are told.
    init(_ problems: [RuleProblem]) {
        let status: HTTPResponse.Status = problems.contains { $0.kind == .invalid } ? .unprocessableContent : .badRequest
        let more = problems.count > 1 ? " There are \(problems.count) problems." : ""
        self.init(
            status, (problems.first.map { "The rules can't be taken: \($0)." } ?? "The rules can't be taken.") + more,
            errors: problems.prefix(100).map { .init(field: $0.key, detail: "\($0)") })
    }
}

/// What became of an import.
struct RuleImportResource: ResponseEncodable, Sendable {
    let items: [AlarmRuleStore.Change]
    let added: Int
    let changed: Int
    let unchanged: Int
    let removed: Int
    let isRehearsal: Bool
    let notes: [String]

    init(_ items: [AlarmRuleStore.Change], isRehearsal: Bool, notes: [String]) {
        self.items = items
        added = items.count { $0.action == .added }
        changed = items.count { $0.action == .changed }
        unchanged = items.count { $0.action == .unchanged }
        removed = items.count { $0.action == .removed }
        self.isRehearsal = isRehearsal
        self.notes = notes
    }
}

/// Whether a text of rules could be imported.
struct RuleCheckResource: ResponseEncodable, Sendable {
    let isValid: Bool
    let rules: Int
    let problems: [RuleProblemResource]
    let notes: [String]

    init(_ document: RuleDocument) {
        isValid = document.problems.isEmpty
        rules = document.rules.count
        problems = document.problems.map(RuleProblemResource.init)
        notes = document.notes
    }
}

extension RuleDocument {
    /// What keeps rules of it from being judged, with their names.
    var notes: [String] { rules.flatMap { rule in rule.condition.notes.map { "\(rule.name): \($0)" } } }
}

/// What a rule would have raised.
struct RuleRehearsalResource: ResponseEncodable, Sendable {
    struct Item: Encodable, Sendable {
        let card: Int64
        let name: String
        let fired: Int
        let longestSeconds: Int
        let firstAt: Date
        /// The first begins.
        let times: [Date]
    }

    let fired: Int
    let cards: [Item]
    let text: String
    let notes: [String]
    let from: Date
    let to: Date
    let judgedCards: Int
    @Nullable var resolution: String?

    init(_ outcome: RuleRehearsal.Outcome, from: Date, to: Date, isUpToNow: Bool) {
        fired = outcome.fired
        cards = outcome.findings.map { finding in
            let times = finding.episodes.firstTimes.map(Date.init(timeIntervalSince1970:))
            return Item(
                card: finding.card, name: finding.name, fired: finding.episodes.fired, longestSeconds: Int(finding.episodes.longest),
                firstAt: times.first ?? from, times: times)
        }
        text = Self.text(outcome, from: from, to: to, isUpToNow: isUpToNow)
        notes = outcome.notes
        (self.from, self.to) = (from, to)
        judgedCards = outcome.judged
        resolution = outcome.resolution?.rawValue
    }

    private static func text(_ outcome: RuleRehearsal.Outcome, from: Date, to: Date, isUpToNow: Bool) -> String {
        let times = outcome.fired == 1 ? "once" : "\(outcome.fired) times"
        let fired = outcome.fired == 0 ? "would not have fired" : "would have fired \(times)"
        let seconds = to.timeIntervalSince(from)
        let (count, unit) = seconds < 172_800 ? (Int(seconds / 3600), "hour") : (Int((seconds / 86_400).rounded()), "day")
        let span = "\(isUpToNow ? "in the last " : "in ")\(count) \(unit)\(count == 1 ? "" : "s")"
        let cards = outcome.fired == 0 ? outcome.judged : outcome.findings.count
        return "\(fired) \(span) on \(cards) card\(cards == 1 ? "" : "s")"
    }
}
