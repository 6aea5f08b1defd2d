/// The electrical values of each line, counted from 0.
extension UPSPhysics {
    /// V line to neutral at the rectifier.
    package func inputVoltage(_ line: Int) -> Double {
        unit.lineOffsets.indices.contains(line) ? rectifierMains.voltage(line, offset: unit.lineOffsets[line]) : 0
    }

    /// V line to neutral at the bypass.
    package func bypassVoltage(_ line: Int) -> Double {
        unit.lineOffsets.indices.contains(line) ? bypassMains.voltage(line, offset: unit.lineOffsets[line]) : 0
    }

    /// V line to neutral: 230 from the inverter, the mains' from the bypass.
    package func outputVoltage(_ line: Int) -> Double {
        switch supply {
        case .inverter, .lineInteractive: 230
        case .eco, .bypass, .maintenanceBypass: bypassVoltage(line)
        case .standby, .off: 0
        }
    }

    package var inputFrequency: Double { rectifierMains.isPresent ? rectifierMains.frequency : 0 }
    package var bypassFrequency: Double { bypassMains.isPresent ? bypassMains.frequency : 0 }

    /// The inverter follows good mains, and runs free otherwise.
    package var outputFrequency: Double {
        switch supply {
        case .inverter, .lineInteractive: inverterFrequency
        case .eco, .bypass, .maintenanceBypass: bypassFrequency
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
    package var neutralCurrent: Double { unbalance(outputCurrent(0), outputCurrent(1), outputCurrent(2)) }

    /// W; the rectifier draws evenly from its lines.
    package var rectifierLinePower: Double { rectifierInputPower / Double(unit.model.inputLines) }

    package func rectifierCurrent(_ line: Int) -> Double {
        let voltage = inputVoltage(line)
        return voltage > 0 && rectifier == .on ? rectifierLinePower / (0.99 * voltage) : 0
    }

    package var isBypassConducting: Bool { supply == .bypass || supply == .eco }
    package func bypassCurrent(_ line: Int) -> Double { isBypassConducting ? outputCurrent(line) : 0 }
}

/// What three currents 120° apart leave over for the neutral.
func unbalance(_ first: Double, _ second: Double, _ third: Double) -> Double {
    let square = first * first + second * second + third * third - first * second - second * third - third * first
    return max(0, square).squareRoot()
}

/// V between two lines 120° apart.
func lineToLine(_ from: Double, _ to: Double) -> Double { (from * from + to * to + from * to).squareRoot() }
