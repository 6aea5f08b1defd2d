/// How well a card can be polled, with the names of the API.
struct HealthRecord: Codable, Sendable, Equatable {
    struct Latency: Codable, Sendable, Equatable {
        @Nullable var last: Double?
        @Nullable var average: Double?
        @Nullable var worst: Double?
    }

    struct Polling: Codable, Sendable, Equatable {
        let statusSeconds: Double
        let fullSeconds: Double
        @Nullable var from: String?
    }

    @Nullable var latencyMs: Latency? = nil
    @Nullable var lossPercent: Double? = nil
    let consecutiveFailures: Int
    @Nullable var lastAnswerAt: String? = nil
    @Nullable var lastError: String? = nil
    @Nullable var lastErrorAt: String? = nil
    @Nullable var nextPollAt: String? = nil
    @Nullable var backOffSeconds: Double? = nil
    @Nullable var isPolledByThisServer: Bool? = nil
    @Nullable var polling: Polling? = nil
    @Nullable var `protocol`: String? = nil
    @Nullable var profile: String? = nil
}

/// The course of one quantity, with the names of the API.
struct SeriesRecord: Codable, Sendable, Equatable {
    struct Point: Codable, Sendable, Equatable {
        let at: String
        let avg: Double
        let min: Double
        let max: Double
    }

    let metric: String
    @Nullable var unit: String? = nil
    let points: [Point]
}

/// An answer to a request for history: one quantity, or several.
struct HistoryRecord: Codable, Sendable, Equatable {
    @Nullable var metric: String? = nil
    @Nullable var unit: String? = nil
    @Nullable var from: String? = nil
    @Nullable var to: String? = nil
    @Nullable var step: Double? = nil
    @Nullable var points: [SeriesRecord.Point]? = nil
    @Nullable var series: [SeriesRecord]? = nil

    var all: [SeriesRecord] {
        if let series { return series }
        guard let metric, let points else { return [] }
        return [SeriesRecord(metric: metric, unit: unit, points: points)]
    }
}

/// The Modbus gateway, with the names of the API.
struct GatewayRecord: Codable, Sendable, Equatable {
    struct Item: Codable, Sendable, Equatable {
        let card: Int
        let name: String
        @Nullable var port: Int? = nil
        @Nullable var unit: Int? = nil
        let writes: Bool
        let state: String
        let clients: Int
        let requests: Int
        let cacheHits: Int
        let queued: Int
        @Nullable var lastError: String? = nil
        @Nullable var lastErrorAt: String? = nil
    }

    @Nullable var listen: String? = nil
    @Nullable var host: String? = nil
    @Nullable var clients: Int? = nil
    @Nullable var problem: String? = nil
    let items: [Item]
}

/// A profile by which cards are read, as lists show it.
struct ProfileRecord: Codable, Sendable, Equatable {
    let name: String
    @Nullable var title: String? = nil
    /// `builtIn` or `file`.
    @Nullable var origin: String? = nil
    @Nullable var file: String? = nil
    @Nullable var extends: String? = nil
    @Nullable var generation: String? = nil
    @Nullable var kind: String? = nil
    @Nullable var protocols: [String]? = nil
    @Nullable var points: Int? = nil
}

/// The profiles of a server, and what is wrong with files that are none.
struct ProfileListRecord: Codable, Sendable, Equatable {
    struct Problem: Codable, Sendable, Equatable {
        @Nullable var file: String?
        @Nullable var line: Int?
        let key: String
        let reason: String

        var words: String {
            let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
            return [place, key, reason].filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }

    let items: [ProfileRecord]
    @Nullable var problems: [Problem]? = nil
}
