package import NIOCore

/// Which of many addresses to ask when: each once per round at a steady rate, later rounds only those that have not answered.
///
///     next ──► send(index) … wait(until) … send … ──► (rounds over) wait for late answers ──► finished
///
/// An answer is matched by its request id alone: the id is the address's index plus a random base. Hence a sweep of any size needs one bit
/// of memory an address, and no table.
package struct SweepSchedule: Sendable {
    package enum Action: Equatable, Sendable {
        case send(index: Int)
        case wait(until: NIODeadline)
        case finished
    }

    /// Request ids leave room for this many addresses above a random base.
    package static let maximumCount = 1 << 24
    /// Sends come in bursts of what this time holds; a sender that was late catches up at most as much again.
    static let tick = TimeAmount.milliseconds(5)

    package let count: Int
    package private(set) var sent = 0
    package private(set) var answered = 0
    private let firstID: Int32
    private let interval: Int64
    private let patience: TimeAmount
    private var roundsLeft: Int
    private var answers: [UInt64]
    private var position = 0
    private var nextSend: NIODeadline
    private var roundStart: NIODeadline
    private var end: NIODeadline?

    /// - Parameters:
    ///   - patience: the least time between two sends to one address, and the wait after the last.
    ///   - random: any number; it makes the ids hard to guess.
    package init(count: Int, packetsPerSecond: Int, rounds: Int, patience: TimeAmount, random: UInt32, start: NIODeadline) {
        self.count = max(0, min(count, Self.maximumCount))
        firstID = Int32(random % UInt32(Int32.max - Int32(self.count)))
        interval = 1_000_000_000 / Int64(max(1, min(packetsPerSecond, 1_000_000)))
        self.patience = patience
        roundsLeft = max(1, rounds)
        answers = [UInt64](repeating: 0, count: self.count / 64 + 1)
        nextSend = start
        roundStart = start
    }

    package func requestID(of index: Int) -> Int32 { firstID + Int32(index) }

    /// The index of the address that was asked with this id.
    package func index(of requestID: Int32) -> Int? {
        let index = Int(requestID) - Int(firstID)
        return (0..<count).contains(index) ? index : nil
    }

    /// Notes an answer. False if there was one from this address already.
    package mutating func received(_ index: Int) -> Bool {
        guard !hasAnswered(index) else { return false }
        answers[index / 64] |= 1 << UInt64(index % 64)
        answered += 1
        return true
    }

    private func hasAnswered(_ index: Int) -> Bool { answers[index / 64] & 1 << UInt64(index % 64) != 0 }

    package mutating func next(now: NIODeadline) -> Action {
        guard answered < count else { return .finished }
        if let end { return now < end ? .wait(until: end) : .finished }
        guard now >= nextSend else { return .wait(until: max(nextSend, now + Self.tick)) }
        while position < count, hasAnswered(position) { position += 1 }
        guard position < count else { return startNextRound(now: now) }
        nextSend = max(nextSend, now - (Self.tick * 2)) + .nanoseconds(interval)
        defer { position += 1 }
        sent += 1
        return .send(index: position)
    }

    private mutating func startNextRound(now: NIODeadline) -> Action {
        roundsLeft -= 1
        guard roundsLeft > 0 else {
            end = now + patience
            return .wait(until: now + patience)
        }
        position = 0
        nextSend = max(now, roundStart + patience)
        roundStart = nextSend
        return .wait(until: max(nextSend, now + Self.tick))
    }
}
