/// What did not happen in time.
struct DeadlinePassed: Error, CustomStringConvertible {
    let awaited: String
    let limit: Duration
    let last: String?

    var description: String { "\(awaited): not within \(limit)\(last.map { "; at last: \($0)" } ?? "")" }
}

/// Asks again and again until there is an answer, and gives it back.
///
/// - Parameters:
///   - awaited: what is waited for, for the error's sentence.
///   - limit: when to give up.
///   - ask: the answer, or nil: not yet. What it throws counts as "not yet" as well, and is told at the end.
@discardableResult
func eventually<Answer>(
    _ awaited: String, within limit: Duration, every pause: Duration = .milliseconds(100), _ ask: () async throws -> Answer?
) async throws -> Answer {
    let end = ContinuousClock.now + limit
    var last: String?
    repeat {
        do {
            if let answer = try await ask() { return answer }
            last = nil
        } catch let error where error is CancellationError || error is Executable.Missing {
            throw error
        } catch {
            last = "\(error)"
        }
        try await Task.sleep(for: pause)
    } while ContinuousClock.now < end
    throw DeadlinePassed(awaited: awaited, limit: limit, last: last)
}

/// As `eventually`, for what is only true or not yet. `state` tells in the error what is the case instead.
func eventually(
    _ awaited: String, within limit: Duration, every pause: Duration = .milliseconds(100), isTrue: () async throws -> Bool
) async throws {
    try await eventually(awaited, within: limit, every: pause) { try await isTrue() ? true : nil }
}
