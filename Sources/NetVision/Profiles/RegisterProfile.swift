package import PowerDevice

/// How a device is read by Modbus TCP: by a register map that we know, by rows of an owner's, or by the map with the owner's rows before it.
package struct RegisterProfile: Sendable {
    /// The map that the device has; nil: only the rows below count.
    package let map: DeviceMap?
    package var points: [RegisterPoint]
    package var outputSource: StateRegister<OutputSource>?
    package var batteryStatus: StateRegister<BatteryStatus>?
    package var alarms: [RegisterAlarm] = []
    /// Texts that tell the device's identity: the model, the serial number.
    package var texts: [RegisterText] = []
    /// Those of the rows that are the map's own.
    let mapRows: Set<RegisterPoint>
    /// All rows are the map's own: they say nothing that the map does not say.
    let isPlain: Bool

    /// An enumeration.
    package struct StateRegister<Value: Sendable & Hashable>: Sendable, Hashable {
        package let address: UInt16
        package let values: [Int: Value]
    }

    /// The profile of a map, with its rows for everybody to see.
    package init(map: DeviceMap) {
        self.map = map
        points = map.points.compactMap(RegisterPoint.init)
        mapRows = Set(points)
        isPlain = true
    }

    package init(map: DeviceMap?, points: [RegisterPoint]) {
        self.map = map
        self.points = points
        mapRows = Set(map?.points.compactMap(RegisterPoint.init) ?? [])
        isPlain = false
    }
}

/// One quantity in holding registers.
package struct RegisterPoint: Sendable, Hashable {
    package enum Number: String, Sendable, Hashable, CaseIterable {
        case u16, s16
        /// The first register is the high word.
        case u32, s32
        /// The first register is the low word.
        case u32low, s32low

        package var registers: Int {
            switch self {
            case .u16, .s16: 1
            case .u32, .s32, .u32low, .s32low: 2
            }
        }

        package var isSigned: Bool { self == .s16 || self == .s32 || self == .s32low }
    }

    package let variable: VariableTemplate
    /// Which of its lines (1…) the row is about; nil: the device, or a supply as a whole.
    package let line: Int?
    package let lines: LineGroup?
    package let address: UInt16
    package let number: Number
    /// Only this bit of the register, 0 the least significant.
    package let bit: Int?
    /// One decimal more on a device that says so in its map (VU-MAP: T014).
    package let isFactored: Bool
    package let reading: ReadingRule
    package let poll: CardProfile.PollClass

    init(
        _ variable: VariableTemplate, at address: UInt16, _ number: Number = .u16, bit: Int? = nil, line: Int? = nil,
        lines: LineGroup? = nil, isFactored: Bool = false, reading: ReadingRule, poll: CardProfile.PollClass = .full
    ) {
        self.variable = variable
        self.address = address
        self.number = number
        self.bit = bit
        self.line = line
        self.lines = lines
        self.isFactored = isFactored
        self.reading = reading
        self.poll = poll
    }

    /// The value, in the variable's unit; nil where the device does not manage it or its registers are not known.
    func value(in registers: RegisterFile, isDecimal: Bool) -> Double? {
        guard let raw = raw(in: registers), let value = reading.value(raw) else { return nil }
        return isFactored && isDecimal ? value / 10 : value
    }

    /// Whether the device has a number here that stands for a measurement.
    func isManaged(in registers: RegisterFile) -> Bool { raw(in: registers).map { !reading.absent.contains($0) } ?? false }

    private func raw(in registers: RegisterFile) -> Int? {
        guard let words = registers.words(in: RegisterRange(address, count: number.registers)), let first = words.first,
            let last = words.last
        else { return nil }
        if let bit { return Int(first >> UInt16(bit) & 1) }
        switch number {
        case .u16: return Int(first)
        case .s16: return Int(Int16(bitPattern: first))
        case .u32: return Int(first) << 16 | Int(last)
        case .s32: return Int(Int32(bitPattern: UInt32(first) << 16 | UInt32(last)))
        case .u32low: return Int(last) << 16 | Int(first)
        case .s32low: return Int(Int32(bitPattern: UInt32(last) << 16 | UInt32(first)))
        }
    }
}

/// A bit that tells of an alarm.
package struct RegisterAlarm: Sendable, Hashable {
    package let address: UInt16
    package let bit: Int
    package let alarm: Alarm
}

/// Characters in registers, two in each, the first in the high byte.
package struct RegisterText: Sendable, Hashable {
    package let field: CardProfile.IdentityRow.Field
    package let address: UInt16
    package let count: Int
}

extension RegisterPoint {
    /// The row of a map, if it feeds a variable.
    fileprivate init?(_ point: Point) {
        guard let measurement = point.measurement ?? point.rating, let variable = measurement.variable else { return nil }
        let isWhole = measurement.scale == .factored || measurement.scale == .whole
        let scale = MIBScale(
            reducing: measurement.unit.multiplier, to: isWhole ? 1 : measurement.scale.divisor(isDecimal: false))
        let marks: Set<Int> = measurement.isSigned ? [-1, -2] : [65534, 65535]
        let isStatus = ReadPlan.statusVariables.contains(variable.variable())
        self.init(
            variable, at: point.address, measurement.isSigned ? .s16 : .u16, line: measurement.line?.number,
            lines: measurement.line.map { LineGroup($0.supply) }, isFactored: measurement.scale == .factored,
            reading: ReadingRule(
                scale: scale, absent: point.rating == nil ? marks : marks.union([0]), isSigned: measurement.isSigned,
                plausible: PlausibleRange(of: variable)), poll: isStatus ? .status : .full)
    }
}

extension LineGroup {
    init(_ supply: Measurement.Supply) {
        switch supply {
        case .input: self = .input
        case .output: self = .output
        case .bypass: self = .bypass
        }
    }
}
