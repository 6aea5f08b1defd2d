/// Turns an EMD's readings into conditions and their edges. Pure: the caller reads the sensor and gives what it read.
///
/// A condition begins when a value passes a set point, and ends when it is back by the hysteresis: so a value at the set point does not
/// flicker. The first reading makes conditions, but no events. While the sensor does not answer there are no conditions; when it comes
/// back, events are told against what was known before.
package struct EnvironmentMonitor: Sendable, Equatable {
    /// The last reading with the offsets added; nil while the sensor does not answer.
    package private(set) var reading: EnvironmentReading?
    private var levels: [EnvironmentCondition: Severity]?

    package init() {}

    package var isPresent: Bool { reading != nil }

    /// What is the case now, and how grave it is.
    package var conditions: [EnvironmentCondition: Severity] { isPresent ? levels ?? [:] : [:] }

    /// Takes a reading (nil: the sensor did not answer) and tells what changed, in the order of the traps.
    package mutating func observe(_ raw: EnvironmentReading?, settings: EnvironmentSettings) -> [EnvironmentEvent] {
        guard let raw, settings.isEnabled else {
            reading = nil
            return []
        }
        var adjusted = raw
        adjusted.temperature += settings.temperature.offset
        adjusted.humidity += settings.humidity.offset
        let before = levels
        let now = Self.levels(adjusted, settings, before ?? [:])
        reading = adjusted
        levels = now
        guard let before else { return [] }
        return EnvironmentCondition.allCases.filter { isNews($0, before, now) }.map { EnvironmentEvent($0, now[$0]) }
    }

    /// A condition that began, became graver, or ended; one that became milder is still the same condition.
    private func isNews(
        _ condition: EnvironmentCondition, _ before: [EnvironmentCondition: Severity], _ now: [EnvironmentCondition: Severity]
    ) -> Bool {
        guard let was = before[condition], let level = now[condition] else { return before[condition] != now[condition] }
        return level > was
    }

    private static func levels(
        _ reading: EnvironmentReading, _ settings: EnvironmentSettings, _ before: [EnvironmentCondition: Severity]
    ) -> [EnvironmentCondition: Severity] {
        let (temperature, humidity) = (settings.temperature, settings.humidity)
        var levels: [EnvironmentCondition: Severity] = [:]
        levels[.temperatureLow] = lowLevel(reading.temperature, temperature, before[.temperatureLow])
        levels[.temperatureHigh] = highLevel(reading.temperature, temperature, before[.temperatureHigh])
        levels[.humidityLow] = lowLevel(reading.humidity, humidity, before[.humidityLow])
        levels[.humidityHigh] = highLevel(reading.humidity, humidity, before[.humidityHigh])
        for (index, (input, isClosed)) in zip(settings.inputs, reading.inputs).enumerated() where input.isActive(isClosed: isClosed) {
            if let condition = EnvironmentCondition.input(index) { levels[condition] = .critical }
        }
        return levels
    }

    private static func highLevel(_ value: Double, _ quantity: EnvironmentSettings.Quantity, _ before: Severity?) -> Severity? {
        let isOver = { (setPoint: Double, wasOver: Bool) in
            wasOver ? value > setPoint - quantity.hysteresis : value > setPoint
        }
        if isOver(quantity.criticalHigh, before == .critical) { return .critical }
        return isOver(quantity.warningHigh, before != nil) ? .warning : nil
    }

    private static func lowLevel(_ value: Double, _ quantity: EnvironmentSettings.Quantity, _ before: Severity?) -> Severity? {
        let isUnder = { (setPoint: Double, wasUnder: Bool) in
            wasUnder ? value < setPoint + quantity.hysteresis : value < setPoint
        }
        if isUnder(quantity.criticalLow, before == .critical) { return .critical }
        return isUnder(quantity.warningLow, before != nil) ? .warning : nil
    }
}
