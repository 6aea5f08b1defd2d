/// A message in a stream, without what separates it from others.
package struct SyslogFrame: Hashable, Sendable {
    package var octets: [UInt8]
    /// Whether the message was longer than is kept, or the stream ended within it.
    package var isTruncated = false

    package init(octets: [UInt8], isTruncated: Bool = false) {
        self.octets = octets
        self.isTruncated = isTruncated
    }
}

/// A stream that can't be cut into messages.
package struct SyslogFramingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the sender has announced.
    package let announced: Int

    package var description: String { "a message of \(announced) octets was announced; at most \(SyslogDeframer.maximumCount) are taken" }
}

/// Cuts a stream into messages (RFC 6587): `LENGTH MESSAGE` with the length in digits, or messages that end with LF or NUL. Which of the two,
/// each message tells by its first octet.
///
///     start ──digit──▶ counting ──blank──▶ counted ──last octet──▶ start
///       │                 └──else──┐
///       └──any other octet──▶ line ◀┘ ──LF, NUL──▶ start
///
/// What is kept is bounded: of a longer message the rest is skipped.
package struct SyslogDeframer: Sendable {
    private enum State: Sendable, Equatable {
        case start
        case counting(Int)
        /// So many octets of the message are still to come.
        case counted(Int)
        case line
    }

    /// A longer message than this is no message.
    package static let maximumCount = 1 << 20
    private static let maximumDigits = 7

    private var state = State.start
    private var message: [UInt8] = []
    private var isCut = false
    /// Why nothing more can be made of the stream.
    package private(set) var failure: SyslogFramingError?

    package init() {}

    /// The messages that these octets complete.
    package mutating func received(_ octets: some Collection<UInt8>) -> [SyslogFrame] {
        var frames: [SyslogFrame] = []
        var rest = octets[...]
        while failure == nil, let octet = rest.first {
            switch state {
            case .start: begin(with: octet, &rest)
            case .counting(let count): countOn(count, octet, &rest)
            case .counted(let left):
                let part = rest.prefix(left)
                rest = rest.dropFirst(part.count)
                keep(part)
                state = .counted(left - part.count)
                if part.count == left { frames.append(take()) }
            case .line:
                let part = rest.prefix { $0 != 0x0A && $0 != 0 }
                rest = rest[part.endIndex...]
                keep(part)
                guard !rest.isEmpty else { break }
                rest = rest.dropFirst()
                frames.append(take())
            }
        }
        return frames
    }

    /// The stream has ended: what came of the last message.
    package mutating func ended() -> SyslogFrame? {
        let isWhole = state == .line
        let frame = take()
        guard !frame.octets.isEmpty else { return nil }
        return SyslogFrame(octets: frame.octets, isTruncated: frame.isTruncated || !isWhole)
    }

    private mutating func begin<Rest: Collection<UInt8>>(with octet: UInt8, _ rest: inout Rest) where Rest.SubSequence == Rest {
        switch octet {
        case 0, 0x0A, 0x0D, 0x20: rest = rest.dropFirst()
        case 0x31...0x39: state = .counting(0)
        default: state = .line
        }
    }

    /// The digits are kept: without a blank behind them they are a message's beginning.
    private mutating func countOn<Rest: Collection<UInt8>>(_ count: Int, _ octet: UInt8, _ rest: inout Rest)
    where Rest.SubSequence == Rest {
        switch octet {
        case 0x30...0x39 where message.count < Self.maximumDigits:
            rest = rest.dropFirst()
            message.append(octet)
            state = .counting(count * 10 + Int(octet - 0x30))
        case 0x20:
            guard count <= Self.maximumCount else {
                failure = SyslogFramingError(announced: count)
                message.removeAll()
                return
            }
            rest = rest.dropFirst()
            message.removeAll(keepingCapacity: true)
            state = .counted(count)
        default: state = .line
        }
    }

    private mutating func keep(_ octets: some Collection<UInt8>) {
        let room = SyslogMessage.maximumLength - message.count
        message.append(contentsOf: octets.prefix(room))
        if octets.count > room { isCut = true }
    }

    private mutating func take() -> SyslogFrame {
        defer {
            message.removeAll(keepingCapacity: true)
            isCut = false
            state = .start
        }
        return SyslogFrame(octets: message, isTruncated: isCut)
    }
}
