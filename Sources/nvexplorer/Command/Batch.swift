/// What became of several things, of which each succeeds or fails for itself.
struct Batch<Item: Sendable>: Sendable {
    struct Outcome: Sendable {
        /// What people call it by.
        var name: String
        /// The card that it is about, once that is known.
        var card: CardRecord?
        var result: Result<Item, CommandFailure>
        /// False where something had ended everything before.
        var isTried = true

        var failure: CommandFailure? {
            guard case .failure(let failure) = result else { return nil }
            return failure
        }
    }

    /// In the order in which they were named.
    var outcomes: [Outcome]

    var items: [Item] { outcomes.compactMap { try? $0.result.get() } }

    /// Goes on with each that has not failed yet. What fails ends nothing but itself, unless all others could only fail like it.
    func each<New: Sendable>(_ act: (Item) async throws -> New) async throws -> Batch<New> {
        var new: [Batch<New>.Outcome] = []
        var end = outcomes.compactMap(\.failure).first { $0.isGeneral }
        for outcome in outcomes {
            var next = Batch<New>.Outcome(
                name: outcome.name, card: outcome.card, result: .failure(.untried(end)), isTried: outcome.isTried && end == nil)
            switch outcome.result {
            case .failure(let failure):
                next.result = .failure(failure)
                next.isTried = outcome.isTried
            case .success(let item) where end == nil: next.result = try await Self.outcome(of: item, act)
            case .success: break
            }
            end = end ?? next.failure.flatMap { $0.isGeneral ? $0 : nil }
            new.append(next)
        }
        return Batch<New>(outcomes: new)
    }

    private static func outcome<New: Sendable>(
        of item: Item, _ act: (Item) async throws -> New
    ) async throws -> Result<New, CommandFailure> {
        do {
            return .success(try await act(item))
        } catch let failure as CommandFailure {
            return .failure(failure)
        }
    }

    /// Names what has failed, each with its reason, and throws if anything has: alone with its own exit code, else with that for "some".
    func complain() throws {
        let failed = outcomes.filter { $0.failure != nil }
        guard let first = failed.first?.failure else { return }
        for outcome in failed where outcome.isTried { Output.complain("\(outcome.name): \(outcome.failure?.description ?? "")") }
        let untried = failed.filter { !$0.isTried }.count
        if untried > 0 { Output.complain("\(untried) more \(untried == 1 ? "was" : "were") not tried.") }
        let general = failed.compactMap(\.failure).first { $0.isGeneral }
        throw CommandFailure(general?.code ?? (outcomes.count == 1 ? first.code : .failed), "")
    }
}

extension Batch where Item == String {
    init(_ names: [String]) { outcomes = names.map { Outcome(name: $0, result: .success($0)) } }
}

/// What a command that changes several things prints for programs.
struct BatchReport<Item: Encodable & Sendable>: Encodable, Sendable {
    struct Failure: Encodable, Sendable, Equatable {
        let name: String
        @Nullable var card: Int?
        let error: String
    }

    /// What was done.
    let items: [Item]
    let failures: [Failure]

    init(_ batch: Batch<Item>) {
        items = batch.items
        failures = batch.outcomes.compactMap { outcome in
            outcome.failure.map { Failure(name: outcome.name, card: outcome.card?.id, error: $0.description) }
        }
    }
}

extension Batch where Item: Encodable {
    /// Prints what was done and what was not, and throws if anything was not.
    func tell(_ output: Output, words: (Item) -> String) throws {
        try output.show(BatchReport(self)) { items.map(words) }
        try complain()
    }
}

extension FleetAPI {
    /// The cards that the texts mean, each once; who is none is a failure.
    func cards(_ texts: [String]) async throws -> Batch<CardRecord> {
        var known: Set<Int?> = []
        var found = try await Batch(texts).each { try await card($0) }
        found.outcomes = found.outcomes.compactMap { outcome -> Batch<CardRecord>.Outcome? in
            guard case .success(let card) = outcome.result else { return outcome }
            guard known.insert(card.id).inserted else { return nil }
            return Batch<CardRecord>.Outcome(name: card.title, card: card, result: outcome.result)
        }
        return found
    }
}
