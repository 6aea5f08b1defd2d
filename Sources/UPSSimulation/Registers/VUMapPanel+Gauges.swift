/// Which measurements a model has, and how they follow from the physics.
extension VUMapPanel {
    static func gauges(of model: UPSModel) -> [Gauge] {
        commonGauges + batteryGauges(strings: model.battery.strings)
            + (0..<model.outputLines).flatMap(outputGauges) + (0..<model.inputLines).flatMap(inputGauges)
            + (0..<model.outputLines).flatMap(bypassGauges)
            + (model.outputLines == 3 ? outputLineToLine : []) + (model.inputLines == 3 ? inputLineToLine : [])
    }

    private static let commonGauges: [Gauge] = [
        Gauge(0) { $0.load },
        Gauge(4) { $0.power },
        Gauge(5) { $0.realpower },
        Gauge(13) { $0.outputFrequency },
        Gauge(14, needs: .factors) { $0.crestFactor },
        Gauge(15) { $0.ambient },
        Gauge(35) { $0.inputFrequency },
        Gauge(42) { $0.bypassFrequency },
    ]

    /// The strings + and - share the voltage; one current flows through both. The runtime is cut to whole minutes, as displays do.
    private static func batteryGauges(strings: Int) -> [Gauge] {
        let share = Double(max(strings, 1))
        let second: [Gauge] =
            strings < 2 ? [] : [Gauge(17) { $0.battery.map { $0.voltage / share } }, Gauge(19) { $0.battery.map { abs($0.current) } }]
        return second + [
            Gauge(16) { $0.battery.map { $0.voltage / share } },
            Gauge(18) { $0.battery.map { abs($0.current) } },
            Gauge(22) { $0.battery?.charge },
            Gauge(23, needs: .batteryCapacity) { $0.battery?.capacity },
            Gauge(24) { $0.battery.map { wholeMinutes($0.runtime) } },
            Gauge(25) { $0.battery.map { $0.secondsOnBattery.rounded(.down) } },
            Gauge(26, needs: .batteryTemperature) { $0.battery?.temperature },
        ]
    }

    /// Seconds cut to minutes, 999 at most.
    static func wholeMinutes(_ seconds: Double) -> Double { min((seconds / 60).rounded(.down), 999) * 60 }

    private static func outputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(1 + line) { $0.output[line].load },
            Gauge(6 + line) { $0.output[line].current },
            Gauge(10 + line) { $0.output[line].voltage },
            Gauge(48 + line, needs: .linePower) { $0.output[line].power },
            Gauge(51 + line, needs: .linePower) { $0.output[line].realpower },
            Gauge(57 + line, needs: .factors) { $0.powerFactor },
            Gauge(60 + line, needs: .factors) { $0.crestFactor },
        ]
    }

    private static func inputGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(32 + line) { $0.input[line].voltage },
            Gauge(64 + line, needs: .inputPower) { $0.input[line].current },
            Gauge(67 + line, needs: .inputPower) { $0.input[line].realpower },
        ]
    }

    private static func bypassGauges(_ line: Int) -> [Gauge] {
        [
            Gauge(39 + line) { $0.bypass.at(line)?.voltage },
            Gauge(70 + line, needs: .bypassPower) { $0.bypass.at(line)?.current },
            Gauge(73 + line, needs: .bypassPower) { $0.bypass.at(line)?.realpower },
        ]
    }

    private static let outputLineToLine: [Gauge] =
        (0..<3).flatMap { line -> [Gauge] in
            [
                Gauge(54 + line, needs: .lineToLine) { $0.output.voltage(from: line) },
                Gauge(43 + line, needs: .lineToLine) { $0.bypass.voltage(from: line) },
            ]
        } + [
            Gauge(9, needs: .factors) { $0.neutralCurrent },
            Gauge(63, needs: .factors) { $0.crestFactor },
        ]

    private static let inputLineToLine: [Gauge] = (0..<3).map { line in
        Gauge(36 + line, needs: .lineToLine) { $0.input.voltage(from: line) }
    }
}

extension [Readout.Line] {
    /// The line, or nil where there is none.
    func at(_ line: Int) -> Readout.Line? { indices.contains(line) ? self[line] : nil }

    /// V between a line and the next one of three.
    func voltage(from line: Int) -> Double? {
        guard let first = at(line), let next = at((line + 1) % 3) else { return nil }
        return lineToLine(first.voltage, next.voltage)
    }
}
