import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import PowerDevice

/// `/probe`: polls one card of the inventory now, and tells what it measures, for who wants Prometheus to say when and how often.
struct ProbeRoutes: Sendable {
    static let maximumProbes = 64

    /// The cards of the inventory.
    let figures: @Sendable () -> [CardFigures]
    /// Polls a card at once, and waits for it.
    let poll: @Sendable (Int64) async throws -> PollService.Ordered
    let settings: MetricsSettings
    private let slots = Slots(maximumProbes)

    init(
        figures: @escaping @Sendable () -> [CardFigures], poll: @escaping @Sendable (Int64) async throws -> PollService.Ordered,
        settings: MetricsSettings
    ) {
        self.figures = figures
        self.poll = poll
        self.settings = settings
    }

    func add(to router: Router<FleetRequestContext>) {
        router.get("probe") { request, _ -> Response in
            try settings.admit(request)
            let card = try card(of: request)
            guard let slot = slots.take() else {
                throw Problem(
                    .serviceUnavailable, "More than \(Self.maximumProbes) probes are under way.", headers: [.retryAfter: "5"])
            }
            let format = ExpositionFormat(accept: request.headers[.accept])
            let page = try await probe(card, format)
            withExtendedLifetime(slot) {}
            return Response(status: .ok, headers: [.contentType: format.contentType], body: .init(byteBuffer: page))
        }
    }

    /// The one that `card` (its number) or `target` (its address) names.
    private func card(of request: Request) throws -> Card {
        let query = request.uri.queryParameters
        let isWanted: (Card) -> Bool
        if let text = query["card"] {
            guard let id = Int64(text) else { throw Problem(.badRequest, "card is not a number.") }
            isWanted = { $0.id == id }
        } else if let address = query["target"] {
            isWanted = { $0.address == address }
        } else {
            throw Problem(.badRequest, "Say which card: /probe?card=NUMBER or /probe?target=ADDRESS.")
        }
        guard let found = figures().first(where: { isWanted($0.card) }) else { throw Problem.notFound("such card in the inventory") }
        return found.card
    }

    private func probe(_ card: Card, _ format: ExpositionFormat) async throws -> ByteBuffer {
        let start = ContinuousClock.now
        var polled = PollService.Ordered()
        do {
            polled = try await poll(card.id)
        } catch let error as CancellationError {
            throw error
        } catch {
            polled.status.status = .unreachable
        }
        let figures = CardFigures(card: card, status: polled.status, isFresh: polled.isAnswered)
        var page = ByteBuffer()
        for var piece in CardMetricsPage([figures], format: format) { page.writeBuffer(&piece) }
        var end = PrometheusText(format: format)
        end.gauge("nvfleet_probe_success", "Whether the card answered: 1 or 0.", figures.isFresh ? 1 : 0)
        end.gauge(
            "nvfleet_probe_duration_seconds", "How long the card took to answer.", (ContinuousClock.now - start) / .seconds(1))
        page.writeString(end.text + format.ending)
        return page
    }
}
