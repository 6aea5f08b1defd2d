import NIOCore

/// Which of very many addresses one method asks when, and when to stop.
///
///     pass: each address that is still silent, once, by one way ──► next way … next cycle, where it pays ──► last pause ──► finished
///
/// Most addresses of a range are nobody's. The network says so of many of them (`refused`): they are not asked again. Of the others a pass
/// costs seconds. Therefore, once each was asked twice and by every way, only those neighbourhoods (of 256 addresses) are asked again that
/// pay: whose cards that packet loss has hidden so far, as estimated from those that answered late, are worth the time. Cards live
/// together: a neighbourhood of many cards is worth another question sooner than an empty one.
struct ProbeSchedule: Sendable {
    enum Action: Equatable, Sendable {
        case send(index: Int, pass: Int)
        case wait(until: NIODeadline)
        case finished
    }

    /// How often a way is tried at most.
    static let maximumCycles = 4
    /// Questions that each address gets, whatever they are expected to bring.
    static let leastPasses = 2
    /// Expected cards for which a second of sending is worth while, and below which nothing is.
    static let cardsPerSecond = 0.008
    static let leastCards = 0.001

    private enum State: UInt8 { case silent, answered, refused }

    let addresses: AddressList
    /// For each way whether it applies to an address.
    private let ways: [@Sendable (UInt32) -> Bool]
    private let packetsPerSecond: Double
    private let patience: TimeAmount
    private let lastPatience: TimeAmount
    private var states: [State]
    private var yields: [Yield]
    private(set) var pass = -1
    private(set) var answered = 0
    private var queue: [Int32] = []
    private var position = 0
    private var began: NIODeadline?
    private var passBegan: NIODeadline?
    /// When the pass may begin, or the schedule ends.
    private var resumption: NIODeadline?
    private var isEnding = false
    private var isOver = false

    /// What a way has brought.
    private struct Yield: Sendable {
        /// Cards that it is the right way to ask.
        var cards = 0
        /// Of them those that one of its earlier questions, or the answer to it, was lost of.
        var late = 0
        /// Of them those that were found by the question of another way.
        var foundByOthers = 0
        var passes = 0
    }

    /// - Parameters:
    ///   - patience: the time for answers from the beginning of a pass to the next.
    ///   - lastPatience: the time for late answers at the end of a short search. In a long one they have had theirs meanwhile: it ends after
    ///     `patience`.
    init(
        _ addresses: AddressList, ways: [@Sendable (UInt32) -> Bool], packetsPerSecond: Int, patience: TimeAmount = .seconds(1),
        lastPatience: TimeAmount = .seconds(2)
    ) {
        self.addresses = addresses
        self.ways = ways
        self.packetsPerSecond = Double(max(1, packetsPerSecond))
        self.patience = patience
        self.lastPatience = lastPatience
        states = Array(repeating: .silent, count: addresses.count)
        yields = Array(repeating: Yield(), count: ways.count)
    }

    /// The way that a pass asks by.
    func way(of pass: Int) -> Int { ways.isEmpty ? 0 : pass % ways.count }

    /// How far the pass under way is: addresses asked, and to ask.
    var progress: (asked: Int, total: Int) { (position, queue.count) }

    mutating func next(now: NIODeadline) -> Action {
        if let resumption {
            guard now >= resumption else { return .wait(until: resumption) }
            self.resumption = nil
            isOver = isEnding
        }
        guard !isOver else { return .finished }
        while true {
            while position < queue.count {
                let index = Int(queue[position])
                position += 1
                if states[index] == .silent { return .send(index: index, pass: pass) }
            }
            let isFirst = pass < 0
            guard startNextPass() else {
                isEnding = true
                let end = now + (isFirst || answered == addresses.count ? .zero : lastPause(now))
                resumption = end
                return .wait(until: end)
            }
            let start = passBegan.map { max(now, $0 + patience) } ?? now
            began = began ?? start
            passBegan = start
            if start > now {
                resumption = start
                return .wait(until: start)
            }
        }
    }

