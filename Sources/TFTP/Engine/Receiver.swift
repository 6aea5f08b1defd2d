package import NIOCore

/// The receiving side of a transfer: a client that reads, or a server that is written to (RFC 1350; windows: RFC 7440).
///
/// Takes blocks in order only. In a window, a gap is answered at once with the last block in order, so that the sender rolls back. The last
/// block is not acknowledged before somebody has decided on the file: a bad one is refused to its sender.
///
/// ```
///  requested ──first block──▶ receiving ──last block──▶ deciding ──accepted──▶ lingering ──▶ ended
///                                 │                        └──refused──▶ ended
///                                 └──error, limit, patience──▶ ended
/// ```
package struct Receiver: Sendable {
    package enum Action: Equatable, Sendable {
        case none
        case send(TFTPPacket)
        /// Append the packet's data, and send this where there is something to send.
        case append(reply: TFTPPacket?)
        /// Append the packet's data; the file is complete. Decide, then call `decided`.
        case complete
        /// The packet is from another transfer: answer it with ERROR 5 and carry on.
        case reject
        /// Lingering is over.
        case finished
        /// Tell the peer, and end.
        case abort(TFTPErrorCode, TFTPError)
        case fail(TFTPError)
    }

    private enum State: Sendable {
        /// A client waits for the answer to its request.
        case requested
        /// A server has answered (with ACK 0 or an OACK), and waits for block 1.
        case answered([TFTPOption])
        case receiving
        case deciding
        /// The last acknowledgement is out, and is repeated for a sender that missed it (RFC 1350 §6).
        case lingering(until: NIODeadline)
        case ended
    }

    package private(set) var parameters: TransferParameters
    /// Bytes taken so far.
    package private(set) var receivedBytes = 0
    private let limit: Int
    private let wishes: TransferOptions
    private let timing: TransferTiming
    private let stall: Double?
    private var request: TFTPRequest?
    private let isServer: Bool
    private var state: State
    private var peerPort: Int?
    private var refusedPort: Int?
    private var timer: RetransmissionTimer
    /// The last block in order.
    private var last = 0
    private var sinceAcknowledgement = 0
    /// The furthest block seen beyond a gap that has been told.
    private var toldGap: Int?

    /// A client that reads a file of at most `limit` bytes. The first thing to send is `opening`.
    package init(reading filename: String, limit: Int, options: TransferOptions, timing: TransferTiming, now: NIODeadline) {
        self.limit = limit
        self.timing = timing
        wishes = options
        stall = nil
        isServer = false
        request = TFTPRequest(.read, filename: filename, options: options.requested(size: 0))
        parameters = TransferParameters()
        state = .requested
        timer = RetransmissionTimer(timing, isAdaptive: false, now: now)
    }

    /// A server that is written to by the peer at `port`. The first thing to send is `opening`.
    ///
    /// `stall` (0 … 1) makes it fall silent at that part of the file, or before the last acknowledgement where the size is not known: a
    /// fault for rehearsals.
    package init(
        answering port: Int, parameters: TransferParameters, acknowledged: [TFTPOption], limit: Int, stall: Double? = nil,
        timing: TransferTiming, now: NIODeadline
    ) {
        self.limit = limit
        self.timing = timing
        isServer = true
        self.stall = stall
        wishes = .none
        self.parameters = parameters
        peerPort = port
        state = .answered(acknowledged)
        timer = RetransmissionTimer(timing, isAdaptive: false, now: now)
        timer.agreed(timeout: parameters.timeout)
    }

    /// When `deadlineReached` wants to be called.
    package var deadline: NIODeadline {
        switch state {
        case .lingering(let until): until
        case .deciding, .ended: .distantFuture
        case .requested, .answered, .receiving: timer.deadline
        }
    }

    /// What is to be sent, or sent again, at this point.
    package var opening: Action {
        switch state {
        case .requested: request.map { .send(.request($0)) } ?? .none
        case .answered(let options): .send(options.isEmpty ? acknowledgement : .optionAcknowledgement(options))
        case .receiving, .lingering: .send(acknowledgement)
        case .deciding, .ended: .none
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
        case .data(let block, let data): return received(block, length: data.readableBytes, from: port, now: now)
        case .optionAcknowledgement(let options): return optionsAcknowledged(options, from: port, now: now)
        case .error(let code, let message): return refused(code, message, from: port, now: now)
        case .request: return .none
        case .acknowledgement: return end(.abort(.illegalOperation, .protocolViolation))
        }
    }

    /// Somebody has decided on the complete file: the last acknowledgement, or the refusal, is sent now.
    package mutating func decided(_ refusal: TFTPErrorReply?, now: NIODeadline) -> Action {
        guard case .deciding = state else { return .none }
        if let refusal {
            return end(.abort(refusal.code, .aborted(code: refusal.code, message: refusal.message)))
        }
        state = .lingering(until: now + timing.timeout * 3)
        return .send(acknowledgement)
    }

    /// Time has come to repeat, or to give up.
    package mutating func deadlineReached(now: NIODeadline) -> Action {
        guard now >= deadline else { return .none }
        switch state {
        case .lingering:
            return end(.finished)
        case .deciding, .ended:
            return .none
        case .requested, .answered, .receiving:
            guard timer.expired(now: now) else { return end(givingUp) }
            return isStalled ? .none : opening
        }
    }

    /// A server that hears nothing more has nobody to tell. An ERROR would only make a broken transfer look like a refused file to a sender
    /// that was cut off for a while.
    private var givingUp: Action {
        let timeout = TFTPError.timeout(repetitions: timer.repetitions)
        return isServer && timer.repetitions > 0 ? .fail(timeout) : .abort(.undefined, timeout)
    }

    private var acknowledgement: TFTPPacket { .acknowledgement(block: UInt16(truncatingIfNeeded: last)) }

    private var isStalled: Bool {
        guard let stall, let size = parameters.size else { return false }
        return Double(receivedBytes) >= Double(size) * stall
    }

    private mutating func received(_ block: UInt16, length: Int, from port: Int, now: NIODeadline) -> Action {
        switch state {
        case .requested:
            // A server that knows no options answers a read request with the first block (RFC 1350 §4).
            guard block == 1 else { return .none }
            peerPort = port
            state = .receiving
        case .answered:
            state = .receiving
        case .receiving:
            break
        case .lingering:
            return block == UInt16(truncatingIfNeeded: last) ? .send(acknowledgement) : .none
        case .deciding, .ended:
            return .none
        }
        guard !isStalled else { return .none }
        let ahead = Int(block &- UInt16(truncatingIfNeeded: last))
        if ahead == 1 { return take(length, now: now) }
        return (2...max(2, parameters.windowSize)).contains(ahead) ? gap(upTo: last + ahead, now: now) : stale(ahead, now: now)
    }

    private mutating func take(_ length: Int, now: NIODeadline) -> Action {
        guard length <= parameters.blockSize else { return end(.abort(.illegalOperation, .protocolViolation)) }
        guard length <= limit - receivedBytes else { return end(.abort(.diskFull, .tooLarge(limit: limit))) }
        last += 1
        receivedBytes += length
        toldGap = nil
        timer.progressed(now: now)
        if length < parameters.blockSize {
            // Only a stall can leave the file undecided: then silence lasts until patience ends.
            guard stall == nil else { return .none }
            state = .deciding
            return .complete
        }
        guard !isStalled else { return .append(reply: nil) }
        sinceAcknowledgement += 1
        return .append(reply: sinceAcknowledgement >= parameters.windowSize ? acknowledge() : nil)
    }

    private mutating func acknowledge() -> TFTPPacket {
        sinceAcknowledgement = 0
        return acknowledgement
    }

    /// Blocks are missing. Told once for each window that runs past the gap: a window that starts again shows by its numbers going back.
    private mutating func gap(upTo block: Int, now: NIODeadline) -> Action {
        guard parameters.windowSize > 1 else { return .none }
        if let told = toldGap, block > told {
            toldGap = block
            return .none
        }
        toldGap = block
        return .send(acknowledge())
    }

    /// The block has been taken before. In lock-step its acknowledgement was lost; in a window that is so only when it is repeated after a while,
    /// for what comes at once is a copy made by the network, and answering it would double every window from then on.
    private mutating func stale(_ ahead: Int, now: NIODeadline) -> Action {
        guard ahead == 0, last > 0 else { return .none }
        guard parameters.windowSize == 1 || now >= timer.endOfCopies else { return .none }
        return .send(acknowledge())
    }

    private mutating func optionsAcknowledged(_ options: [TFTPOption], from port: Int, now: NIODeadline) -> Action {
        guard case .requested = state else { return .none }
        guard let agreed = wishes.agreed(acknowledged: options) else {
            return end(.abort(.optionRefused, .optionsUnacceptable))
        }
        guard agreed.size ?? 0 <= limit else { return end(.abort(.diskFull, .tooLarge(limit: limit))) }
        parameters = agreed
        peerPort = port
        state = .receiving
        timer.agreed(timeout: agreed.timeout)
        timer.progressed(now: now)
        return .send(acknowledgement)
    }

    private mutating func refused(_ code: TFTPErrorCode, _ message: String, from port: Int, now: NIODeadline) -> Action {
        switch state {
        case .lingering, .ended:
            return end(.finished)
        case .requested:
            guard let plain = request?.retryWithoutOptions(after: code) else { break }
            request = plain
            refusedPort = port
            timer.progressed(now: now)
            return .send(.request(plain))
        case .answered, .receiving, .deciding:
            break
        }
        return end(.fail(.refused(code: code, message: message)))
    }

    private mutating func end(_ action: Action) -> Action {
        state = .ended
        return action
    }
}

/// Why a complete file is not accepted, in the words that its sender shall read.
package struct TFTPErrorReply: Error, Equatable, Sendable {
    package let code: TFTPErrorCode
    package let message: String

    package init(_ code: TFTPErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
