import NIOCore

/// What one client of a gateway is owed: answers in the order of its requests, however they become known.
///
/// Sans-IO. Beyond `capacity` requests none is taken until answers have left: the rest waits in the client's own buffers.
struct GatewayQueue: Sendable {
    /// Requests of a client that may be owed an answer at once.
    static let capacity = 64

    private struct Slot {
        let number: UInt64
        let transaction: UInt16
        let unit: UInt8
        var pdu: ByteBuffer?
    }

    private var assembler = TCPFrameAssembler()
    private var slots: [Slot] = []
    private var lastNumber: UInt64 = 0

    mutating func append(_ bytes: ByteBuffer) { assembler.append(bytes) }

    var isFull: Bool { slots.count >= Self.capacity }

    /// The next request that is whole, under the number by which it is to be answered. Throws when what arrives is no Modbus.
    mutating func next() throws(ModbusDecodingError) -> (number: UInt64, frame: TCPFrame)? {
        guard !isFull, let frame = try assembler.next() else { return nil }
        lastNumber += 1
        slots.append(Slot(number: lastNumber, transaction: frame.transaction, unit: frame.unit))
        return (lastNumber, frame)
    }

    mutating func answer(_ number: UInt64, with response: ModbusResponse) {
        guard let index = slots.firstIndex(where: { $0.number == number }) else { return }
        slots[index].pdu = response.encoded
    }

    /// Takes out the answers that can leave now.
    mutating func takeAnswers() -> [TCPFrame] {
        var frames: [TCPFrame] = []
        for slot in slots {
            guard let pdu = slot.pdu else { break }
            frames.append(TCPFrame(transaction: slot.transaction, unit: slot.unit, pdu: pdu))
        }
        slots.removeFirst(frames.count)
        return frames
    }
}

extension ModbusError {
    /// What a gateway's client is told (MODBUS Application Protocol V1.1b3 §7).
    package var gatewayException: ModbusException {
        switch self {
        case .exception(let exception): exception
        case .noResponse, .malformedResponse: .gatewayTargetFailedToRespond
        case .linkFailed, .cancelled: .gatewayPathUnavailable
        case .countOutOfRange: .illegalDataValue
        }
    }
}
