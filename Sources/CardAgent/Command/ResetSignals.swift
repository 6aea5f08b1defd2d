import ServiceLifecycle
import UnixSignals

/// The reset button of a card that runs alone (manual ch. 10): SIGHUP restarts it, SIGUSR1 resets its accounts, SIGUSR2 all its settings.
struct ResetSignals: Service {
    let card: Card

    func run() async throws {
        for await signal in await UnixSignalsSequence(trapping: .sighup, .sigusr1, .sigusr2).cancelOnGracefulShutdown() {
            if let kind = Self.reset(signal) { card.reset(kind, by: ChangeOrigin(.program, by: "\(signal)")) }
        }
    }

    private static func reset(_ signal: UnixSignal) -> CardReset? {
        switch signal {
        case .sighup: .restart
        case .sigusr1: .accounts
        case .sigusr2: .factory
        default: nil
        }
    }
}
