package import PowerDevice

/// Why something can't be done to a simulated UPS.
package enum SimulationError: Error, Equatable, CustomStringConvertible {
    case unknownCode(PointCode, map: String, known: String)
    case pointOutOfRange(PointCode, value: Int, allowed: ClosedRange<Int>)
    /// `field` of a request or scenario is outside of what it may be.
    case outOfRange(field: String, value: Double, allowed: ClosedRange<Double>)
    /// The device has no such thing: a unit, a plug, a genset.
    case notThere(String)
    /// Units, modules and options that don't go together.
    case impossibleLayout(String)
    /// A scenario that is not what it should be, and where.
    case malformedScenario(String)
    /// A scenario that asks for what the device can't do, and where.
    case impossibleScenario(String)

    package var description: String {
        switch self {
        case .unknownCode(let code, let map, let known): "\(map) has no point \(code). It has \(known)."
        case .pointOutOfRange(let code, let value, let allowed):
            "\(code) takes a whole number from \(allowed.lowerBound) to \(allowed.upperBound), not \(value)."
        case .outOfRange(let field, let value, let allowed):
            "\(field) must be from \(allowed.lowerBound) to \(allowed.upperBound), not \(value)."
        case .notThere(let reason), .impossibleLayout(let reason): reason
        case .malformedScenario(let reason): "The scenario can't be read: \(reason)"
        case .impossibleScenario(let reason): "The scenario can't be played: \(reason)"
        }
    }
}