    private func lastPause(_ now: NIODeadline) -> TimeAmount {
        let isLong = began.map { now - $0 > .nanoseconds(5 * lastPatience.nanoseconds) } ?? false
        return isLong ? patience : lastPatience
    }

    /// Makes up the next pass that pays. False when there is none.
    private mutating func startNextPass() -> Bool {
        pass += 1
        while pass < ways.count * Self.maximumCycles {
            let way = way(of: pass)
            queue = worthAsking(states.indices.filter { states[$0] == .silent && ways[way](addresses[$0]) }, by: way)
            if !queue.isEmpty {
                yields[way].passes += 1
                position = 0
                return true
            }
            pass += 1
        }
        return false
    }

    private func neighbourhood(_ index: Int) -> UInt32 { addresses[index] >> 8 }

    /// Those of the silent addresses that a question may be expected to find cards at; first those in whose neighbourhood there are cards.
    private func worthAsking(_ silent: [Int], by way: Int) -> [Int32] {
        let isDue = pass < max(ways.count, Self.leastPasses)
        var found: [UInt32: Int] = [:]
        for index in states.indices where states[index] == .answered { found[neighbourhood(index), default: 0] += 1 }
        let silentOnes = Dictionary(grouping: silent, by: neighbourhood)
        let hidden = hiddenShare(way)
        let near = silentOnes.filter { place, indexes in
            guard let cards = found[place] else { return false }
            return isDue || pays(Double(cards) * hidden, questions: indexes.count)
        }
        // A card may live alone: as many as were found so, and one more, which is always possible.
        let lonely = Double(1 + found.values.count { $0 == 1 })
        let far = silentOnes.filter { near[$0.key] == nil }
        let paysFar = isDue || pays(lonely * hidden, questions: far.values.reduce(0) { $0 + $1.count })
        let chosen = near.values.joined().sorted() + (paysFar ? far.values.joined().sorted() : [])
        return chosen.map(Int32.init)
    }

    private func pays(_ expectedCards: Double, questions: Int) -> Bool {
        expectedCards > max(Self.leastCards, Double(questions) / packetsPerSecond * Self.cardsPerSecond)
    }

    /// Of the cards that a way is the right one to ask, the part that has not been found yet: each question to them was lost, or the answer.
    private func hiddenShare(_ way: Int) -> Double {
        let found = yields.reduce(0) { $0 + $1.cards }
        let late = yields.reduce(0) { $0 + $1.late }
        let loss = min(0.5, Double(late + 1) / Double(found + 50))
        let chances = yields[way].foundByOthers > 0 ? yields.reduce(0) { $0 + $1.passes } : yields[way].passes
        let share = Double(yields[way].cards + 1) / Double(found + 1)
        return (0..<chances).reduce(share) { hidden, _ in hidden * loss }
    }
}

extension ProbeSchedule {
    /// Notes an answer to a question of a pass. False if there was one from this address already, or it was not asked.
    mutating func answered(_ index: Int, pass: Int) -> Bool {
        guard states.indices.contains(index), (0...max(0, self.pass)).contains(pass), states[index] != .answered else { return false }
        states[index] = .answered
        answered += 1
        return true
    }

    /// What answered a pass's question is a card that is asked by `way` from now on.
    mutating func isCard(by way: Int, foundIn pass: Int) {
        guard yields.indices.contains(way) else { return }
        yields[way].cards += 1
        if pass != way { yields[way].late += 1 }
        if self.way(of: pass) != way { yields[way].foundByOthers += 1 }
    }

    /// Nobody is there, or nobody listens.
    mutating func refused(_ index: Int) {
        guard states.indices.contains(index), states[index] == .silent else { return }
        states[index] = .refused
    }

    /// Somebody else has found it: it needs no question.
    mutating func skip(_ index: Int) { refused(index) }
}
