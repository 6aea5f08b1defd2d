/// A receiver's counters since it was made.
package struct SyslogStatistics: Equatable, Sendable {
    /// Messages handed on.
    package var received: UInt64 = 0
    /// Of those, the ones that were cut off.
    package var truncated: UInt64 = 0
    /// Messages lost because too many waited already.
    package var queueFull: UInt64 = 0
    /// Datagrams that the system dropped because they were not fetched in time.
    package var overflowed: UInt64 = 0
    /// Open now; none of UDP.
    package var connections = 0
    package var accepted: UInt64 = 0
    /// Connections closed at once: too many, of all or of one address.
    package var refused: UInt64 = 0
    /// Connections that ended before TLS was agreed on, or took too long for it.
    package var failedHandshakes: UInt64 = 0
    /// Connections closed because their stream could not be cut into messages.
    package var framingErrors: UInt64 = 0

    package init() {}

    /// Messages that came and were lost.
    package var lost: UInt64 { queueFull &+ overflowed }
}
