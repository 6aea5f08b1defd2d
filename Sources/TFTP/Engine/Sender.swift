package import NIOCore

/// The sending side of a transfer: a client that writes, or a server that is read from (RFC 1350; windows: RFC 7440).
///
/// Tells which blocks to send and never touches their bytes. Blocks are counted from 1 without wrap-around; only acknowledgements are 16 bits.
///
/// ```
///          1 … base          base+1 … highest           … lastBlock
///   | acknowledged         | the window, under way    | not sent yet |
/// ```
///
/// A duplicate acknowledgement never repeats a block in lock-step (the Sorcerer's Apprentice of RFC 1123 §4.2.3.1). In a window it tells of a
/// gap and repeats the window once more, unless it comes too early to answer that window.
package struct Sender: Sendable {
    package enum Action: Equatable, Sendable {
        case none
        case send(TFTPPacket)
        /// Send the DATA packets of these blocks.
        case sendBlocks(Range<Int>)
        /// The packet is from another transfer: answer it with ERROR 5 and carry on.
        case reject
        case finished
        /// Tell the peer, and end.
        case abort(TFTPErrorCode, TFTPError)
        case fail(TFTPError)
    }

    private enum State: Sendable {
        /// A client waits for the answer to its request.
        case requested
        /// A server waits for ACK 0 to its option acknowledgement.
        case acknowledgingOptions([TFTPOption])
        case sending
        case ended
    }

    package let size: Int
    /// What the transfer goes by; settled when the first blocks are sent.
    package private(set) var parameters: TransferParameters
    /// Blocks acknowledged so far.
    package private(set) var base = 0
    private var highest = 0
    private var lastBlock = 1
    private var windowRepetitions = 0
    private var state: State
    private var request: TFTPRequest?
    private let wishes: TransferOptions
    private var peerPort: Int?
    private var refusedPort: Int?
    private var timer: RetransmissionTimer

    /// Windows repeated for duplicate acknowledgements before only the timer may repeat them.
    private static let maximumWindowRepetitions = 3

    /// A client that writes a file of `size` bytes. The first thing to send is `opening`.
    package init(writing filename: String, size: Int, options: TransferOptions, timing: TransferTiming, now: NIODeadline) {
        self.size = size
        wishes = options
        request = TFTPRequest(.write, filename: filename, options: options.requested(size: size))
        parameters = TransferParameters()
        state = .requested
        timer = RetransmissionTimer(timing, isAdaptive: true, now: now)
    }

    /// A server that is read from by the peer at `port`. The first thing to do is what `opening` says.
    package init(
        answering port: Int, parameters: TransferParameters, acknowledged: [TFTPOption], size: Int, timing: TransferTiming, now: NIODeadline
    ) {
        self.size = size
        wishes = .none
        self.parameters = parameters
        peerPort = port
        state = acknowledged.isEmpty ? .sending : .acknowledgingOptions(acknowledged)
        timer = RetransmissionTimer(timing, isAdaptive: true, now: now)
        timer.agreed(timeout: parameters.timeout)
        lastBlock = size / parameters.blockSize + 1
        if acknowledged.isEmpty { highest = min(parameters.windowSize, lastBlock) }
    }

    /// When `deadlineReached` wants to be called.
    package var deadline: NIODeadline { timer.deadline }

    /// What is to be sent, or sent again, at this point.
    package var opening: Action {
        switch state {
        case .requested: request.map { .send(.request($0)) } ?? .none
        case .acknowledgingOptions(let options): .send(.optionAcknowledgement(options))
        case .sending: .sendBlocks(window)
        case .ended: .none
        }
    }

    /// A packet came from the peer's address and the given port (the peer's transfer identifier).
    package mutating func received(_ packet: TFTPPacket, from port: Int, now: NIODeadline) -> Action {
        if let peerPort {
            guard port == peerPort else { return .reject }
        } else if port == refusedPort {
            return .none
        }
        switch packet {
        case .acknowledgement(let block): return acknowledged(block, from: port, now: now)
        case .optionAcknowledgement(let options): return optionsAcknowledged(options, from: port, now: now)
        case .error(let code, let message): return refused(code, message, from: port, now: now)
        case .request: return .none
        case .data: return end(.abort(.illegalOperation, .protocolViolation))
        }
    }

    /// Time has come to repeat, or to give up.
    package mutating func deadlineReached(now: NIODeadline) -> Action {
        guard now >= timer.deadline else { return .none }
        if case .ended = state { return .none }
        guard timer.expired(now: now) else {
            return end(.abort(.undefined, .timeout(repetitions: timer.repetitions)))
        }
        return opening
    }

    private var window: Range<Int> {
        let end = min(base + parameters.windowSize, lastBlock)
        return base + 1..<max(base, end) + 1
    }

    private mutating func acknowledged(_ block: UInt16, from port: Int, now: NIODeadline) -> Action {
        switch state {
        case .requested:
            // A server that knows no options acknowledges the request itself with block 0 (RFC 1350 §4).
            guard block == 0 else { return .none }
            return begin(TransferParameters(), port: port, now: now)
        case .acknowledgingOptions:
            guard block == 0 else { return .none }
            return begin(parameters, port: port, now: now)
        case .sending:
            return advance(by: Int(block &- UInt16(truncatingIfNeeded: base)), now: now)
        case .ended:
            return .none
        }
    }

    private mutating func advance(by blocks: Int, now: NIODeadline) -> Action {
        guard blocks <= highest - base else { return .none }
        guard blocks > 0 else { return repeatWindow(now: now) }
        base += blocks
        windowRepetitions = 0
        timer.progressed(now: now)
        guard base < lastBlock else { return end(.finished) }
        return sendWindow()
    }

    private mutating func sendWindow() -> Action {
        let window = window
        highest = max(highest, window.upperBound - 1)
        return .sendBlocks(window)
    }

    private mutating func repeatWindow(now: NIODeadline) -> Action {
        guard parameters.windowSize > 1, windowRepetitions < Self.maximumWindowRepetitions,
            !timer.isTooEarlyForAnswer(now: now)
        else { return .none }
        windowRepetitions += 1
        timer.sent(now: now)
        return sendWindow()
    }

    private mutating func optionsAcknowledged(_ options: [TFTPOption], from port: Int, now: NIODeadline) -> Action {
        // A repeated OACK is answered by the timer's repetition of block 1, never here.
        guard case .requested = state else { return .none }
        guard let agreed = wishes.agreed(acknowledged: options) else {
            return end(.abort(.optionRefused, .optionsUnacceptable))
        }
        return begin(agreed, port: port, now: now)
    }

    private mutating func begin(_ agreed: TransferParameters, port: Int, now: NIODeadline) -> Action {
        parameters = agreed
        peerPort = port
        state = .sending
        lastBlock = size / agreed.blockSize + 1
        timer.agreed(timeout: agreed.timeout)
        timer.progressed(now: now)
        return sendWindow()
    }

    private mutating func refused(_ code: TFTPErrorCode, _ message: String, from port: Int, now: NIODeadline) -> Action {
        if case .requested = state, let plain = request?.retryWithoutOptions(after: code) {
            request = plain
            refusedPort = port
            timer.progressed(now: now)
            return .send(.request(plain))
        }
        return end(.fail(.refused(code: code, message: message)))
    }

    private mutating func end(_ action: Action) -> Action {
        state = .ended
        return action
    }
}

extension TFTPRequest {
    /// The same request without options, where the error code says that the server stumbled over them; nil where it had none.
    ///
    /// RFC 2347 names error 8; servers of before 1998 answer 4 to what they can't read.
    func retryWithoutOptions(after code: TFTPErrorCode) -> TFTPRequest? {
        guard !options.isEmpty, code == .optionRefused || code == .illegalOperation else { return nil }
        return TFTPRequest(direction, filename: filename, mode: mode)
    }
}
