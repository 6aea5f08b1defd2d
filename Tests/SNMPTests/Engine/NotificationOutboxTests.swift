import NIOCore
import Testing

@testable import SNMP

struct NotificationOutboxTests {
    private typealias Outbox = NotificationOutbox<LinearCongruence>
    private static let start = TrapReceiverTests.start
    private static let notification = TrapReceiverTests.notification
    private static let peer = PeerAddress(ipv4: 0x7F00_0001, port: 162)
    private let address: SocketAddress

    init() throws { address = try SocketAddress(ipAddress: "127.0.0.1", port: 162) }

    private func outbox(_ limits: Outbox.Limits = .init()) -> Outbox {
        Outbox(
            identity: EngineIdentity(NotifyingCard().id, clock: EngineClock(boots: 2, startedAt: Self.start - .minutes(1))),
            agentAddress: .init(10, 0, 0, 5), limits: limits, random: LinearCongruence(state: 1))
    }

    private func receiver(_ credentials: SNMPCredentials, isConfirmed: Bool = false, port: Int = 162) throws -> NotificationReceiver {
        NotificationReceiver(
            try SocketAddress(ipAddress: "127.0.0.1", port: port), credentials: credentials, isConfirmed: isConfirmed,
            timeout: .seconds(1), retries: 2)
    }

    private static func trap(_ number: UInt32) -> SNMPNotification {
        SNMPNotification(("1.3.6.1.4.1.4555.1.1.7.2.0" as OID).appending(number))
    }

