import Logging
import NIOCore
import NetVision
import Synchronization

/// The card's side of the LAN protocol, from its switching on to its switching off: an unlock does not outlive a restart.
final class CardLANService: Sendable {
    /// What the card does when it is told to.
    struct Orders: Sendable {
        /// Takes the settings over; returns why not, in words, or nil.
        let setNetwork: @Sendable (NetworkSettings) -> String?
        let identify: @Sendable (_ seconds: Int) -> Void
        let restart: @Sendable () -> Void
    }

    private let faults: CardFaults
    private let loop: any EventLoop
    private let announcement: @Sendable () -> Announcement
    private let orders: Orders
    private let session: Mutex<LANCardSession>

    init(
        mac: HardwareAddress, faults: CardFaults, on loop: any EventLoop, orders: Orders,
        announcement: @escaping @Sendable () -> Announcement
    ) {
        self.faults = faults
        self.loop = loop
        self.announcement = announcement
        self.orders = orders
        session = Mutex(LANCardSession(card: mac, password: mac.firstPassword))
    }

    /// Whether `host` may change the card now.
    func isUnlocked(for host: String) -> Bool { session.withLock { $0.isUnlocked(for: host, now: .now()) } }

    /// A datagram has come in; called on an event loop.
    func received(_ arrival: LANCardListener.Arrival) {
        switch faults.admission(at: .lan) {
        case .answer: answer(arrival)
        case .answerAfter(let delay): loop.scheduleTask(in: TimeAmount(delay)) { self.answer(arrival) }
        case .drop: return
        }
    }

    private func answer(_ arrival: LANCardListener.Arrival) {
        let action = session.withLock { session in
            session.received(arrival.datagram, from: arrival.peer, now: .now(), announcement: announcement) {
                UInt64.random(in: .min ... .max)
            }
        }
        // Where the asker is as seen from the network that the card was in when it was asked.
        let network = announcement().network
        switch action {
        case .reply(let datagram):
            arrival.reply(datagram, from: network)
        case .perform(let order, let request):
            let result = perform(order)
            arrival.reply(session.withLock { $0.result(of: request, result) }, from: network)
            if order == .restart { orders.restart() }
        case .drop:
            return
        }
    }

    private func perform(_ order: LANCardSession.Order) -> LANResult {
        switch order {
        case .setNetwork(let settings):
            if let problem = orders.setNetwork(settings) { return LANResult(.failed, problem) }
            return LANResult(.done, "The network settings are set.")
        case .identify(let seconds):
            orders.identify(seconds)
            return LANResult(.done, "Identifying.")
        case .restart:
            return LANResult(.done, "Restarting.")
        }
    }
}
