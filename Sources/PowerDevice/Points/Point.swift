/// One row of a device's register tables: where a datum is, and what it means.
package struct Point: Sendable, Equatable {
    package let code: PointCode
    /// The holding register; of a text the first one.
    package let address: UInt16
    /// What the datum is, in the field's words; nil where the manual leaves the row blank or calls it free.
    package let title: String?
    package let content: Content
    /// Which ranges have the datum, where the manual prints it (JBUSP); a column that is missing here is not told.
    package let presence: [JBUSP.Column: Presence]

    package enum Presence: String, Sendable, Equatable {
        case present
        /// The datum is blank or -1.
        case absent
        /// Units of a parallel system have it.
        case parallelOnly
        /// Devices with the option have it.
        case optional
    }

    package enum Content: Sendable, Equatable {
        /// Bit 0 is the least significant one. The level is nil where the manual prints none.
        case status(bit: Int, level: Severity?)
        /// An alarm without a level is shown on Modbus, but not managed: nothing is raised from it.
        case alarm(bit: Int, level: Severity?)
        case measurement(Measurement)
        case configuration([ConfigurationFlag])
        /// A configuration word that is a quantity: what the device is rated for. 0 tells nothing.
        case rating(Measurement)
        /// A status or alarm word as a whole, beside its bits.
        case word
        /// ASCII, two characters in each of `words` registers.
        case text(words: Int, order: CharacterOrder)
    }

    package enum CharacterOrder: Sendable, Equatable {
        case highByteFirst
        case lowByteFirst
    }

    package init(
        _ code: PointCode, address: UInt16, title: String?, content: Content, presence: [JBUSP.Column: Presence] = [:]
    ) {
        self.code = code
        self.address = address
        self.title = title
        self.content = content
        self.presence = presence
    }

    package var level: Severity? {
        switch content {
        case .status(_, let level), .alarm(_, let level): level
        case .measurement, .configuration, .rating, .word, .text: nil
        }
    }

    /// The position in its word, of a status or alarm bit.
    package var bit: Int? {
        switch content {
        case .status(let bit, _), .alarm(let bit, _): bit
        case .measurement, .configuration, .rating, .word, .text: nil
        }
    }

    package var isAlarm: Bool {
        if case .alarm = content { true } else { false }
    }

    package var measurement: Measurement? {
        if case .measurement(let measurement) = content { measurement } else { nil }
    }

    /// How the word of a rated value is read.
    package var rating: Measurement? {
        if case .rating(let rating) = content { rating } else { nil }
    }

    /// The bits of a configuration word.
    package var flags: [ConfigurationFlag] {
        if case .configuration(let flags) = content { flags } else { [] }
    }
}

/// A bit of a configuration word.
package struct ConfigurationFlag: Sendable, Equatable {
    package let bit: Int
    package let title: String

    package init(_ bit: Int, _ title: String) {
        self.bit = bit
        self.title = title
    }
}
