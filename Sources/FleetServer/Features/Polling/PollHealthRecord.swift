import FoundationEssentials

/// What the poller notes of a card's answers beside their content. Pure.
struct PollHealthRecord: Sendable {
    var lastAnswerAt: Date?
    var lastError: String?
    var lastErrorAt: Date?
    var backOff = 0.0
    /// The part of the datagrams that were lost when the card answered last, 0…1.
    var lossWhenWell = 0.0
    /// Whether the recorder has been told of the card's status at all.
    var isRecorded = false

    mutating func failed(_ words: String, _ date: Date) {
        lastError = words
        lastErrorAt = date
    }

    /// As many polls in a row without an answer make a card unreachable: one may be lost, and where much is lost, two.
    var failuresToName: Int { lossWhenWell > 0.1 ? 3 : 2 }
}
