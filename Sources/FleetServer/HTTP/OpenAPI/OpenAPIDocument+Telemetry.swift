import PowerDevice
import Telemetry

// The history, and how it is kept.

extension OpenAPIDocument {
    static let telemetryOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "showHistory", method: .get, path: "/api/v1/cards/{id}/history", tag: .cards, role: .viewer,
            summary: "Values of a card over time.",
            details: """
                A point for each step in which there is a sample; where there is none, there is no point. Steps begin at multiples of the \
                step since 1970, UTC. At most 5000 steps; with `format`, which sends while it reads, at most a million. Several metrics \
                are answered as `HistorySeries`. CSV (RFC 4180) has a row for each step and a column for each metric and aggregate; a \
                field is empty where nothing was measured.
                """,
            parameters: [
                OpenAPIParameter(
                    "metric", isRequired: true, .someText,
                    "The value's name, as in the card's readings: `battery.charge`; or several, with commas."),
                OpenAPIParameter("from", .time, "Without it: an hour before `to`."), OpenAPIParameter("to", .time, "Without it: now."),
                OpenAPIParameter(
                    "step", .anyOf(.number(from: 1), .words(["raw"])),
                    "Seconds; `raw`, with `format`: every sample that is kept. Without it: one that makes at most 500 points."),
                OpenAPIParameter("format", .words(HistoryQuery.Format.allCases.map(\.rawValue)), "Send a file of this format."),
            ], answer: .json(200, "HistoryAnswer"),
            problems: [422: "The metric is missing, a time or the step can't be read, or there would be too many points."]),
        OpenAPIOperation(
            id: "listMetrics", method: .get, path: "/api/v1/cards/{id}/metrics", tag: .cards, role: .viewer,
            summary: "The metrics of which a card has a history.", answer: .json(200, "MetricPage")),
        OpenAPIOperation(
            id: "showSystem", method: .get, path: "/api/v1/system", tag: .system, role: .viewer,
            summary: "How the server does: version, storage, polling.", answer: .json(200, "System")),
    ]

    private static let historyFields: KeyValuePairs<String, Schema> = [
        "metric": .text, "unit": .oneOf(Unit.self), "from": .time, "to": .time, "step": .number.described("Seconds; 0: every sample."),
        "resolution": .oneOf(Resolution.self).described("What the answer was made from: the coarsest that was needed."),
        "points": .list(of: .component("HistoryPoint")),
    ]

    static let telemetrySchemas: [String: Schema] = [
        "HistoryAnswer": .anyOf(.component("History"), .component("HistorySeries")),
        "History": .object(historyFields),
        "HistorySeries": .object([
            "from": .time, "to": .time, "step": .number.described("Seconds; 0: every sample."), "resolution": .oneOf(Resolution.self),
            "series": .list(
                of: .object(["metric": .text, "unit": .oneOf(Unit.self), "points": .list(of: .component("HistoryPoint"))])),
        ]),
        "HistoryPoint": .object(["at": .time.described("The step's begin."), "avg": .number, "min": .number, "max": .number]),
        "Metric": .object([
            "metric": .text, "unit": .oneOf(Unit.self), "first": .time.described("Of summaries: the hour or day."), "last": .time,
        ]),
        "MetricPage": .page(of: "Metric"),
        "System": .object([
            "version": .text,
            "storage": .object([
                "state": .oneOf(StorageState.Condition.self), "problem": .text.orNull.described("What is wrong, and what to do."),
                "since": .time.orNull.described("Of the state; null if nothing was ever wrong."),
                "telemetryBytes": .integer(from: 0).orNull.described("The history's file on the disk. Null: it can't be read."),
                "telemetrySamples": .integer(from: 0).orNull.described("Samples of which not only summaries are left."),
                "bytesPerSample": .number.orNull.described("All bytes of the file, by the samples; null below 10,000 samples."),
                "lostSamples": .integer(from: 0).described("Since the start: because the history could not be written for too long."),
            ]),
            "polling": .object([
                "statusSeconds": .number, "fullSeconds": .number,
                "cards": .integer(from: 0).described("Cards that this server polls."),
                "latenessP99Seconds": .number.orNull.described(
                    "99 of 100 polls began no later than so after their time; null before the first, and beyond 10 s."),
            ]), "database": .words(["sqlite", "postgresql"]),
        ]),
        "StorageEvent": .object([
            "card": Schema(["type": "null"]), "at": .time, "state": .oneOf(StorageState.Condition.self), "problem": .text.orNull,
            "since": .time.orNull,
        ]).described("The server can store less than before, or all again. Polling and answers go on."),
    ]
}
