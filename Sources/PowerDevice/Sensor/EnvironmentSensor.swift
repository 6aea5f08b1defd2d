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

/// The registers of an EMD (docs/emd.md). The vendor prints none: these are ours.
///
///     0x0000  temperature in 0.1 °C, two's complement
///     0x0001  humidity in 0.1 %
///     0x0002  inputs: bit 0 and bit 1, 1 = contact closed
///     0x0003  firmware version, 0x0100 = 01.00
///     0x0004  firmware build
///     0x0005  address
package enum EnvironmentSensor {
    /// The slave number of EMD 1 (DIP switch 1 on).
    package static let slave: UInt8 = 1
    /// All of them, readable in one request.
    package static let range = RegisterRange(0x0000, count: 6)
    package static let inputCount = 2

    /// What an EMD says of itself besides its reading.
    package struct Identity: Sendable, Equatable {
        package var version: UInt16
        package var build: UInt16
        package var address: Int

        package init(version: UInt16 = 0x0100, build: UInt16 = 5, address: Int = 1) {
            self.version = version
            self.build = build
            self.address = address
        }

        /// `01.00.0005`, as the manual shows it.
        package var firmware: String {
            "\(Self.digits(version >> 8, 2, 16)).\(Self.digits(version & 0xFF, 2, 16)).\(Self.digits(build, 4, 10))"
        }

        private static func digits(_ value: UInt16, _ count: Int, _ radix: Int) -> String {
            let digits = String(value, radix: radix, uppercase: true)
            return String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
    }

    /// The reading of six words; nil where there are fewer than three, or the humidity is none (over 100 %).
    package static func reading(of words: [UInt16]) -> EnvironmentReading? {
        guard words.count >= 3, words[1] <= 1000 else { return nil }
        return EnvironmentReading(
            temperature: Double(Int16(bitPattern: words[0])) / 10, humidity: Double(words[1]) / 10,
            inputs: (0..<inputCount).map { words[2] >> UInt16($0) & 1 == 1 })
    }

    /// Who the EMD is; nil where the words do not tell.
    package static func identity(of words: [UInt16]) -> Identity? {
        guard words.count >= 6 else { return nil }
        return Identity(version: words[3], build: words[4], address: Int(words[5]))
    }

    /// The six words of an EMD.
    package static func words(of reading: EnvironmentReading, _ identity: Identity = Identity()) -> [UInt16] {
        let inputs = reading.inputs.prefix(inputCount).enumerated().reduce(UInt16(0)) { $0 | ($1.element ? 1 << UInt16($1.offset) : 0) }
        return [
            UInt16(bitPattern: Int16(tenths(reading.temperature, -3276...3276))), UInt16(tenths(reading.humidity, 0...100)), inputs,
            identity.version, identity.build, UInt16(clamping: identity.address),
        ]
    }

    /// Tenths of a value that is kept within `range`; of what is no number, 0.
    private static func tenths(_ value: Double, _ range: ClosedRange<Double>) -> Double {
        guard value.isFinite else { return 0 }
        return (min(max(value, range.lowerBound), range.upperBound) * 10).rounded()
    }
}
