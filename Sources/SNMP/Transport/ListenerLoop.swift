import CDatagram
import NIOCore

/// A listener's thread: receives a batch, judges it, hands on what is in it, sends the replies; sleeps when nothing has come.
final class ListenerLoop {
    private let port: DatagramPort
    private let mailbox: NotificationMailbox
    private let control: ListenerControl
    private var receiver: TrapReceiver
    private var edition = 0
    private var users: [USMUser]
    private var conflicts: UInt64 = 0
    private var batch: [ReceivedNotification] = []
    /// The system's counter of datagrams dropped.
    private var overflow: UInt32 = 0

    init(port: DatagramPort, mailbox: NotificationMailbox, control: ListenerControl, configuration: TrapListener.Configuration) {
        self.port = port
        self.mailbox = mailbox
        self.control = control
        users = configuration.admission.users
        var random = SystemRandomNumberGenerator()
        let now = NIODeadline.now()
        let rate = Double(configuration.unknownEngineRate)
        receiver = TrapReceiver(
            communities: configuration.admission.communities, users: configuration.admission.users,
            engine: configuration.engine ?? .ephemeral(startedAt: now, using: &random),
            limits: .init(engines: configuration.maximumEngines, unknownEngineRate: rate, unknownEngineBurst: 10 * rate),
            saltStart: random.next(), now: now)
    }

    /// Returns when the control says so.
    func run() {
        while !control.isStopped {
            if let admission = control.admission(since: &edition) { admit(admission) }
            guard receiveBatch() == 0 else { continue }
            wait_readable(port.descriptor, control.wakeup, -1)
        }
    }

    private func admit(_ admission: TrapListener.Admission) {
        receiver.communities = admission.communities
        guard admission.users != users else { return }
        receiver.replaceUsers(admission.users)
        users = admission.users
    }

    private func receiveBatch() -> Int {
        let room = mailbox.room
        let now = NIODeadline.now()
        let count = port.receive { octets, peer in
            switch receiver.received(octets, from: peer, hasRoom: batch.count < room, now: now) {
            case .deliver(let notification, let reply):
                batch.append(notification)
                if let reply { send(reply, to: peer) }
            case .respond(let reply): send(reply, to: peer)
            case .drop: break
            }
        }
        guard count > 0 else { return 0 }
        countOverflow()
        control.publish(receiver.statistics)
        if !receiver.refused.isEmpty { control.add(receiver.refused.takeAll()) }
        if receiver.statistics.engineConflicts != conflicts {
            conflicts = receiver.statistics.engineConflicts
            control.publish(receiver.senders.conflicts)
        }
        mailbox.add(batch)
        batch.removeAll(keepingCapacity: true)
        port.flush()
        return count
    }

    /// The system's counter wraps.
    private func countOverflow() {
        let counter = port.overflowed
        receiver.statistics.overflowed &+= UInt64(counter &- overflow)
        overflow = counter
    }

    /// Not to port 0, which is forged, and where the system would refuse to send.
    private func send(_ reply: ByteBuffer, to peer: PeerAddress) {
        guard peer.port != 0 else { return }
        reply.withUnsafeReadableBytes { port.send($0, to: peer) }
    }
}
