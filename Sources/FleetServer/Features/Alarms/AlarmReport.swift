import Alarming
import FoundationEssentials
import PowerDevice

/// What somebody says of the alarms of one card, or of the server itself.
struct AlarmReport: Sendable, Equatable {
    /// Who says so.
    enum Source: String, Sendable, Codable, CaseIterable { case poll, trap, syslog, communication, rule, server }

    enum Claim: Sendable, Equatable {
        /// The card's whole alarm table: what a poll, trap or syslog message has raised and is not here is over. Of another source: all
        /// that it has raised.
        case all(Set<Alarm>)
        case raised(Alarm, detail: String? = nil)
        /// The alarm of this name is over.
        case cleared(String)
    }

    /// Nil: the server's own.
    let card: Int64?
    let source: Source
    /// When it was so, by the wall clock: what people read.
    let at: Date
    /// When the source began to look, by the `SteadyClock`: of a poll the time of its first request. What became known later is not undone
    /// by it. Nil: what was sent unasked, and is ordered by when it arrives.
    let askedAt: Date?
    let claims: [Claim]

    init(card: Int64?, source: Source, at: Date, askedAt: Date? = nil, claims: [Claim]) {
        self.card = card
        self.source = source
        self.at = at
        self.askedAt = askedAt
        self.claims = claims
    }
}

extension AlarmSource {
    init(_ source: AlarmReport.Source) {
        self =
            switch source {
            case .poll: .poll
            case .trap: .trap
            case .syslog: .syslog
            case .communication: .communication
            case .rule: .rule
            case .server: .server
            }
    }
}

extension AlarmClaim {
    init(_ claim: AlarmReport.Claim) {
        self =
            switch claim {
            case .all(let alarms): .all(alarms)
            case .raised(let alarm, let detail): .raised(alarm, detail: detail)
            case .cleared(let name): .cleared(name)
            }
    }
}
