import NIOCore

@testable import SNMP

/// Our engine, and a manager that has the users' passwords.
final class EngineLaboratory {
    var engine: LocalEngine
    let contexts = AESContexts()
    /// What the manager puts into its messages.
    var boots: Int32 = 3
    var time: Int32 = 100
    var now = LocalEngineTests.start + .seconds(100)

    init(boots: Int32 = 3, users: [LocalEngine.User]? = nil, handledKinds: Set<PDU.Kind> = [.get, .getNext, .getBulk, .set]) throws {
        let configuration = LocalEngine.Configuration(
            engineID: LocalEngineTests.engineID, users: try users ?? LocalEngineTests.users(), handledKinds: handledKinds)
        let clock = EngineClock(boots: boots, startedAt: LocalEngineTests.start)
        engine = LocalEngine(configuration, clock: clock, saltStart: 5)
    }

    func message(
        _ user: USMUser, _ level: SecurityLevel, _ pdu: PDU, isReportable: Bool = true, engineID: EngineID? = LocalEngineTests.engineID,
        context: (EngineID?, String) = (LocalEngineTests.engineID, "")
    ) -> [UInt8] {
        var writer = BERWriter()
        ScopedPDU(contextEngineID: context.0, contextName: context.1, pdu: pdu).encode(into: &writer)
        let header = SecureHeader(
            messageID: 4711, level: level, isReportable: isReportable, engineID: engineID, boots: boots, time: time)
        if let engineID {
            LocalizedUser(user, engineID: engineID, contexts: contexts).seal(header, salt: 99, into: &writer)
        } else {
            header.encodeUnsecured(userName: user.nameOctets, into: &writer)
        }
        return Array(writer.written)
    }

    func receive(_ octets: [UInt8]) -> LocalEngine.ReceivedAction {
        engine.received(ByteBuffer(bytes: octets), now: now)
    }
}
