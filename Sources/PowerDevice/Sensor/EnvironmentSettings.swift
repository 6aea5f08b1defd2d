/// How a card watches its EMD (manual ch. 14).
package struct EnvironmentSettings: Sendable, Equatable, Codable {
    /// An EMD counts only once it is activated.
    package var isEnabled = false
    package var location = ""
    package var temperature = Quantity(name: "Temperature")
    package var humidity = Quantity(name: "Humidity")
    package var inputs = [Input(name: "Alarm-1"), Input(name: "Alarm-2")]

    package init() {}

    /// A measured quantity: its calibration and its set points, in °C or percent.
    package struct Quantity: Sendable, Equatable, Codable {
        package var name: String
        /// Added to what the sensor measures.
        package var offset = 0.0
        package var criticalHigh = 60.0
        package var warningHigh = 50.0
        package var warningLow = 10.0
        package var criticalLow = 5.0
        /// By how much a value must come back behind a set point before its condition ends; not negative.
        package var hysteresis = 1.0

        package init(name: String) { self.name = name }

        /// What is wrong with the set points, or nil: they ascend from critical low to critical high.
        package var fault: String? {
            let values = [offset, criticalLow, warningLow, warningHigh, criticalHigh, hysteresis]
            if !values.allSatisfy(\.isFinite) { return "set points are numbers" }
            if hysteresis < 0 { return "the hysteresis is not negative" }
            return criticalLow <= warningLow && warningLow < warningHigh && warningHigh <= criticalHigh
                ? nil : "set points ascend: critical low, warning low, warning high, critical high"
        }
    }

    /// A contact, and when it is an alarm.
    package struct Input: Sendable, Equatable, Codable {
        package enum Mode: String, Sendable, Codable, CaseIterable {
            case disabled
            /// Open is well: a closed contact is an alarm.
            case normallyOpen
            /// Closed is well: an open contact is an alarm.
            case normallyClosed
        }

        package var name: String
        package var mode = Mode.disabled

        package init(name: String) { self.name = name }

        package func isActive(isClosed: Bool) -> Bool {
            switch mode {
            case .disabled: false
            case .normallyOpen: isClosed
            case .normallyClosed: !isClosed
            }
        }
    }
}
