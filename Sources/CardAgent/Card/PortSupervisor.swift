import Logging

/// Keeps one port of a card as the settings want it: opens it, closes it, opens it elsewhere, and again after it has been lost. What other
/// ports do is none of its concern.
struct PortSupervisor: Sendable {
    /// What a port is opened with: as long as this is the same, it stays open.
    struct Place: Hashable, Sendable {
        let number: Int
        /// Where connections last: who may have one.
        var firewall = Firewall.open
    }

    enum Event: Sendable {
        case settingsChanged
        /// What was opened for the n-th time has closed. That of an earlier time comes late, and says nothing of this one.
        case closed(Int)
    }

    /// Where the port is wanted now; nil where it is not.
    let place: @Sendable () -> Place?
    /// Serves until the task is cancelled, or the port is lost; throws where it can't be had.
    let serve: @Sendable (Place, _ onOpen: @escaping @Sendable () -> Void) async throws -> Void
    let logger: Logger
    let events: AsyncStream<Event>
    private let news: AsyncStream<Event>.Continuation

    init(
        logger: Logger, place: @escaping @Sendable () -> Place?,
        serve: @escaping @Sendable (Place, _ onOpen: @escaping @Sendable () -> Void) async throws -> Void
    ) {
        self.place = place
        self.serve = serve
        self.logger = logger
        (events, news) = AsyncStream.makeStream()
    }

    /// The settings may want something else. What the old place has been asked already is answered: it closes in its own time.
    func settingsChanged() { news.yield(.settingsChanged) }

    /// Runs until the task is cancelled. Throws where the port can't be had the first time.
    ///
    /// - Parameter onOpen: called when it is open for the first time, and not where it isn't wanted at first.
    func run(onOpen: @escaping @Sendable () -> Void) async throws {
        let first = Readiness(expecting: 1, then: onOpen)
        let isWantedFirst = place() != nil
        var turn = 0
        while !Task.isCancelled {
            guard let place = place() else {
                await waitWhile { self.place() == nil }
                continue
            }
            turn += 1
            do {
                try await open(place, turn) { if isWantedFirst { first.partIsReady() } }
                guard self.place() == place, !Task.isCancelled else { continue }
                logger.error("A port of the card is lost", metadata: ["port": "\(place.number)"])
            } catch {
                guard !isWantedFirst || first.isComplete else { throw error }
                logger.error("A port of the card can't be had", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func open(_ place: Place, _ turn: Int, onOpen: @escaping @Sendable () -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { task in
            task.addTask {
                defer { news.yield(.closed(turn)) }
                try await serve(place, onOpen)
            }
            for await event in events {
                if case .closed(turn) = event { break }
                if self.place() != place { break }
            }
            task.cancelAll()
            try await task.waitForAll()
        }
    }

    private func waitWhile(_ isSame: @Sendable () -> Bool) async {
        for await _ in events where !isSame() { break }
    }
}
