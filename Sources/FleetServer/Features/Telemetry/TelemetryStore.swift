import FoundationEssentials
import PowerDevice
import Telemetry

/// The history of all readings, in a file of its own: the fleet's face of a `SampleArchive`.
struct TelemetryStore: Sendable {
    /// What one poll brought.
    struct Sample: Sendable {
        let card: Int64
        let at: Date
        let readings: [Variable: Double]
    }

    struct Point: Encodable, Sendable, Equatable {
        let at: Date
        let avg: Double
        let min: Double
        let max: Double
    }

    let archive: SampleArchive

    /// In memory, for tests.
    static func inMemory() throws -> TelemetryStore { TelemetryStore(archive: try SampleArchive()) }

    /// Keeps the samples; see `SampleArchive.append`: when it throws they are kept all the same, and must not come again.
    func append(_ samples: [Sample]) async throws {
        try await archive.append(samples.map { .init(card: $0.card, at: $0.at.milliseconds, values: $0.readings) })
    }

    /// One variable of one card over time, a point for each `step` in which there is a sample. Where there is none, there is no point.
    func history(card: Int64, variable: Variable, from: Date, to: Date, step: TimeInterval) async throws -> [Point] {
        let request = HistoryRequest(
            card: card, metrics: [variable], from: from.milliseconds, to: to.milliseconds, step: Int64((step * 1000).rounded()))
        return try await archive.history(request).series.first?.map(Point.init) ?? []
    }

    func history(_ request: HistoryRequest) async throws -> History { try await archive.history(request) }

    /// What there is of a card, and between which times.
    func metrics(of card: Int64) async throws -> [MetricSpan] { try await archive.metrics(of: card) }

    func size() async throws -> SampleArchive.Size { try await archive.size() }

    /// Samples lost since the start, because the file could not be written for too long.
    var lost: UInt64 { archive.lost }
}

extension TelemetryStore.Point {
    init(_ point: HistoryPoint) {
        self.init(at: Date(milliseconds: point.at), avg: point.average, min: point.minimum, max: point.maximum)
    }
}

extension Date {
    /// Whole milliseconds since 1970; the ends of the representable range for what is beyond.
    var milliseconds: Int64 { Int64(exactly: (timeIntervalSince1970 * 1000).rounded()) ?? (timeIntervalSince1970 < 0 ? .min : .max) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: TimeInterval(milliseconds) / 1000) }
}
