import Modbus
import NIOCore
import SNMP
import TFTP

extension FuzzTarget {
    static let snmp = [
        FuzzTarget(name: "SNMP message") { input in
            guard let message = try? CommunityMessage(decoding: input) else { return }
            require((try? CommunityMessage(decoding: message.encoded())) == message, "what was decoded does not survive encoding")
        },
        FuzzTarget(name: "SNMP agent") { input in
            var session = AgentSession(access: AgentAccess(readCommunity: "", writeCommunity: "public"), saltStart: 1)
            var workspace = AgentWorkspace()
            guard session.received(input, at: .uptimeNanoseconds(1), in: &workspace, tree: { _ in tree }) == .respond else { return }
            require((try? CommunityMessage(decoding: ByteBuffer(bytes: workspace.response))) != nil, "a response that can't be decoded")
        },
    ]

    private static let tree: ObjectTree = {
        let write = WriteHandler(validate: { _ in nil }, commit: { _ in true })
        let objects = (1...50).map { ManagedObject(OID("1.3.6.1.4.1.4555.1").appending($0, 0), .integer(Int32($0)), write: write) }
        return ObjectTree(objects)
    }()

    /// Does what the arbitration wants next, with an answer or a failure.
    private static func fuzzStep(
        _ engine: inout Arbitration, _ now: NIODeadline, _ detail: UInt8, _ waiting: inout Set<UInt64>
    ) {
        var completions: [Arbitration.Completion] = []
        switch engine.next(now: now) {
        case .connect:
            if detail & 1 == 0 { engine.connected(now: now) } else { completions = engine.connectFailed(.noDescriptors, now: now) }
        case .hangUp: engine.closed()
        case .rest: break
        case .exchange(let request):
            let failures: [ModbusError] = [.noResponse(attempts: 1), .linkFailed(.lost)]
            if detail & 3 == 3 {
                completions = engine.unsent(now: now)
            } else if detail & 3 == 0 {
                completions = engine.exchanged(.failure(failures[Int(detail >> 2) & 1]), now: now)
            } else {
                completions = engine.exchanged(.success(responder.response(to: request.request.encoded, unit: 1)), now: now)
            }
        }
        for completion in completions { require(waiting.remove(completion.ticket) != nil, "an answer to nobody") }
    }

    static let modbus = [
        FuzzTarget(name: "Modbus RTU") { input in
            for listener in [RTUFrameAssembler.Listener.server, .client] {
                var assembler = RTUFrameAssembler(listener: listener, timing: RTUTiming(.baud9600))
                var rest = input
                var now = NIODeadline.uptimeNanoseconds(1)
                while let part = rest.readSlice(length: min(rest.readableBytes, 7)), part.readableBytes > 0 {
                    for frame in assembler.received(part, at: now) { _ = responder.answer(to: frame) }
                    now = now + .milliseconds(3)
                }
                _ = assembler.silenceReached()
            }
        },
        FuzzTarget(name: "Modbus at a wrong rate") { input in
            var rest = input
            guard let rates = rest.readMultipleIntegers(as: (UInt16, UInt16).self) else { return }
            var receiver = MistunedReceiver(sentAt: Int(rates.0), heardAt: Int(rates.1))
            var heard = receiver.hear(rest.readSlice(length: min(rest.readableBytes, 64)) ?? ByteBuffer())
            heard.writeImmutableBuffer(receiver.hearPause())
            var assembler = RTUFrameAssembler(listener: .client, timing: RTUTiming(.baud9600))
            let frames = assembler.received(heard, at: .uptimeNanoseconds(1)) + assembler.silenceReached()
            require(frames.isEmpty, "garbage with a right checksum")
        },
        FuzzTarget(name: "Modbus TCP") { input in
            var assembler = TCPFrameAssembler()
            assembler.append(input)
            while let frame = try? assembler.next() { _ = responder.answer(to: frame) }
        },
        FuzzTarget(name: "Modbus arbitration") { input in
            var engine = Arbitration(.init(depth: 3))
            var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
            var ticket: UInt64 = 0
            var waiting: Set<UInt64> = []
            var rest = input
            while let (order, detail) = rest.readMultipleIntegers(as: (UInt8, UInt8).self) {
                now = now + .milliseconds(Int64(detail) * 4)
                let client = ArbiterClient(UInt64(detail & 3))
                switch order & 7 {
                case 0, 1, 2:
                    var pdu = rest.readSlice(length: min(5, rest.readableBytes)) ?? ByteBuffer()
                    pdu = pdu.readableBytes == 5 ? pdu : ByteBuffer(bytes: [3, 0, detail, 0, 1])
                    guard let request = try? ModbusRequest(decoding: pdu) else { continue }
                    ticket += 1
                    let admission = engine.submit(
                        ticket, PendingRequest(unit: 1, request: request), of: client, maxAge: .milliseconds(Int64(order)), now: now)
                    if admission == .waiting { waiting.insert(ticket) }
                case 3: for gone in engine.leave(client) { require(waiting.remove(gone) != nil, "nobody waited for it") }
                default: fuzzStep(&engine, now, detail, &waiting)
                }
                require(engine.queued == waiting.count, "somebody is forgotten")
            }
            for completion in engine.end(.closed) { waiting.remove(completion.ticket) }
            require(waiting.isEmpty, "somebody hears nothing")
        },
        FuzzTarget(name: "Modbus PDU") { input in
            _ = try? ModbusRequest(decoding: input)
            _ = try? ModbusResponse(decoding: input)
            _ = responder.response(to: input, unit: 1)
        },
    ]

    private static let responder = Modbus.Responder(bank: Registers(), allowsWrites: true)

    private struct Registers: RegisterBank {
        func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] { Array(repeating: address, count: count) }
        func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {}
    }

    static let tftp = [
        FuzzTarget(name: "TFTP packet") { input in _ = try? TFTPPacket(decoding: input) }
    ]
}