    private static func pdu(_ datagrams: [Outbox.Datagram]) throws -> PDU {
        guard case .pdu(let pdu) = try CommunityMessage(decoding: try #require(datagrams.first).octets).content else { throw NoPDU() }
        return pdu
    }

    private struct NoPDU: Error {}

    private static func response(_ pdu: PDU, _ status: ErrorStatus = .noError, _ version: SNMPVersion = .v2c) -> [UInt8] {
        var response = pdu
        response.kind = .response
        response.errorStatus = status
        return Array(CommunityMessage(version, "public", response).encoded().readableBytesView)
    }

    @Test func sendsTrapsOfEachVersion() throws {
        var outbox = outbox()
        let first = outbox.submitted(Self.notification, to: try receiver(.v1("public")), now: Self.start)
        let trap = try #require(Self.notification.trapV1(from: .init(10, 0, 0, 5)))
        #expect(first.map(\.peer) == [Self.peer])
        #expect(try CommunityMessage(decoding: first[0].octets) == CommunityMessage(.v1, "public", .trapV1(trap)))
        let second = outbox.submitted(Self.notification, to: try receiver(.v2c("public")), now: Self.start)
        #expect(SNMPNotification(try Self.pdu(second)) == Self.notification)
        let user = try NotifyingCard.strong.get()
        let third = outbox.submitted(Self.notification, to: try receiver(.v3(user)), now: Self.start)
        var taker = TrapReceiver.forTests(users: [user])
        #expect(taker.received(Array(third[0].octets.readableBytesView)) == NotifyingCard().received(user))
        let message = try SecureMessage(decoding: third[0].octets)
        #expect(message.boots == 2)
        #expect(message.time == 60)
        #expect(!message.isReportable)
        #expect(outbox.statistics.sent == 3)
        #expect(outbox.nextDeadline == nil)
    }

    @Test func version1HasNoInforms() throws {
        var outbox = outbox()
        let datagrams = outbox.submitted(Self.notification, to: try receiver(.v1("public"), isConfirmed: true), now: Self.start)
        guard case .trapV1 = try CommunityMessage(decoding: datagrams[0].octets).content else { return #expect(Bool(false)) }
        #expect(outbox.nextDeadline == nil)
    }

    @Test func countsWhatVersion1HasNoFormFor() throws {
        var outbox = outbox()
        let counter = SNMPNotification(Self.notification.trapOID, bindings: [VariableBinding("1.3", .counter64(1))])
        #expect(outbox.submitted(counter, to: try receiver(.v1("public")), now: Self.start) == [])
        #expect(outbox.statistics.losses == [.notInVersion1: 1])
        #expect(outbox.statistics.sent == 0)
    }

    @Test func countsWhatFitsInNoDatagram() throws {
        var outbox = outbox()
        let long = SNMPNotification(
            Self.notification.trapOID, bindings: [VariableBinding("1.3", .octetString([UInt8](repeating: 0, count: 65_500)))])
        for isConfirmed in [false, true] {
            #expect(outbox.submitted(long, to: try receiver(.v2c("public"), isConfirmed: isConfirmed), now: Self.start) == [])
        }
        #expect(outbox.statistics.losses == [.tooLong: 2])
        #expect(outbox.nextDeadline == nil)
    }

    @Test func repeatsAnInformWithTheSameIdUntilItIsAcknowledged() throws {
        var outbox = outbox()
        let target = try receiver(.v2c("public"), isConfirmed: true)
        let inform = try Self.pdu(outbox.submitted(Self.notification, to: target, now: Self.start))
        #expect(inform.kind == .inform)
        #expect(outbox.nextDeadline == Self.start + .seconds(1))
        #expect(outbox.deadlineReached(now: Self.start + .milliseconds(999)) == [])
        #expect(try Self.pdu(outbox.deadlineReached(now: Self.start + .seconds(1))) == inform)
        #expect(outbox.received(Self.response(inform), from: Self.peer) == [])
        #expect(outbox.nextDeadline == nil)
        #expect(outbox.statistics.acknowledged == 1)
        #expect(outbox.statistics.retransmissions == 1)
        // Twice is once.
        #expect(outbox.received(Self.response(inform), from: Self.peer) == [])
        #expect(outbox.statistics.acknowledged == 1)
    }

    @Test func waitsLongerAfterEachAttemptAndGivesUp() throws {
        var outbox = outbox()
        _ = outbox.submitted(Self.notification, to: try receiver(.v2c("public"), isConfirmed: true), now: Self.start)
        var waits: [Double] = []
        var now = Self.start
        while let deadline = outbox.nextDeadline {
            waits.append(Double((deadline - now).nanoseconds) / 1e9)
            now = deadline
            _ = outbox.deadlineReached(now: now)
        }
        #expect(waits.count == 3)
        #expect(waits[0] == 1)
        #expect(1.8...2.2 ~= waits[1])
        #expect(2.7...3.3 ~= waits[2])
        #expect(outbox.statistics.losses == [.unanswered: 1])
        #expect(outbox.statistics.sent == 1)
        #expect(outbox.statistics.retransmissions == 2)
    }

    @Test func oneInformAtATimeSoThatTheyArriveInOrder() throws {
        var outbox = outbox()
        let target = try receiver(.v2c("public"), isConfirmed: true)
        let first = try Self.pdu(outbox.submitted(Self.trap(1), to: target, now: Self.start))
        #expect(outbox.submitted(Self.trap(2), to: target, now: Self.start) == [])
        let second = try Self.pdu(outbox.received(Self.response(first), from: Self.peer))
        #expect(SNMPNotification(second)?.specificTrap == 2)
        #expect(second.requestID != first.requestID)
        // Late, for the first.
        #expect(outbox.received(Self.response(first), from: Self.peer) == [])
        #expect(outbox.statistics.acknowledged == 1)
    }

    @Test func aReceiverWithoutAnAnswerHoldsUpNobodyElse() throws {
        var outbox = outbox()
        let dead = try receiver(.v2c("public"), isConfirmed: true)
        let alive = try receiver(.v2c("public"), isConfirmed: true, port: 163)
        _ = outbox.submitted(Self.trap(1), to: dead, now: Self.start)
        _ = outbox.submitted(Self.trap(2), to: dead, now: Self.start)
        let inform = try Self.pdu(outbox.submitted(Self.trap(1), to: alive, now: Self.start))
        let peer = PeerAddress(ipv4: 0x7F00_0001, port: 163)
        #expect(outbox.received(Self.response(inform), from: Self.peer) == [])
        #expect(outbox.statistics.acknowledged == 0)
        _ = outbox.received(Self.response(inform), from: peer)
        #expect(outbox.statistics(of: alive)?.acknowledged == 1)
        #expect(outbox.statistics(of: dead)?.acknowledged == 0)
    }

    @Test func ignoresWhatIsNoAcknowledgement() throws {
        var outbox = outbox()
        let inform = try Self.pdu(outbox.submitted(Self.notification, to: try receiver(.v2c("public"), isConfirmed: true), now: Self.start))
        var other = inform
        other.requestID &+= 1
        _ = outbox.received(Self.response(other), from: Self.peer)
        _ = outbox.received(Self.response(inform, .noError, .v1), from: Self.peer)
        _ = outbox.received(Self.response(inform), from: PeerAddress(ipv4: 0x7F00_0002, port: 162))
        _ = outbox.received(Array(CommunityMessage(.v2c, "public", inform).encoded().readableBytesView), from: Self.peer)
        _ = outbox.received([], from: Self.peer)
        #expect(outbox.statistics.acknowledged == 0)
        #expect(outbox.nextDeadline != nil)
    }

    @Test func anErrorIsNoAcknowledgement() throws {
        var outbox = outbox()
        let inform = try Self.pdu(outbox.submitted(Self.notification, to: try receiver(.v2c("public"), isConfirmed: true), now: Self.start))
        _ = outbox.received(Self.response(inform, .authorizationError), from: Self.peer)
        #expect(outbox.statistics.losses == [.refused: 1])
        #expect(outbox.nextDeadline == nil)
    }

    @Test func nothingIsLostUnseen() throws {
        var outbox = outbox(.init(queue: 5, receivers: 2))
        let target = try receiver(.v2c("public"), isConfirmed: true)
        for number in 0..<20 as Range<UInt32> { _ = outbox.submitted(Self.trap(number), to: target, now: Self.start) }
        #expect(outbox.statistics.losses == [.queueFull: 14])
        _ = outbox.submitted(Self.trap(1), to: try receiver(.v2c("public"), isConfirmed: true, port: 2), now: Self.start)
        _ = outbox.submitted(Self.trap(1), to: try receiver(.v2c("public"), port: 3), now: Self.start)
        #expect(outbox.statistics.losses == [.queueFull: 14, .tooManyReceivers: 1])
        let unix = NotificationReceiver(try SocketAddress(unixDomainSocketPath: "/x"), credentials: .v2c("public"))
        _ = outbox.submitted(Self.trap(1), to: unix, now: Self.start)
        outbox.closed()
        #expect(outbox.statistics.losses == [.queueFull: 14, .tooManyReceivers: 1, .unreachable: 1, .closed: 7])
        #expect(outbox.statistics.submitted == 23)
        #expect(outbox.nextDeadline == nil)
    }

    @Test func idleReceiversMakeRoomAndTheirCountersStay() throws {
        var outbox = outbox(.init(receivers: 2))
        for port in 1...10 {
            #expect(outbox.submitted(Self.trap(1), to: try receiver(.v2c("public"), port: port), now: Self.start).count == 1)
        }
        #expect(outbox.statistics.sent == 10)
    }

    @Test func aTrapThatCannotLeaveIsNotSent() throws {
        var outbox = outbox()
        let trap = outbox.submitted(Self.trap(1), to: try receiver(.v2c("public")), now: Self.start)
        outbox.unreachable(trap[0])
        #expect(outbox.statistics.sent == 0)
        #expect(outbox.statistics.losses == [.unreachable: 1])
        let inform = outbox.submitted(Self.trap(1), to: try receiver(.v2c("public"), isConfirmed: true), now: Self.start)
        outbox.unreachable(inform[0])
        // Tried again: the cable may be back by then.
        #expect(outbox.statistics.losses == [.unreachable: 1])
        #expect(outbox.nextDeadline == Self.start + .seconds(1))
    }

    @Test func equalTrapsFollowAfterTheInterval() throws {
        var outbox = outbox(.init(repeatInterval: .seconds(5)))
        let target = try receiver(.v2c("public"))
        let other = try receiver(.v2c("public"), port: 163)
        #expect(outbox.submitted(Self.trap(1), to: target, now: Self.start).count == 1)
        #expect(outbox.submitted(Self.trap(1), to: target, now: Self.start).isEmpty)
        #expect(outbox.submitted(Self.trap(1), to: target, now: Self.start).isEmpty)
        #expect(outbox.submitted(Self.trap(1), to: other, now: Self.start).count == 1)
        #expect(outbox.submitted(Self.trap(2), to: target, now: Self.start).count == 1)
        #expect(outbox.nextDeadline == Self.start + .seconds(5))
        #expect(outbox.deadlineReached(now: Self.start + .seconds(5)).count == 1)
        #expect(outbox.statistics.merged == 1)
        #expect(outbox.statistics.sent == 4)
        #expect(outbox.statistics.submitted == 5)
    }

    @Test func takesAnyOctetsFromAReceiver() throws {
        for credentials in [SNMPCredentials.v2c("public"), .v3(try NotifyingCard.strong.get())] {
            var outbox = outbox()
            _ = outbox.submitted(Self.notification, to: try receiver(credentials, isConfirmed: true), now: Self.start)
            var random = LinearCongruence(state: 5)
            for _ in 0..<5000 {
                let noise = (0..<random.next() % 120).map { _ in UInt8(truncatingIfNeeded: random.next() >> 32) }
                _ = outbox.received([0x30, UInt8(noise.count & 0x7F)] + noise, from: Self.peer)
            }
            #expect(outbox.statistics.acknowledged == 0)
        }
    }
}
