import FoundationEssentials
import HTTPTypes
import Hummingbird
import PowerDevice
import Telemetry

/// `/cards/{id}/history` and `/cards/{id}/metrics`.
struct HistoryRoutes: Sendable {
    let listing: CardListing
    let telemetry: TelemetryStore
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("cards/:id/history", use: history)
        group.get("cards/:id/metrics") { _, context -> Page<MetricResource> in
            Page(try await telemetry.metrics(of: card(context)).map(MetricResource.init))
        }
    }

    private func card(_ context: FleetRequestContext) async throws -> Int64 {
        let id = try context.key("id", of: "card")
        guard try await listing.card(id) != nil else { throw Problem.notFound("card \(id)") }
        return id
    }

    private func history(request: Request, context: FleetRequestContext) async throws -> Response {
        let card = try await card(context)
        let query = try HistoryQuery(request, now: now())
        if let format = query.format { return try await HistoryExport(query: query, card: card, telemetry: telemetry).response(format) }
        let history = try await telemetry.history(query.request(card: card))
        guard query.metrics.count == 1, let points = history.series.first else {
            return try HistorySeriesResource(query, history).response(from: request, context: context)
        }
        return try HistoryResource(
            metric: query.metrics[0].rawValue, unit: query.metrics[0].unit.rawValue, from: query.from, to: query.to, step: query.step,
            resolution: history.resolution.rawValue, points: points.map(TelemetryStore.Point.init)
        ).response(from: request, context: context)
    }
}
