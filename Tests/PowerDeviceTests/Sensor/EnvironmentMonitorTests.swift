import PowerDevice
import Testing

@Suite struct EnvironmentMonitorTests {
    private var settings: EnvironmentSettings {
        var settings = EnvironmentSettings()
        settings.isEnabled = true
        return settings
    }

    private func reading(_ temperature: Double, _ humidity: Double = 30, _ inputs: [Bool] = [false, false]) -> EnvironmentReading {
        EnvironmentReading(temperature: temperature, humidity: humidity, inputs: inputs)
    }

    /// What a monitor tells of one reading after the other; the first one is no event.
    private func events(_ readings: [EnvironmentReading?], _ settings: EnvironmentSettings) -> [[EnvironmentEvent]] {
        var monitor = EnvironmentMonitor()
        return readings.map { monitor.observe($0, settings: settings) }
    }

    @Test func temperatureClimbsAndFallsWithHysteresis() {
        let steps: [(Double, [EnvironmentEvent])] = [
            (22, []), (50, []), (50.1, [.init(.temperatureHigh, .warning)]), (49.1, []), (60, []),
            (60.1, [.init(.temperatureHigh, .critical)]), (59.1, []), (60.1, []), (59, []), (49.1, []),
            (49, [.init(.temperatureHigh, nil)]), (50, []), (75, [.init(.temperatureHigh, .critical)]),
            (20, [.init(.temperatureHigh, nil)]),
        ]
        #expect(events(steps.map { reading($0.0) }, settings) == steps.map(\.1))
    }

    @Test func temperatureFallsAndClimbsWithHysteresis() {
        let steps: [(Double, [EnvironmentEvent])] = [
            (22, []), (10, []), (9.9, [.init(.temperatureLow, .warning)]), (10.9, []), (5, []), (4.9, [.init(.temperatureLow, .critical)]),
            (5.9, []), (6, []), (11, [.init(.temperatureLow, nil)]),
        ]
        #expect(events(steps.map { reading($0.0) }, settings) == steps.map(\.1))
    }

    @Test func humidityHasItsOwnSetPoints() {
        var settings = settings
        settings.humidity.warningHigh = 40
        settings.humidity.hysteresis = 5
        let told = events([reading(22, 30), reading(22, 41), reading(22, 36), reading(22, 35), reading(22, 3)], settings)
        #expect(told == [[], [.init(.humidityHigh, .warning)], [], [.init(.humidityHigh, nil)], [.init(.humidityLow, .critical)]])
    }

    @Test func offsetIsAdded() {
        var settings = settings
        settings.temperature.offset = 10
        var monitor = EnvironmentMonitor()
        _ = monitor.observe(reading(22), settings: settings)
        #expect(monitor.reading?.temperature == 32)
        #expect(monitor.observe(reading(41), settings: settings) == [.init(.temperatureHigh, .warning)])
    }

    @Test func inputsFollowTheirMode() {
        var settings = settings
        settings.inputs[0].mode = .normallyOpen
        settings.inputs[1].mode = .normallyClosed
        let told = events(
            [
                reading(22, 30, [false, true]), reading(22, 30, [true, true]), reading(22, 30, [true, false]),
                reading(22, 30, [false, true]),
            ],
            settings)
        #expect(
            told == [
                [], [.init(.input1, .critical)], [.init(.input2, .critical)], [.init(.input1, nil), .init(.input2, nil)],
            ])
        #expect(events([reading(22), reading(22, 30, [true, true])], self.settings) == [[], []])
    }

    @Test func firstReadingMakesConditionsWithoutEvents() {
        var monitor = EnvironmentMonitor()
        #expect(monitor.observe(reading(70), settings: settings).isEmpty)
        #expect(monitor.conditions == [.temperatureHigh: .critical] && monitor.isPresent)
    }

    @Test func absentSensorHasNoConditionsAndComesBackSilently() {
        var monitor = EnvironmentMonitor()
        _ = monitor.observe(reading(70), settings: settings)
        #expect(monitor.observe(nil, settings: settings).isEmpty && monitor.conditions.isEmpty && !monitor.isPresent)
        #expect(monitor.observe(reading(70), settings: settings).isEmpty && monitor.conditions == [.temperatureHigh: .critical])
        _ = monitor.observe(nil, settings: settings)
        #expect(monitor.observe(reading(22), settings: settings) == [.init(.temperatureHigh, nil)])
    }

    @Test func sensorThatIsNotActivatedDoesNotCount() {
        var monitor = EnvironmentMonitor()
        #expect(monitor.observe(reading(70), settings: EnvironmentSettings()).isEmpty && !monitor.isPresent)
    }

    @Test func trapsHaveTheNumbersOfTheirMIB() {
        let conditions = EnvironmentCondition.allCases
        #expect(conditions.flatMap { [$0.trap(on: .ups, isActive: true), $0.trap(on: .ups, isActive: false)] } == Array(28...39))
        #expect(conditions.flatMap { [$0.trap(on: .sts, isActive: true), $0.trap(on: .sts, isActive: false)] } == Array(9...20))
        #expect(EnvironmentCondition.input1.trap(on: .ups, isActive: true) == 36)
        #expect(EnvironmentCondition.temperatureHigh.title(isActive: false) == "EMD Temperature not over high Set point")
    }

    @Test func defaultsAreTheManuals() {
        let quantity = EnvironmentSettings().temperature
        #expect(quantity.criticalHigh == 60 && quantity.warningHigh == 50 && quantity.warningLow == 10 && quantity.criticalLow == 5)
        #expect(quantity.offset == 0 && quantity.hysteresis == 1 && quantity.fault == nil)
        var wrong = quantity
        wrong.warningHigh = 9
        #expect(wrong.fault != nil)
        wrong = quantity
        wrong.hysteresis = -1
        #expect(wrong.fault != nil)
        wrong = quantity
        wrong.offset = .nan
        #expect(wrong.fault != nil)
    }
}
