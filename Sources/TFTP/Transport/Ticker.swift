import NIOCore

/// Calls at a steady pace while it runs. Belongs to one event loop.
///
/// One for all transfers of a socket: a timer for each packet would cost more than the packet.
final class Ticker {
    private let loop: NIOIsolatedEventLoop
    private let action: (NIODeadline) -> Void
    private var scheduled: Scheduled<Void>?

    private static let pace = TimeAmount.milliseconds(50)

    init(on loop: any EventLoop, _ action: @escaping (NIODeadline) -> Void) {
        self.loop = loop.assumeIsolated()
        self.action = action
    }

    func start() {
        guard scheduled == nil else { return }
        schedule()
    }

    func stop() {
        scheduled?.cancel()
        scheduled = nil
    }

    private func schedule() {
        scheduled = loop.scheduleTask(in: Self.pace) {
            guard self.scheduled != nil else { return }
            self.schedule()
            self.action(.now())
        }
    }
}
