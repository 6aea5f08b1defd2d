import NIOCore

/// The client's side of a serial line. Frames carry no transaction there, so order and silence must tell answers apart.
struct RTUClient: Sendable {
    private var assembler: RTUFrameAssembler
    private var pending: PendingRequest?
    private var lastActivityAt: NIODeadline?
    /// When the request may leave; until then nothing that is heard can answer it.
    private(set) var departure = NIODeadline.uptimeNanoseconds(0)
    /// A line that never becomes quiet is no reason to wait longer.
    private var latestDeparture = NIODeadline.uptimeNanoseconds(0)
    /// The answer to a request given up may arrive until then, and must not be taken for the next one's.
    private var lateAnswerUntil: NIODeadline?

    init(timing: RTUTiming) {
        assembler = RTUFrameAssembler(listener: .client, timing: timing)
    }

    /// How long others' bytes may keep a request from leaving.
    private static let courtesy = TimeAmount.seconds(1)

    /// The request leaves t3.5 after the last byte heard, and after an answer that is still owed.
    mutating func begin(_ request: ModbusRequest, unit: UInt8, now: NIODeadline) -> ClientSession.Departure {
        pending = PendingRequest(unit: unit, request: request)
        assembler.reset()
        let quiet = lastActivityAt.map { $0 + assembler.timing.silence } ?? now
        departure = max(now, quiet, lateAnswerUntil ?? now)
        latestDeparture = departure + Self.courtesy
        let bytes = RTUFrame(unit: unit, pdu: request.encoded).encoded
        let answer = unit == RTUFrame.broadcastUnit ? 0 : request.answerSize + RTUFrame.overhead
        let transfer = assembler.timing.transferTime(of: bytes.readableBytes + answer)
        return ClientSession.Departure(bytes: bytes, at: departure, transfer: transfer)
    }

    mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) -> ClientSession.ReceivedAction {
        lastActivityAt = now
        let frames = assembler.received(bytes, at: now)
        if now < departure {
            // Heard before the request could leave: whatever it is, it is not its answer.
            departure = min(max(departure, now + assembler.timing.silence), latestDeparture)
            return .wait(silenceDue: nil)
        }
        return action(for: frames)
    }

    /// Once a silence: what it did not end, only more bytes can.
    mutating func silenceReached() -> ClientSession.ReceivedAction {
        let action = action(for: assembler.silenceReached())
        if case .wait = action { return .wait(silenceDue: nil) }
        return action
    }

    mutating func abandon(answerDue: NIODeadline) {
        pending = nil
        lateAnswerUntil = max(answerDue, lateAnswerUntil ?? answerDue)
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
