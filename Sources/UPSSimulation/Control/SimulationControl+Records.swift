import HTTPTypes
import Hummingbird
import NIOCore

/// The alarm table and the logs of a card.
extension SimulationControl {
    func addRecords(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.get("alarms") { _, context in
            guard let records = try card(context).records else { throw Self.noCard }
            return AlarmsResponse(table: records.alarms())
        }
        router.get("logs/:log") { request, context -> Response in
            let (records, log, isCSV) = try Self.log(context, of: card(context))
            if isCSV { return Self.csvResponse(try await records.csv(log)) }
            let query = try ControlledCard.LogQuery(request.uri.queryParameters)
            let page = try await records.page(log, query)
            let body = LogResponse(log: log, page: query.page, count: query.count, total: page.total, records: page.records)
            return try context.responseEncoder.encode(body, from: request, context: context)
        }
        router.delete("logs/:log") { _, context in
            let (records, log, isCSV) = try Self.log(context, of: card(context))
            guard !isCSV else { throw ControlProblem(.notFound, "A log is cleared by its name, \(log) without .csv.") }
            try await records.clear(log)
            return HTTPResponse.Status.noContent
        }
    }

    private struct AlarmsResponse: ResponseEncodable {
        let table: ControlledCard.AlarmTable

        func encode(to encoder: any Encoder) throws { try table.encode(to: encoder) }
    }

    private struct LogResponse: Encodable {
        let log: String
        let page: Int
        let count: Int
        let total: Int
        let records: [ControlledCard.LogRecord]
    }

    static let noCard = ControlProblem(.notFound, "There is no card here: a UPS alone has no alarm table, logs, settings and clock.")

    private static func log(
        _ context: ControlRequestContext, of card: ControlledCard
    ) throws -> (ControlledCard.RecordHandler, log: String, isCSV: Bool) {
        guard let records = card.records else { throw noCard }
        let name = try parameter("log", context)
        let isCSV = name.hasSuffix(".csv")
        let log = isCSV ? String(name.dropLast(4)) : name
        guard records.logs.contains(log) else {
            throw ControlProblem(.notFound, "There is no log \(log). There are \(records.logs.joined(separator: ", ")).")
        }
        return (records, log, isCSV)
    }

    private static func csvResponse(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/csv; charset=utf-8"], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension ControlledCard.LogQuery {
    static let pages = 1...1_000_000
    static let counts = 1...2048

    /// `from`, `to`, `page`, `count` and `order` of a request; each may be absent.
    init(_ parameters: Parameters) throws(ControlProblem) {
        self.init()
        for (name, value) in parameters {
            let value = String(value)
            switch name {
            case "from": from = try Self.instant(value, "from")
            case "to": to = try Self.instant(value, "to")
            case "page": page = try Self.number(value, "page", Self.pages)
            case "count": count = try Self.number(value, "count", Self.counts)
            case "order":
                guard let known = Order(rawValue: value) else {
                    throw .invalid("order", "order is \(Order.allCases.map(\.rawValue).joined(separator: ", ")), not \"\(value)\".")
                }
                order = known
            default: throw .invalid(String(name), "A log takes from, to, page, count and order, not \"\(name)\".")
            }
        }
    }

    private static func instant(_ text: String, _ field: String) throws(ControlProblem) -> Int64 {
        guard let instant = TimeStamp.instant(text) else {
            throw .invalid(field, "\(field) is a time like 2026-11-23T04:00:00Z, or seconds since 1970, not \"\(text)\".")
        }
        return instant
    }

    private static func number(_ text: String, _ field: String, _ range: ClosedRange<Int>) throws(ControlProblem) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(field, "\(field) is \(range.lowerBound) to \(range.upperBound), not \"\(text)\".")
        }
        return number
    }
}
