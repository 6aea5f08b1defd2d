/// A quantity that a power device measures, under its NUT variable name (RFC 9271, and NUT's three-phase names).
///
/// The value of a variable is always in the unit of its name's last part: volt, ampere, hertz, degree Celsius, degree of phase, watt,
/// volt-ampere, second or percent. A quantity that a device does not manage has no value at all; there is no "not available" number.
package struct Variable: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ name: String) { self.rawValue = name }

    package var description: String { rawValue }
    package static func < (left: Variable, right: Variable) -> Bool { left.rawValue < right.rawValue }
}

extension Variable {
    package static let batteryCapacityNominal = Variable("battery.capacity.nominal")
    package static let batteryCharge = Variable("battery.charge")
    package static let batteryCurrent = Variable("battery.current")
    package static let batteryRuntime = Variable("battery.runtime")
    /// Seconds since the device went on battery. NUT has no name for it.
    package static let batteryRuntimeElapsed = Variable("battery.runtime.elapsed")
    package static let batteryTemperature = Variable("battery.temperature")
    package static let batteryVoltage = Variable("battery.voltage")
    package static let ambientTemperature = Variable("ambient.temperature")
    package static let inputFrequency = Variable("input.frequency")
    package static let inputFrequencyNominal = Variable("input.frequency.nominal")
    package static let inputVoltageNominal = Variable("input.voltage.nominal")
    package static let bypassFrequency = Variable("input.bypass.frequency")
    package static let outputFrequency = Variable("output.frequency")
    package static let outputFrequencyNominal = Variable("output.frequency.nominal")
    package static let outputVoltageNominal = Variable("output.voltage.nominal")
    /// Degrees by which the sources of a transfer system are apart. NUT has no name for it.
    package static let phaseShift = Variable("input.phase.shift")
    /// Load of the whole device in percent of its rating.
    package static let load = Variable("ups.load")
    /// Apparent output power of the whole device in VA.
    package static let power = Variable("ups.power")
    package static let powerNominal = Variable("ups.power.nominal")
    /// Active output power of the whole device in W.
    package static let realpower = Variable("ups.realpower")
    package static let realpowerNominal = Variable("ups.realpower.nominal")
}

/// A variable's name with a place for the phase line: `output.{L-N}.voltage`, `output.{L}.current`, `input.{L-L}.voltage`.
///
/// A device with one line has no line in its names (`output.voltage`), one with three has (`output.L1-N.voltage`): so NUT names them.
package struct VariableTemplate: Hashable, Sendable, ExpressibleByStringLiteral {
    package let pattern: String

    package init(_ pattern: String) { self.pattern = pattern }
    package init(stringLiteral pattern: String) { self.pattern = pattern }

    package var hasLine: Bool { pattern.contains("{") }

    /// The variable of one line (counted from 1) of a device that has `lines` lines. `{L-L}` of line 1 is `L1-L2`, of line 3 `L3-L1`.
    package func variable(line: Int = 1, of lines: Int = 1) -> Variable {
        let parts = pattern.split(separator: ".").compactMap { part -> String? in
            switch part {
            case "{L-N}": lines > 1 ? "L\(line)-N" : nil
            case "{L}": lines > 1 ? "L\(line)" : nil
            case "{L-L}": "L\(line)-L\(line % 3 + 1)"
            default: String(part)
            }
        }
        return Variable(parts.joined(separator: "."))
    }
}

/// The unit of a variable's value.
package enum Unit: String, Sendable, Codable, CaseIterable {
    case ampere = "A"
    case ampereHour = "Ah"
    case celsius = "°C"
    /// Of phase.
    case degree = "°"
    case hertz = "Hz"
    case none = ""
    case percent = "%"
    case second = "s"
    case volt = "V"
    case voltAmpere = "VA"
    case watt = "W"
}

extension Variable {
    /// The unit, which the name tells: RFC 9271 names end in the quantity, possibly followed by a qualifier such as `nominal`.
    package var unit: Unit {
        for part in rawValue.split(separator: ".").reversed() {
            switch part {
            case "voltage": return .volt
            case "current": return .ampere
            case "frequency": return .hertz
            case "temperature": return .celsius
            case "realpower": return .watt
            case "power": return .voltAmpere
            case "charge", "load", "percent", "humidity": return .percent
            case "capacity": return .ampereHour
            case "runtime": return .second
            case "shift": return .degree
            case "powerfactor", "crestfactor": return .none
            default: continue
            }
        }
        return .none
    }
}
