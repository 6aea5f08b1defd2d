/// Which measurements a model has, and how they follow from the physics.
extension VUMapPanel {
    static func gauges(of model: UPSModel) -> [Gauge] {
        commonGauges + batteryGauges(strings: model.battery.strings)
            + (0..<model.outputLines).flatMap(outputGauges) + (0..<model.inputLines).flatMap(inputGauges)
            + (0..<model.outputLines).flatMap(bypassGauges)
            + (model.outputLines == 3 ? outputLineToLine : []) + (model.inputLines == 3 ? inputLineToLine : [])
    }

    private static let commonGauges: [Gauge] = [
        Gauge(0) { $0.measuredLoad },
        Gauge(4) { $0.outputPower },
        Gauge(5) { $0.outputRealpower },
        Gauge(13) { $0.outputFrequency },
        Gauge(14, needs: .factors) { $0.isOutputLive ? $0.unit.crestFactor : 0 },
        Gauge(15) { $0.ambient },
        Gauge(35) { $0.inputFrequency },
        Gauge(42) { $0.inputFrequency },
    ]

    /// The strings + and - share the voltage; one current flows through both. The runtime is cut to whole minutes, as displays do.
    private static func batteryGauges(strings: Int) -> [Gauge] {
        let share = Double(max(strings, 1))
        let second: [Gauge] = strings < 2 ? [] : [Gauge(17) { $0.battery.voltage / share }, Gauge(19) { abs($0.battery.current) }]
        return second + [
            Gauge(16) { $0.battery.voltage / share },
            Gauge(18) { abs($0.battery.current) },
            Gauge(22) { $0.battery.charge * 100 },
            Gauge(23, needs: .batteryCapacity) { $0.battery.charge * $0.battery.capacity },
            Gauge(24) { min(($0.runtime / 60).rounded(.down), 999) * 60 },
            Gauge(25) { $0.secondsOnBattery.rounded(.down) },
            Gauge(26, needs: .batteryTemperature) { $0.battery.temperature },
        ]
    }

    private static func outputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(1 + line) { $0.lineLoad(line) },
            Gauge(6 + line) { $0.outputCurrent(line) },
            Gauge(10 + line) { $0.outputVoltage(line) },
            Gauge(48 + line, needs: .linePower) { $0.linePower(line) },
            Gauge(51 + line, needs: .linePower) { $0.linePower(line) * $0.unit.powerFactor },
            Gauge(57 + line, needs: .factors) { $0.measuredLoad > 0 ? $0.unit.powerFactor : 0 },
            Gauge(60 + line, needs: .factors) { $0.isOutputLive ? $0.unit.crestFactor : 0 },
        ]
    }

    private static func inputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(32 + line) { $0.inputVoltage(line) },
            Gauge(64 + line, needs: .inputPower) { $0.rectifierCurrent(line) },
            Gauge(67 + line, needs: .inputPower) { $0.rectifierLinePower },
        ]
    }

    private static func bypassGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(39 + line) { $0.inputVoltage(line) },
            Gauge(70 + line, needs: .bypassPower) { $0.bypassCurrent(line) },
            Gauge(73 + line, needs: .bypassPower) { $0.isBypassConducting ? $0.linePower(line) * $0.unit.powerFactor : 0 },
        ]
    }

    private static let outputLineToLine: [Gauge] =
        (0..<3).flatMap { line -> [Gauge] in
            [
                Gauge(54 + line, needs: .lineToLine) { $0.lineToLine($0.outputVoltage, line) },
                Gauge(43 + line, needs: .lineToLine) { $0.lineToLine($0.inputVoltage, line) },
            ]
        } + [
            Gauge(9, needs: .factors) { $0.neutralCurrent },
            Gauge(63, needs: .factors) { $0.isOutputLive ? $0.unit.crestFactor : 0 },
        ]

    private static let inputLineToLine: [Gauge] = (0..<3).map { line in
        Gauge(36 + line, needs: .lineToLine) { $0.lineToLine($0.inputVoltage, line) }
    }
}
