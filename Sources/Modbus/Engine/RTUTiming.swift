package import NIOCore

/// The pauses that hold serial frames apart (MODBUS over Serial Line V1.02 §2.5.1.1).
package struct RTUTiming: Hashable, Sendable {
    /// How long one character takes: 11 bits, whatever the parity (§2.5.1): one start, eight data, parity or a second stop, one stop.
    package let character: TimeAmount
    /// t3.5, the pause that ends a frame: 3.5 characters, or 1.75 ms above 19200 baud.
    package let silence: TimeAmount
    /// How long an unfinished frame may pause before it is given up.
    ///
    /// More than t3.5, because a host does not pass bytes on as they arrive: a UART keeps up to 16 of them back, a USB adapter
    /// keeps them 16 ms, and the scheduler adds its own. Taking such a pause for t3.5 would cut good frames in two.
    package let patience: TimeAmount

    /// How long so many characters are under way.
    package func transferTime(of characters: Int) -> TimeAmount {
        character * characters
    }

    package init(_ baudRate: BaudRate) {
        let character = Int64(11_000_000_000) / Int64(baudRate.rawValue)
        self.character = .nanoseconds(character)
        silence = baudRate.rawValue > 19200 ? .microseconds(1750) : .nanoseconds(character * 7 / 2)
        patience = .nanoseconds(character * 16) + .milliseconds(50)
    }
}
