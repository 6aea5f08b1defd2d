import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import PowerDevice
import Telemetry

/// A history that is sent while it is read, some steps at a time: as long as may be, in little memory.
struct HistoryExport: Sendable {
    /// Steps that are in memory at once.
    static let stepsAtOnce: Int64 = 1000
    /// The time whose samples are in memory at once, where every one is wanted.
    static let rawSpan: Int64 = 6 * .hour

    let query: HistoryQuery
    let card: Int64
    let telemetry: TelemetryStore
    /// The time that is read, in milliseconds since 1970.
    private let span: Range<Int64>

    /// Of single samples only the time in which there are some is read, whatever was asked for.
    init(query: HistoryQuery, card: Int64, telemetry: TelemetryStore) async throws {
        (self.query, self.card, self.telemetry) = (query, card, telemetry)
        let whole = query.request(card: card)
        var (begin, end) = (whole.step == 0 ? whole.from : whole.from.floored(to: whole.step), whole.to)
        if whole.step == 0 {
            let known = try await telemetry.metrics(of: card).filter { query.metrics.contains($0.metric) }
            begin = max(begin, known.map(\.first).min() ?? end)
            end = min(end, (known.map(\.last).max() ?? begin) + 1)
        }
        span = begin..<max(begin, end)
    }

    func response(_ format: HistoryQuery.Format) -> Response {
        var headers: HTTPFields = [
            .contentType: format == .csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8"
        ]
        headers[.contentDisposition] = "attachment; filename=\"card-\(card)-history.\(format.rawValue)\""
        let export = self
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                switch format {
                case .csv: try await export.writeCSV(to: &writer)
                case .json: try await export.writeJSON(to: &writer)
                }
                try await writer.finish(nil)
            })
    }

    // MARK: - Parts of the time

    /// The request's time in parts of whole steps.
    private var parts: some Sequence<HistoryRequest> {
        let whole = query.request(card: card)
        let length = whole.step == 0 ? Self.rawSpan : whole.step * Self.stepsAtOnce
        return stride(from: span.lowerBound, to: span.upperBound, by: Int64.Stride(length)).lazy.map { [span] start in
            var part = whole
            (part.from, part.to) = (start, min(start + length, span.upperBound))
            return part
        }
    }

    // MARK: - CSV (RFC 4180)

    /// A row for each step, with empty fields where nothing was measured; of single samples a row for each.
    @concurrent private func writeCSV(to writer: inout any ResponseBodyWriter) async throws {
        let aggregates = query.step == 0 ? [""] : [".avg", ".min", ".max"]
        let names = query.metrics.flatMap { metric in aggregates.map { Self.field(metric.rawValue + $0) } }
        try await writer.write(text: (["time"] + names).joined(separator: ",") + "\r\n")
        for part in parts { try await writer.write(text: rows(of: try await telemetry.history(part), part)) }
    }

    private func rows(of history: History, _ part: HistoryRequest) -> String {
        let byTime = history.series.map { Dictionary($0.map { ($0.at, $0) }) { first, _ in first } }
        let times =
            part.step == 0
            ? Set(byTime.flatMap(\.keys)).sorted()
            : Array(stride(from: part.from.floored(to: part.step), to: part.to, by: Int64.Stride(part.step)))
        var text = ""
        for time in times {
            text += JSONCoding.timeStyle.format(Date(milliseconds: time))
            for points in byTime { text += fields(points[time]) }
            text += "\r\n"
        }
        return text
    }

    private func fields(_ point: HistoryPoint?) -> String {
        guard let point else { return query.step == 0 ? "," : ",,," }
        return query.step == 0 ? ",\(point.average)" : ",\(point.average),\(point.minimum),\(point.maximum)"
    }

    /// A field, in quotes where it needs them.
    static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    // MARK: - JSON

    /// The document of a request without `format`; what it was made from comes last, when it is known.
    @concurrent private func writeJSON(to writer: inout any ResponseBodyWriter) async throws {
        var resolution = Resolution.raw
        let isSingle = query.metrics.count == 1
        try await writer.write(text: "{\"from\":\(try Self.json(query.from)),\"to\":\(try Self.json(query.to)),\"step\":\(query.step),")
        if !isSingle { try await writer.write(text: "\"series\":[") }
        for (index, metric) in query.metrics.enumerated() {
            let opening = isSingle ? "" : index == 0 ? "{" : ",{"
            try await writer.write(
                text: "\(opening)\"metric\":\(try Self.json(metric.rawValue)),\"unit\":\(try Self.json(metric.unit.rawValue)),\"points\":[")
            resolution = max(resolution, try await writePoints(of: metric, to: &writer))
            try await writer.write(text: isSingle ? "]," : "]}")
        }
        try await writer.write(text: "\(isSingle ? "" : "],")\"resolution\":\"\(resolution.rawValue)\"}")
    }

    @concurrent private func writePoints(of metric: Variable, to writer: inout any ResponseBodyWriter) async throws -> Resolution {
        var (resolution, isFirst) = (Resolution.raw, true)
        for var part in parts {
            part.metrics = [metric]
            let history = try await telemetry.history(part)
            resolution = max(resolution, history.resolution)
            let points = try (history.series.first ?? []).map { try JSONCoding.text(TelemetryStore.Point($0)) }
            guard !points.isEmpty else { continue }
            try await writer.write(text: (isFirst ? "" : ",") + points.joined(separator: ","))
            isFirst = false
        }
        return resolution
    }

    private static func json(_ value: some Encodable) throws -> String { try JSONCoding.text(value) }
}

extension ResponseBodyWriter {
    @concurrent fileprivate mutating func write(text: String) async throws { try await write(ByteBuffer(string: text)) }
}
