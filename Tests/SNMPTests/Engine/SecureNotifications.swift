import NIOCore

@testable import SNMP

/// A card that sends v3 notifications, and what a receiver has to know to take them.
struct NotifyingCard {
    static let start = TrapReceiverTests.start
    static let receiver = EngineIdentity(
        .mac(enterprise: 4555, [0, 0xE0, 0xD8, 9, 9, 9]), clock: EngineClock(boots: 7, startedAt: start - .hours(1)))
    static let strong = Result { () throws(USMUserError) in
        try USMUser(name: "strong", authentication: (.sha256, "authpassword"), privacy: (.aes128, "privpassword"))
    }
    static let signing = Result { () throws(USMUserError) in try USMUser(name: "signing", authentication: (.sha1, "authpassword")) }
    static let plain = Result { () throws(USMUserError) in try USMUser(name: "plain") }

    static func users() throws -> [USMUser] { [try strong.get(), try signing.get(), try plain.get()] }

    let id: EngineID
    var boots: Int32 = 3
    /// snmpEngineTime at `start`.
    var time: Int32 = 1000
    private let contexts = AESContexts()

    init(_ number: Int = 1) {
        let octets = [16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
        id = .mac(enterprise: 4555, [0, 0xE0, 0xD8] + octets)
    }

    /// - Parameters:
    ///   - level: The user's, if not said otherwise.
    ///   - later: How much the engine's time is beyond `time`, in seconds.
    func message(
        _ user: USMUser, _ kind: PDU.Kind = .trapV2, level: SecurityLevel? = nil, id requestID: Int32 = 1, later: Int32 = 0,
        isReportable: Bool = false, notification: SNMPNotification = TrapReceiverTests.notification
    ) -> [UInt8] {
        var writer = BERWriter()
        ScopedPDU(contextEngineID: id, pdu: notification.pdu(kind, requestID: requestID)).encode(into: &writer)
        let header = SecureHeader(
            messageID: requestID, level: level ?? user.level, isReportable: isReportable, engineID: id, boots: boots, time: time + later)
        LocalizedUser(user, engineID: id, contexts: contexts).seal(header, salt: UInt64(requestID), into: &writer)
        return Array(writer.written)
    }

    func received(_ user: USMUser, from peer: PeerAddress = TrapReceiverTests.peer) -> TrapReceiver.ReceivedAction {
        .deliver(
            ReceivedNotification(
                peer: peer, version: .v3, principal: .user(user.name, user.level, engine: id),
                notification: TrapReceiverTests.notification, isInform: false), reply: nil)
    }
}

extension TrapReceiver {
    static func forTests(
        communities: Set<Community>? = nil, users: [USMUser] = [], limits: Limits = Limits()
    ) -> TrapReceiver {
        TrapReceiver(
            communities: communities, users: users, engine: NotifyingCard.receiver, limits: limits, saltStart: 1,
            now: TrapReceiverTests.start)
    }
}
