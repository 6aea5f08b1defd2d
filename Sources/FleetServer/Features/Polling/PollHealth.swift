import FoundationEssentials
import Hummingbird

/// How well a card can be polled.
struct PollHealth: Sendable, Equatable {
    /// Milliseconds from a request to its response.
    struct Latency: Encodable, Sendable, Equatable {
        let last: Double
        let average: Double
        let worst: Double
    }

    /// Of the last hundred or so requests; nil before the first answer.
    var latency: Latency?
    /// Of the requests sent lately the part that got no response, 0…100; nil before the first request.
    var lossPercent: Double?
    /// Polls in a row without an answer.
    var consecutiveFailures = 0
    var lastAnswerAt: Date?
    /// Why the last failed poll failed, in words; stays when the card answers again.
    var lastError: String?
    var lastErrorAt: Date?
    /// Nil while a poll is under way, and where another server polls the card.
    var nextPollAt: Date?
    /// How long the poller waits between two probes of a card that does not answer; 0 for one that does.
    var backOffSeconds = 0.0
    var isPolledByThisServer = true
    var timing = PollTiming(.standard)
    var origin = PollIntervals.Origin.configuration
}

/// A card's health as the API shows it.
struct PollHealthResource: ResponseEncodable, Sendable {
    @Nullable var latencyMs: PollHealth.Latency?
    @Nullable var lossPercent: Double?
    let consecutiveFailures: Int
    @Nullable var lastAnswerAt: Date?
    @Nullable var lastError: String?
    @Nullable var lastErrorAt: Date?
    @Nullable var nextPollAt: Date?
    let backOffSeconds: Double
    let isPolledByThisServer: Bool
    let polling: Polling
    /// `snmp` or `modbus`.
    let `protocol`: String
    /// The profile that the card is read by.
    @Nullable var profile: String?

    struct Polling: Encodable, Sendable {
        let statusSeconds: Int
        let fullSeconds: Int
        /// `card`, `group NAME` or `configuration`.
        let from: String
    }
}
