import Logging
import NIOCore
import NIOPosix
import NetVision
import Synchronization

/// The card's side of the LAN protocol, from its switching on to its switching off: an unlock does not outlive a restart.
///
/// Passwords, their age and their lock-outs are those of the card's `Accounts`: the protocol knows the admin only.
final class CardLANService: Sendable {
    /// What the card does when it is told to.
    struct Orders: Sendable {
        /// Takes the settings over; returns why not, in words, or nil.
        let setNetwork: @Sendable (NetworkSettings, ChangeOrigin) -> String?
        let identify: @Sendable (_ seconds: Int) -> Void
        let restart: @Sendable (ChangeOrigin) -> Void
    }

    private struct State {
        var session: LANCardSession
        /// What the unlocks were granted on.
        var credential: AccountCredential
        /// The key is being made.
        var key: EventLoopFuture<Void>?
    }

    private let faults: CardFaults
    private let loop: any EventLoop
    private let announcement: @Sendable () -> Announcement
    private let accounts: Accounts
    private let orders: Orders
    private let accepts: @Sendable (SocketAddress) -> Bool
    private let state: Mutex<State>

    init(
        mac: HardwareAddress, accounts: Accounts, faults: CardFaults, on loop: any EventLoop, orders: Orders,
        accepts: @escaping @Sendable (SocketAddress) -> Bool = { _ in true }, announcement: @escaping @Sendable () -> Announcement
    ) {
        self.accepts = accepts
        self.accounts = accounts
        self.faults = faults
        self.loop = loop
        self.announcement = announcement
        self.orders = orders
        state = Mutex(State(session: LANCardSession(card: mac), credential: accounts.adminCredential))
    }

    /// Whether `host` may change the card now.
    func isUnlocked(for host: String) -> Bool { withSession { $0.isUnlocked(for: host, now: .now()) } }

    /// A datagram has come in; called on an event loop.
    func received(_ arrival: LANCardListener.Arrival) {
        guard accepts(arrival.peer) else { return }
        switch faults.admission(at: .lan) {
        case .answer: answer(arrival)
        case .answerAfter(let delay): loop.scheduleTask(in: TimeAmount(delay)) { self.answer(arrival) }
        case .drop: return
        }
    }

    private func answer(_ arrival: LANCardListener.Arrival) {
        // Where the asker is as seen from the network that the card was in when it was asked.
        let network = announcement().network
        let action = withSession { session in
            session.received(arrival.datagram, from: arrival.peer, now: .now(), announcement: announcement) {
                UInt64.random(in: .min ... .max)
            }
        }
        switch action {
        case .reply(let datagram): arrival.reply(datagram, from: network)
        case .judge(let claim): withKey { self.judge(claim, $0) { arrival.reply($0, from: network) } }
        case .drop: return
        }
    }

    /// A changed password ends the unlocks that were granted on the one before.
    private func withSession<Result>(_ body: (inout LANCardSession) -> Result) -> Result {
        let credential = accounts.adminCredential
        return state.withLock { state in
            if state.credential != credential {
                state.session.endUnlocks()
                state.credential = credential
            }
            return body(&state.session)
        }
    }

    /// Calls `body` with the admin's key: at once, or on the loop when that has been made elsewhere.
    private func withKey(_ body: @escaping @Sendable (LANKey) -> Void) {
        if let key = accounts.adminKey { return body(key) }
        let made = state.withLock { state in
            let made = state.key ?? NIOThreadPool.singleton.runIfActive(eventLoop: loop) { [accounts] in accounts.makeAdminKey() }
            state.key = made
            return made
        }
        made.whenSuccess { [accounts] in
            if let key = accounts.adminKey { body(key) }
        }
    }

    private func judge(_ claim: LANCardSession.Claim, _ key: LANKey, reply: @escaping @Sendable (ByteBuffer) -> Void) {
        switch accounts.begin(Accounts.admin, from: claim.host) {
        case .locked(let wait):
            let seconds = UInt16(clamping: Accounts.seconds(wait))
            return reply(withSession { $0.answer(claim.request, LANResult(.lockedOut, "Too many wrong passwords.", seconds: seconds)) })
        case .busy:
            // Who asks again finds it free.
            return
        case .proceed: break
        }
        let origin = ChangeOrigin(.explorer, by: claim.host)
        switch withSession({ $0.judge(claim, key: key, obstacle: accounts.obstacle, now: .now()) }) {
        case .refuse(let datagram):
            accounts.ended(Accounts.admin, origin, isRight: false)
            reply(datagram)
        case .pass(let datagram):
            accounts.withdrawn(Accounts.admin, from: claim.host)
            if let datagram { reply(datagram) }
        case .reply(let datagram, let opensWindow):
            accounts.ended(Accounts.admin, origin, isRight: true)
            reply(datagram)
            if opensWindow { accounts.unlocked(by: origin) }
        case .perform(let order, let request):
            accounts.ended(Accounts.admin, origin, isRight: true)
            perform(order, by: origin) { result in reply(self.withSession { $0.answer(request, result) }) }
            if order == .restart { orders.restart(origin) }
        }
    }

    private func perform(_ order: LANCardSession.Order, by origin: ChangeOrigin, done: @escaping @Sendable (LANResult) -> Void) {
        switch order {
        case .setNetwork(let settings):
            if let problem = orders.setNetwork(settings, origin) { return done(LANResult(.failed, problem)) }
            done(LANResult(.done, "The network settings are set."))
        case .setPassword(let password):
            NIOThreadPool.singleton.runIfActive(eventLoop: loop) { [accounts] in
                Self.setPassword(password, accounts, by: origin)
            }.whenSuccess(done)
        case .identify(let seconds):
            orders.identify(seconds)
            done(LANResult(.done, "Identifying."))
        case .restart:
            done(LANResult(.done, "Restarting."))
        }
    }

    private static func setPassword(_ password: String, _ accounts: Accounts, by origin: ChangeOrigin) -> LANResult {
        do throws(PasswordRefusal) {
            try accounts.replacePassword(of: Accounts.admin, with: password, by: origin)
            return LANResult(.done, "The password is set.")
        } catch {
            if case .notSaved = error { return LANResult(.failed, error.description) }
            return LANResult(.invalid, error.description)
        }
    }
}
