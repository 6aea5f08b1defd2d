import Foundation
import Testing

/// A store of metrics that isn't ours: Prometheus or VictoriaMetrics.
struct MetricStore: Sendable {
    let program: ProgramUnderTest
    let client: WebClient

    static func prometheus<Result>(
        at endpoint: String, scraping server: String, in scratch: Scratch, _ body: (MetricStore) async throws -> Result
    ) async throws -> Result {
        let configuration = try scratch.write(
            """
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: nvfleet
                static_configs: [{ targets: ['\(server)'] }]
            """, as: "prometheus.yml")
        let arguments = [
            "--config.file=\(configuration)", "--storage.tsdb.path=\(scratch.path("prometheus"))", "--web.listen-address=\(endpoint)",
            "--web.enable-remote-write-receiver", "--log.level=warn",
        ]
        return try await ProgramUnderTest.with(executable: Executable.peer("prometheus"), arguments, in: scratch) { program in
            let store = MetricStore(program: program, client: WebClient(base: "http://\(endpoint)", scratch: scratch))
            try await program.ready("Prometheus is ready") { try await store.client.call("GET", "/-/ready").status == 200 ? true : nil }
            return try await body(store)
        }
    }

    /// Started again with the same folder it has what it had before.
    static func victoriaMetrics<Result>(
        at endpoint: String, in scratch: Scratch, _ body: (MetricStore) async throws -> Result
    ) async throws -> Result {
        let arguments = ["-storageDataPath=\(scratch.path("victoria"))", "-httpListenAddr=\(endpoint)", "-retentionPeriod=1"]
        return try await ProgramUnderTest.with(executable: Executable.peer("victoria-metrics"), arguments, in: scratch) { program in
            let store = MetricStore(program: program, client: WebClient(base: "http://\(endpoint)", scratch: scratch))
            try await program.ready("VictoriaMetrics is ready") { try await store.client.call("GET", "/health").status == 200 ? true : nil }
            return try await body(store)
        }
    }

    /// What an expression gives now: labels and value of each series. Throws what the store has against the expression.
    func query(_ expression: String) async throws -> [(labels: [String: String], value: Double)] {
        let form = "query=" + (expression.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        let answer = try await client.call("POST", "/api/v1/query", raw: form, type: "application/x-www-form-urlencoded")
        guard answer.status == 200, let results = answer.json?["data"]?["result"] else {
            throw WebClient.Unexpected(description: "\(expression): \(answer)")
        }
        return results.elements.map { result in
            let value = result["value"]?[1]?.string.flatMap(Double.init) ?? .nan
            return (result["metric"]?.members.compactMapValues(\.string) ?? [:], value)
        }
    }

    /// The samples of one series as they were written, in VictoriaMetrics' own words: milliseconds and values.
    func samples(of selector: String) async throws -> [Int: Double] {
        let form = "match[]=" + (selector.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
        let answer = try await client.call("POST", "/api/v1/export", raw: form, type: "application/x-www-form-urlencoded")
        var samples: [Int: Double] = [:]
        for line in answer.text.split(separator: "\n") {
            let series = try JSON(parsing: String(line))
            for (at, value) in zip(series["timestamps"]?.elements ?? [], series["values"]?.elements ?? []) {
                if let at = at.int, let value = value.number { samples[at] = value }
            }
        }
        return samples
    }
}
