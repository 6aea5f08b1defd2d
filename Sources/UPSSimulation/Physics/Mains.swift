/// What arrives at an input: a three-phase supply, or one phase of it.
package struct Mains: Sendable, Equatable {
    package var isPresent = true
    /// Line to neutral, in V.
    package var voltage = 230.0
    /// Hz.
    package var frequency = 50.0
    /// How fast the frequency changes by itself, in Hz a second; it ends at 40 and 70 Hz.
    package var drift = 0.0
    /// The lines that carry no voltage, counted from 0.
    package var lostLines: Set<Int> = []
    /// Degrees by which L1 is behind the reference, -180…180.
    package var phase = 0.0
    /// L1 and L2 are interchanged: motors would turn backwards.
    package var isRotationReversed = false

    package init(isPresent: Bool = true, voltage: Double = 230, frequency: Double = 50) {
        self.isPresent = isPresent
        self.voltage = voltage
        self.frequency = frequency
    }

    private static let frequencies = 40.0...70.0

    /// V line to neutral of one line (from 0) that is `offset` volts off the others.
    func voltage(_ line: Int, offset: Double = 0) -> Double {
        guard isPresent, !lostLines.contains(line) else { return 0 }
        return max(0, voltage + offset)
    }

    /// Whether each of the first `lines` lines has voltage.
    func isWhole(_ lines: Int) -> Bool { isPresent && lostLines.allSatisfy { $0 >= lines } }

    mutating func advance(_ seconds: Double) {
        guard drift != 0 else { return }
        frequency = min(max(frequency + drift * seconds, Self.frequencies.lowerBound), Self.frequencies.upperBound)
    }
}

/// An angle as it is told: in degrees, more than -180 and at most 180.
func degrees(_ angle: Double) -> Double {
    let turned = angle - 360 * (angle / 360).rounded()
    return turned <= -180 ? turned + 360 : turned
}
