package import PowerDevice

/// Why something can't be done to a simulated UPS.
package enum SimulationError: Error, Equatable, CustomStringConvertible {
    case unknownCode(PointCode, map: String, known: String)
    case pointOutOfRange(PointCode, value: Int, allowed: ClosedRange<Int>)
    /// `field` of a request or scenario is outside of what it may be.
    case outOfRange(field: String, value: Double, allowed: ClosedRange<Double>)
    case emptyEvent(index: Int)
    /// A scenario that is not the JSON it should be, and where.
    case malformedScenario(String)

    package var description: String {
        switch self {
        case .unknownCode(let code, let map, let known): "\(map) has no point \(code). It has \(known)."
        case .pointOutOfRange(let code, let value, let allowed):
            "\(code) takes a whole number from \(allowed.lowerBound) to \(allowed.upperBound), not \(value)."
        case .outOfRange(let field, let value, let allowed):
            "\(field) must be from \(allowed.lowerBound) to \(allowed.upperBound), not \(value)."
        case .emptyEvent(let index): "Event \(index) says what time, but not what happens: give it mains, load, ambient, mode or points."
        case .malformedScenario(let reason): "The scenario can't be read: \(reason)"
        }
    }
}
