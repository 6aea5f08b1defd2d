/// Receives the readings that have been stored, for example to send them on.
protocol SampleSink: Sendable {
    /// Takes what one transaction stored. Must not block: whoever is slow keeps a bounded queue of their own.
    ///
    /// - Parameter cards: the cards of the samples, by their keys.
    func take(_ samples: [TelemetryStore.Sample], cards: [Int64: Card])
}
