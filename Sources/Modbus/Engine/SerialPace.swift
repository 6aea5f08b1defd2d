package import NIOCore

/// Characters on their way over a serial line: each takes its time, and none overtakes another.
///
///     append ──► [ c5 c4 c3 c2 ] ──► c1 is being sent, until `dueAt` ──► take
///
/// Characters are passed on in small groups, as a UART with a FIFO does: one by one would cost a timer each.
package struct SerialPace: Sendable {
    /// How much a driver keeps for a line; what is beyond is lost.
    package static let capacity = 4096
    /// The least time between two groups.
    private static let groupTime = Int64(4_000_000)

    /// How long one character takes, in nanoseconds.
    private let character: Int64
    private var waiting = ByteBuffer()
    /// When the first waiting character began.
    private var began = NIODeadline.uptimeNanoseconds(0)

    package init(_ baudRate: BaudRate) {
        character = RTUTiming(baudRate).character.nanoseconds
    }

    package var isIdle: Bool { waiting.readableBytes == 0 }

    /// When to call `take` next; nil while the line is idle.
    package var dueAt: NIODeadline? {
        guard !isIdle else { return nil }
        let group = max(1, (Self.groupTime + character - 1) / character)
        return began + .nanoseconds(character * min(Int64(waiting.readableBytes), group))
    }

    /// Puts characters behind those that wait.
    package mutating func append(_ bytes: ByteBuffer, now: NIODeadline) {
        if isIdle { began = now }
        var accepted = bytes
        let room = max(0, Self.capacity - waiting.readableBytes)
        waiting.discardReadBytes()
        if let slice = accepted.readSlice(length: min(room, accepted.readableBytes)) { waiting.writeImmutableBuffer(slice) }
    }

    /// The characters whose last bit has passed.
    package mutating func take(now: NIODeadline) -> ByteBuffer {
        let elapsed = max(0, (now - began).nanoseconds)
        let count = Int(min(elapsed / character, Int64(waiting.readableBytes)))
        began = began + .nanoseconds(character * Int64(count))
        return waiting.readSlice(length: count) ?? ByteBuffer()
    }
}
