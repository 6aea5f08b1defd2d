/// How often a card is read.
struct PollIntervals: Codable, Sendable, Equatable {
    static let statusRange = 1...3600
    static let fullRange = 1...86_400
    /// Unless the card, a group of it or the configuration says otherwise.
    static let standard = PollIntervals(statusSeconds: 10, fullSeconds: 60)

    /// Seconds between reads of the status points.
    var statusSeconds: Int
    /// Seconds between reads of all points.
    var fullSeconds: Int

    /// Who decided about a card's intervals.
    enum Origin: Sendable, Equatable, CustomStringConvertible {
        case card
        case group(String)
        case configuration

        var description: String {
            switch self {
            case .card: "card"
            case .group(let name): "group \(name)"
            case .configuration: "configuration"
            }
        }
    }

    /// Throws a `Problem` that names the field of `place` which is out of range.
    func validate(in place: String) throws {
        guard Self.statusRange.contains(statusSeconds) else {
            throw Problem.invalid("\(place).statusSeconds", "Whole seconds from 1 to \(Self.statusRange.upperBound).")
        }
        guard Self.fullRange.contains(fullSeconds) else {
            throw Problem.invalid("\(place).fullSeconds", "Whole seconds from 1 to \(Self.fullRange.upperBound).")
        }
    }

    /// Seconds after which an answer does not tell the card's status any more.
    var freshness: Double { max(Self.leastFreshness, 3 * Double(statusSeconds)) }
    static let leastFreshness = 30.0
}
