import AsyncAlgorithms
import FoundationEssentials
import ServiceLifecycle
import Synchronization

/// Knows until when the certificates of the cards are good: looks at each once an hour, as long as a rule asks for it.
final class CertificateWatch: Service {
    struct Place: Sendable, Equatable {
        let card: Int64
        let address: String
    }

    private struct Look: Sendable {
        var address: String
        var expiresAt: Date?
        /// Seconds of the monotonic clock.
        var due: Double
    }

    static let interval = 3600.0
    /// Cards that are looked at in a second: ten thousand take eight minutes.
    static let pace = 20

    private let isAsked: @Sendable () -> Bool
    private let places: @Sendable () -> [Place]
    private let read: @Sendable (String) async -> CertificateReader.Finding
    private let clock: SteadyClock
    private let looks = Mutex<[Int64: Look]>([:])

    /// - Parameters:
    ///   - isAsked: whether anybody wants to know. - places: of the cards that this server polls.
    init(
        isAsked: @escaping @Sendable () -> Bool, places: @escaping @Sendable () -> [Place],
        read: @escaping @Sendable (String) async -> CertificateReader.Finding, clock: SteadyClock = .process
    ) {
        self.isAsked = isAsked
        self.places = places
        self.read = read
        self.clock = clock
    }

    /// Until when each card's certificate is good, as far as it is known.
    var expiries: [Int64: Date] { looks.withLock { $0.compactMapValues(\.expiresAt) } }

    func run() async throws {
        for await _ in AsyncTimerSequence(interval: .seconds(1), clock: .continuous).cancelOnGracefulShutdown() where isAsked() {
            await lookAtSome()
        }
    }

    /// Looks at those that are due, as many as a second may have.
    func lookAtSome() async {
        let now = clock.seconds
        await withDiscardingTaskGroup { group in
            for place in takeDue(now) {
                group.addTask { self.note(await self.read(place.address), of: place) }
            }
        }
    }

    private func takeDue(_ now: Double) -> [Place] {
        let places = places()
        return looks.withLock { looks in
            let known = Dictionary(places.map { ($0.card, $0.address) }) { first, _ in first }
            looks = looks.filter { known[$0.key] == $0.value.address }
            let due = places.filter { now >= looks[$0.card]?.due ?? 0 }.prefix(Self.pace)
            for place in due { looks[place.card, default: Look(address: place.address, due: 0)].due = now + Self.interval }
            return Array(due)
        }
    }

    private func note(_ finding: CertificateReader.Finding, of place: Place) {
        looks.withLock { looks in
            guard looks[place.card]?.address == place.address else { return }
            switch finding {
            case .expires(let date): looks[place.card]?.expiresAt = date
            case .none: looks[place.card]?.expiresAt = nil
            case .silent: break
            }
        }
    }
}
