import Configuration
import HTTPTypes
import Hummingbird

/// What is told at `/metrics` and `/probe`, and to whom. Keys, below `metrics`:
/// - `cards` (true or false, default true; `FLEET_METRICS_CARDS`): whether the gauges of all cards are on `/metrics`.
/// - `token` (secret, default none; `FLEET_METRICS_TOKEN`): both then want it as `Authorization: Bearer`.
struct MetricsSettings: Sendable {
    var showsCards = true
    var token: String?

    init() {}

    init(config: ConfigReader) throws(ConfigurationProblem) {
        let text = config.string(forKey: "cards") ?? config.bool(forKey: "cards").map { "\($0)" } ?? "true"
        guard let showsCards = Bool(text) else {
            throw ConfigurationProblem(key: "metrics.cards", value: text, expected: "true or false")
        }
        self.showsCards = showsCards
        token = config.string(forKey: "token", isSecret: true).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Refuses a request that does not carry the token, where there is one.
    func admit(_ request: Request) throws {
        guard let token else { return }
        guard let given = request.bearerToken, Self.areEqual(Array(given.utf8), Array(token.utf8)) else {
            throw Problem(
                .unauthorized, "This wants the token of the configuration's metrics.token as Authorization: Bearer.",
                headers: [.wwwAuthenticate: "Bearer"])
        }
    }

    /// In a time that does not tell where they differ.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
