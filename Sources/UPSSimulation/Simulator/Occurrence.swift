package import PowerDevice

/// Something that happens to a UPS: in the world around it, or to one of its registers.
package enum Occurrence: Sendable, Equatable {
    /// What is nil stays as it is.
    case mains(isPresent: Bool?, voltage: Double?, frequency: Double?)
    /// Percent of the rating.
    case load(Double)
    /// °C.
    case ambient(Double)
    case mode(UPSPhysics.Mode)
    /// Forces a point to a raw value, or lets it follow the physics again (nil).
    case point(PointCode, Int?)

    static let voltages = 0.0...400.0
    static let frequencies = 0.0...100.0
    static let loads = 0.0...200.0
    static let temperatures = -40.0...90.0

    /// Throws where a number is outside of what a UPS can meet, or the map has no such point.
    func validate(_ map: DeviceMap) throws(SimulationError) {
        switch self {
        case .mains(_, let voltage, let frequency):
            try Self.check("voltage", voltage, Self.voltages)
            try Self.check("frequency", frequency, Self.frequencies)
        case .load(let percent): try Self.check("percent", percent, Self.loads)
        case .ambient(let celsius): try Self.check("celsius", celsius, Self.temperatures)
        case .mode: break
        case .point(let code, let value): _ = try ForcedPoint(code, value: value ?? 0, of: map)
        }
    }

    private static func check(_ field: String, _ value: Double?, _ allowed: ClosedRange<Double>) throws(SimulationError) {
        guard let value, !allowed.contains(value) else { return }
        throw .outOfRange(field: field, value: value, allowed: allowed)
    }
}

/// A point held at a raw value, whatever the physics says.
struct ForcedPoint: Sendable, Equatable {
    let point: Point
    let value: UInt16

    init(_ code: PointCode, value: Int, of map: DeviceMap) throws(SimulationError) {
        guard let point = map[code], point.isForcible else {
            throw .unknownCode(code, map: map.name, known: Self.knownCodes(of: map))
        }
        let allowed = point.bit == nil ? 0...0xFFFF : 0...1
        guard allowed.contains(value), let word = UInt16(exactly: value) else {
            throw .pointOutOfRange(code, value: value, allowed: allowed)
        }
        self.point = point
        self.value = word
    }

    /// `T001–T015, S000–S127, …`: the first and the last code of each letter.
    private static func knownCodes(of map: DeviceMap) -> String {
        let codes = map.points.filter(\.isForcible).map(\.code)
        let families = Dictionary(grouping: codes) { $0.rawValue.prefix(1) }.values.compactMap { family -> String? in
            guard let first = family.min(), let last = family.max() else { return nil }
            return "\(first)–\(last)"
        }
        return families.sorted().joined(separator: ", ")
    }
}

extension Point {
    /// Texts have no raw integer.
    var isForcible: Bool {
        if case .text = content { false } else { true }
    }
}
