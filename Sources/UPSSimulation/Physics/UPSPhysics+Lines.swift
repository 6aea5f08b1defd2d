/// The electrical values of each line, counted from 0.
extension UPSPhysics {
    /// V line to neutral at the input and at the bypass.
    package func inputVoltage(_ line: Int) -> Double {
        guard mains.isPresent, unit.lineOffsets.indices.contains(line) else { return 0 }
        return max(0, mains.voltage + unit.lineOffsets[line])
    }

    /// V line to neutral: 230 from the inverter, the mains' from the bypass.
    package func outputVoltage(_ line: Int) -> Double {
        switch supply {
        case .inverter: 230
        case .eco, .bypass, .maintenanceBypass: inputVoltage(line)
        case .standby, .off: 0
        }
    }

    package var inputFrequency: Double { mains.isPresent ? mains.frequency : 0 }

    /// The inverter follows good mains, and runs free at 50 Hz otherwise.
    package var outputFrequency: Double {
        switch supply {
        case .inverter: isBypassGood ? mains.frequency : 50
        case .eco, .bypass, .maintenanceBypass: inputFrequency
        case .standby, .off: 0
        }
    }

    /// Percent of the line's own rating.
    package func lineLoad(_ line: Int) -> Double {
        unit.shares.indices.contains(line) ? measuredLoad * unit.shares[line] * Double(unit.shares.count) : 0
    }

    /// VA.
    package func linePower(_ line: Int) -> Double { unit.shares.indices.contains(line) ? outputPower * unit.shares[line] : 0 }

    package func outputCurrent(_ line: Int) -> Double {
        let voltage = outputVoltage(line)
        return voltage > 0 ? linePower(line) / voltage : 0
    }

    /// A in the neutral of three lines 120° apart.
    package var neutralCurrent: Double {
        let (first, second, third) = (outputCurrent(0), outputCurrent(1), outputCurrent(2))
        let square =
            first * first + second * second + third * third - first * second - second * third - third * first
        return max(0, square).squareRoot()
    }

    /// V between a line and the next one, of three lines 120° apart.
    package func lineToLine(_ voltage: (Int) -> Double, _ line: Int) -> Double {
        let (from, to) = (voltage(line), voltage((line + 1) % 3))
        return (from * from + to * to + from * to).squareRoot()
    }

    /// W; the rectifier draws evenly from its lines.
    package var rectifierLinePower: Double { rectifierInputPower / Double(unit.model.inputLines) }

    package func rectifierCurrent(_ line: Int) -> Double {
        let voltage = inputVoltage(line)
        return voltage > 0 && rectifier == .on ? rectifierLinePower / (0.99 * voltage) : 0
    }

    package var isBypassConducting: Bool { supply == .bypass || supply == .eco }
    package func bypassCurrent(_ line: Int) -> Double { isBypassConducting ? outputCurrent(line) : 0 }
}
