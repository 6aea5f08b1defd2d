package import PowerDevice

/// Something that happens to a device: in the world around it, inside it, or to one of its registers.
package enum Occurrence: Sendable, Equatable {
    /// What arrives at the inputs.
    case supply(SupplyChange)
    /// Percent of the rating.
    case load(Double)
    /// °C.
    case ambient(Double)
    case mode(UPSPhysics.Mode)
    /// A transfer system's manual bypass 1 or 2; nil for its switches.
    case manualBypass(Int?)
    /// Unit 1…: its inverter fails, or it is taken out.
    case unit(Int, PartChange)
    /// Module 1…, numbered through all units.
    case module(Int, PartChange)
    case genset(GensetChange)
    case battery(BatteryChange)
    /// Power share plug 1…4.
    case plug(Int, PlugChange)
    /// Whether the device lets itself be controlled.
    case remoteControl(Bool)
    case transfer(TransferChange)
    /// Forces a point to a raw value, or lets it follow the physics again (nil).
    case point(PointCode, Int?)

    /// The mains of both inputs of a UPS, or source 1 of a transfer system.
    package static func mains(isPresent: Bool?, voltage: Double?, frequency: Double?) -> Occurrence {
        .supply(SupplyChange(present: isPresent, voltage: voltage, frequency: frequency))
    }
}

/// What becomes of a supply; what is nil stays as it is.
package struct SupplyChange: Sendable, Equatable, Decodable {
    /// UPS: 1 rectifier, 2 bypass, nil both. Transfer system: 1 or 2, nil is 1.
    package var source: Int?
    package var present: Bool?
    /// V line to neutral.
    package var voltage: Double?
    /// Hz.
    package var frequency: Double?
    /// Hz a second.
    package var drift: Double?
    /// The lines without voltage, from 1.
    package var lost: [Int]?
    /// Degrees.
    package var phase: Double?
    /// Whether the phases turn backwards.
    package var reversed: Bool?

    package init(
        source: Int? = nil, present: Bool? = nil, voltage: Double? = nil, frequency: Double? = nil, drift: Double? = nil,
        lost: [Int]? = nil, phase: Double? = nil, reversed: Bool? = nil
    ) {
        self.source = source
        self.present = present
        self.voltage = voltage
        self.frequency = frequency
        self.drift = drift
        self.lost = lost
        self.phase = phase
        self.reversed = reversed
    }

    func change(_ mains: inout Mains) {
        mains.isPresent = present ?? mains.isPresent
        mains.voltage = voltage ?? mains.voltage
        mains.frequency = frequency ?? mains.frequency
        mains.drift = drift ?? mains.drift
        if let lost { mains.lostLines = Set(lost.map { $0 - 1 }) }
        mains.phase = phase ?? mains.phase
        mains.isRotationReversed = reversed ?? mains.isRotationReversed
    }
}

/// What becomes of a unit or module; what is nil stays as it is.
package struct PartChange: Sendable, Equatable, Decodable {
    package var failed: Bool?
    /// Units only.
    package var present: Bool?

    package init(failed: Bool? = nil, present: Bool? = nil) {
        self.failed = failed
        self.present = present
    }
}

/// What becomes of the generator set; what is nil stays as it is.
package struct GensetChange: Sendable, Equatable, Decodable {
    package var present: Bool?
    package var failed: Bool?
    /// Seconds.
    package var delay: Double?

    package init(present: Bool? = nil, failed: Bool? = nil, delay: Double? = nil) {
        self.present = present
        self.failed = failed
        self.delay = delay
    }
}

/// What becomes of the battery, of one unit or of all; what is nil stays as it is.
package struct BatteryChange: Sendable, Equatable, Decodable {
    /// From 1; nil for all.
    package var unit: Int?
    /// Percent.
    package var charge: Double?
    /// Percent of the capacity that is left.
    package var health: Double?
    /// °C.
    package var temperature: Double?
    package var connected: Bool?
    /// True starts a test.
    package var test: Bool?

    package init(
        unit: Int? = nil, charge: Double? = nil, health: Double? = nil, temperature: Double? = nil, connected: Bool? = nil,
        test: Bool? = nil
    ) {
        self.unit = unit
        self.charge = charge
        self.health = health
        self.temperature = temperature
        self.connected = connected
        self.test = test
    }
}

/// What becomes of a power share plug; what is nil stays as it is.
package struct PlugChange: Sendable, Equatable {
    package var closed: Bool?
    package var mode: PowerSharePlug.Mode?

    package init(closed: Bool? = nil, mode: PowerSharePlug.Mode? = nil) {
        self.closed = closed
        self.mode = mode
    }
}

/// What becomes of a transfer system's settings; what is nil stays as it is.
package struct TransferChange: Sendable, Equatable, Decodable {
    /// 1 or 2.
    package var preferred: Int?
    /// The external contact that forbids transfers.
    package var locked: Bool?

    package init(preferred: Int? = nil, locked: Bool? = nil) {
        self.preferred = preferred
        self.locked = locked
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
