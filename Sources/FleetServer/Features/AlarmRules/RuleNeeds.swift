import Alarming
import Synchronization

/// What rules look at beyond what every poll brings: cards are asked for it only while a rule does.
final class RuleNeeds: Sendable {
    private struct Needs: Sendable {
        var clocks = false
        var certificates = false
    }

    private let needs = Mutex(Needs())

    /// The cards' clocks.
    var clocks: Bool { needs.withLock { $0.clocks } }
    /// The certificates of their HTTPS.
    var certificates: Bool { needs.withLock { $0.certificates } }

    /// These are the rules that are switched on.
    func take(_ rules: [AlarmRule]) {
        var needs = Needs()
        for rule in rules {
            switch rule.condition {
            case .clockSkew: needs.clocks = true
            case .expiry(.certificate, _): needs.certificates = true
            case .expiry(.password, _), .threshold, .noData, .firmware, .batteryTest, .status: break
            }
        }
        self.needs.withLock { [needs] in $0 = needs }
    }
}
