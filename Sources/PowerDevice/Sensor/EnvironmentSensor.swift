/// What the environment monitoring device (EMD) measures: one temperature, one humidity, two contacts (manual ch. 14 and its appendix).
package struct EnvironmentReading: Sendable, Equatable {
    /// °C, as the sensor gives it.
    package var temperature: Double
    /// Percent.
    package var humidity: Double
    /// Whether each contact is closed.
    package var inputs: [Bool]

    package init(temperature: Double, humidity: Double, inputs: [Bool]) {
        self.temperature = temperature
        self.humidity = humidity
        self.inputs = inputs
    }
}
