import NIOCore

/// The client's side of a serial line. Frames carry no transaction there, so order and silence must tell answers apart.
struct RTUClient: Sendable {
    private var assembler: RTUFrameAssembler
    private var pending: PendingRequest?
    private var lastActivityAt: NIODeadline?
    /// The answer to a request given up may arrive until then, and must not be taken for the next one's.
    private var lateAnswerUntil: NIODeadline?

    init(timing: RTUTiming) {
        assembler = RTUFrameAssembler(listener: .client, timing: timing)
    }

    /// The request leaves t3.5 after the last byte heard, and after an answer that is still owed.
    mutating func begin(_ request: ModbusRequest, unit: UInt8, now: NIODeadline) -> ClientSession.Departure {
        pending = PendingRequest(unit: unit, request: request)
        assembler.reset()
        let quiet = lastActivityAt.map { $0 + assembler.timing.silence } ?? now
        let departure = max(now, quiet, lateAnswerUntil ?? now)
        return ClientSession.Departure(bytes: RTUFrame(unit: unit, pdu: request.encoded).encoded, at: departure)
    }

    mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) -> ClientSession.ReceivedAction {
        lastActivityAt = now
        let frames = assembler.received(bytes, at: now)
        if let due = lateAnswerUntil, now < due {
            // Heard before the next request could leave: whatever it is, it is not that one's answer.
            return .wait(silenceDue: nil)
        }
        return action(for: frames)
    }

    mutating func silenceReached() -> ClientSession.ReceivedAction {
        action(for: assembler.silenceReached())
    }

    mutating func abandon(answerDue: NIODeadline) {
        pending = nil
        lateAnswerUntil = answerDue
    }

    /// A frame that answers something else is an old one, or another client's: it is dropped.
    private mutating func action(for frames: [RTUFrame]) -> ClientSession.ReceivedAction {
        guard let pending else { return .wait(silenceDue: assembler.silenceDue) }
        for frame in frames {
            switch pending.match(unit: frame.unit, pdu: frame.pdu) {
            case .answer(let response):
                self.pending = nil
                return .complete(response)
            case .malformed, .wrongUnit, .wrongFunction:
                continue
            }
        }
        return .wait(silenceDue: assembler.silenceDue)
    }
}
