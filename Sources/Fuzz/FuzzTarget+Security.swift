import NIOCore
import SNMP

extension FuzzTarget {
    static let security = [
        FuzzTarget(name: "SNMPv3 message") { input in
            guard let message = try? SecureMessage(decoding: input) else { return }
            let fields = [message.engineID, message.userName, message.authenticationParameters, message.privacyParameters]
            let isWithin = (fields + [message.scopedData]).allSatisfy { $0.upperBound <= message.length }
            require(isWithin && message.length <= input.readableBytes, "a field lies outside of its message")
            receive(input, message)
        },
        FuzzTarget(name: "SNMPv3 scoped PDU") { input in _ = try? ScopedPDU(decoding: input) },
    ]

    /// Lets the engine that the message is for take it, where its user needs no key, and answer what it accepts.
    private static func receive(_ input: ByteBuffer, _ message: SecureMessage) {
        let octets = Array(input.readableBytesView)
        guard let engineID = EngineID(octets: octets[message.engineID]),
            let user = try? USMUser(name: String(decoding: octets[message.userName], as: UTF8.self))
        else { return }
        let start = NIODeadline.uptimeNanoseconds(1)
        let configuration = LocalEngine.Configuration(engineID: engineID, users: [LocalEngine.User(user, .readOnly)])
        var engine = LocalEngine(configuration, clock: EngineClock(boots: 1, startedAt: start), saltStart: 0)
        switch engine.received(input, now: start) {
        case .accept(let request):
            require(request.level == .noAuthNoPriv, "a user without keys has signed")
            let answer = engine.seal(request.pdu, for: request, now: start)
            require((try? SecureMessage(decoding: answer))?.messageID == message.messageID, "an answer can't be decoded")
        case .answer(let report):
            require((try? SecureMessage(decoding: report)) != nil, "a report can't be decoded")
        case .drop: break
        }
    }
}
