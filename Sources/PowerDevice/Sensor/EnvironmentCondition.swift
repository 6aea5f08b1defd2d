/// What an EMD can be alarmed by, in the order of its traps.
package enum EnvironmentCondition: String, Sendable, Codable, CaseIterable {
    case temperatureLow
    case temperatureHigh
    case humidityLow
    case humidityHigh
    case input1
    case input2

    /// The trap of the NET VISION 7 and 8 MIB (28 to 39) or, for an STS, of its MIB (9 to 20): even places tell the condition, the ones
    /// after them its end.
    package func trap(on kind: DeviceKind, isActive: Bool) -> Int32 {
        let first: Int32 =
            switch kind {
            case .ups: 28
            case .sts: 9
            }
        let index: Int32 =
            switch self {
            case .temperatureLow: 0
            case .temperatureHigh: 1
            case .humidityLow: 2
            case .humidityHigh: 3
            case .input1: 4
            case .input2: 5
            }
        return first + index * 2 + (isActive ? 0 : 1)
    }

    /// What the event log says (manual 18.5).
    package func title(isActive: Bool) -> String {
        let not = isActive ? "" : "not "
        return switch self {
        case .temperatureLow: "EMD Temperature \(not)under low Set point"
        case .temperatureHigh: "EMD Temperature \(not)over high Set point"
        case .humidityLow: "EMD Humidity \(not)under low Set point"
        case .humidityHigh: "EMD Humidity \(not)over high Set point"
        case .input1: isActive ? "EMD Alarm-1 activated" : "EMD Alarm-1 not active"
        case .input2: isActive ? "EMD Alarm-2 activated" : "EMD Alarm-2 not active"
        }
    }

    /// The condition of contact `index` (from 0), or nil.
    static func input(_ index: Int) -> EnvironmentCondition? { index == 0 ? .input1 : index == 1 ? .input2 : nil }
}

/// A condition that began, became graver, or ended.
package struct EnvironmentEvent: Sendable, Equatable {
    package var condition: EnvironmentCondition
    /// Nil when the condition ended: warning or critical set point, or an input (critical).
    package var level: Severity?

    package init(_ condition: EnvironmentCondition, _ level: Severity?) {
        self.condition = condition
        self.level = level
    }

    package var isActive: Bool { level != nil }
}
