import NIOCore

/// Which of very many addresses one method asks when, and when to stop.
///
///     pass: each address that is still silent, once, by one way ──► pause ──► next way … next cycle, if it pays ──► last pause ──► finished
///
/// Most addresses of a range are nobody's. The network says so of many of them (`refused`): they are not asked again. Of the others a pass
/// costs seconds, therefore after the first cycle only those are made that pay: while the cards that packet loss has hidden so far, as
/// estimated from those that answered late, are worth the time.
struct ProbeSchedule: Sendable {
    enum Action: Equatable, Sendable {
        case send(index: Int, pass: Int)
        case wait(until: NIODeadline)
        case finished
    }

    /// How often a way is tried at most.
    static let maximumCycles = 4
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
    ///   - patience: the time for answers between two passes.
    ///   - lastPatience: the time for late answers at the end.
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
                let end = now + (isFirst || answered == addresses.count ? .zero : lastPatience)
                resumption = end
                return .wait(until: end)
            }
            guard isFirst || queue.isEmpty else {
                let start = now + patience
                resumption = start
                return .wait(until: start)
            }
        }
    }

    /// Makes up the next pass that pays. False when there is none.
    private mutating func startNextPass() -> Bool {
        let last = ways.count * Self.maximumCycles
        pass += 1
        while pass < last {
            let way = way(of: pass)
            let silent = states.indices.filter { states[$0] == .silent && ways[way](addresses[$0]) }
            if !silent.isEmpty, pass < ways.count || pays(way, count: silent.count) {
                yields[way].passes += 1
                // Where cards were found more are likely: first the silent addresses of their neighbourhoods.
                let near = neighbourhoods
                queue = (silent.filter { near.contains(addresses[$0] >> 8) } + silent.filter { !near.contains(addresses[$0] >> 8) })
                    .map(Int32.init)
                position = 0
                return true
            }
            pass += 1
        }
        return false
    }

    private var neighbourhoods: Set<UInt32> {
        guard pass > 0 else { return [] }
        return Set(states.indices.lazy.filter { states[$0] == .answered }.map { addresses[$0] >> 8 })
    }

    private func pays(_ way: Int, count: Int) -> Bool {
        let cost = Double(count) / packetsPerSecond
        return expectedCards(way) > max(Self.leastCards, cost * Self.cardsPerSecond)
    }

    /// How many cards one more pass by a way may be expected to find. One card more than were found is always possible.
    private func expectedCards(_ way: Int) -> Double {
        let found = yields.reduce(0) { $0 + $1.cards }
        let late = yields.reduce(0) { $0 + $1.late }
        let loss = min(0.5, Double(late + 1) / Double(found + 50))
        var chances = yields[way].passes
        if yields[way].foundByOthers > 0 { chances = yields.reduce(0) { $0 + $1.passes } }
        var expected = Double(yields[way].cards + 1)
        for _ in 0..<chances { expected *= loss }
        return expected
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
