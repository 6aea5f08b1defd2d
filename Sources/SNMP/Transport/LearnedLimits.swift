import NIOCore
import Synchronization

/// How much each agent has shown to be able to answer at once. Forgotten with the process: a card that was upgraded may have got better.
final class LearnedLimits: Sendable {
    private struct Limits: Sendable {
        /// The most names that a GET may ask for: the agent refused, or did not answer, more.
        var names = Int.max
        /// The most names that a GET was answered for.
        var answered = 0
        /// So many names the agent has refused.
        var refused = Int.max
        /// GETs of as many names as may be that were answered since that was decided, and after how many twice as many are tried: what a
        /// request was lost for may have been the network.
        var full = 0
        var fullUntilTrial = 16
        var bulkSize: BulkSize?
        /// The agent answers GETNEXT, and no GET.
        var answersOnlyNext = false

        mutating func noteAnswer(of count: Int) {
            answered = max(answered, count)
            guard count == names, count < refused / 2 else { return }
            full += 1
            guard full >= fullUntilTrial else { return }
            (names, full) = (2 * count, 0)
        }

        mutating func noteLoss(of count: Int) {
            names = max(answered, count / 2)
            (full, fullUntilTrial) = (0, min(2 * fullUntilTrial, 4096))
        }
    }

    /// Further agents are not remembered, only served as if they were new.
    private static let maximumAgents = 65_536

    private let limits = Mutex<[SocketAddress: Limits]>([:])

    func names(for agent: SocketAddress) -> Int { limits.withLock { $0[agent]?.names ?? Int.max } }

    func bulkSize(for agent: SocketAddress) -> BulkSize? { limits.withLock { $0[agent]?.bulkSize } }

    func keep(_ bulkSize: BulkSize, for agent: SocketAddress) { update(agent) { $0.bulkSize = bulkSize } }

    func answersOnlyNext(_ agent: SocketAddress) -> Bool { limits.withLock { $0[agent]?.answersOnlyNext ?? false } }

    func learntOnlyNext(_ agent: SocketAddress) { update(agent) { $0.answersOnlyNext = true } }

    func answered(_ names: Int, by agent: SocketAddress) {
        let isNews = limits.withLock { $0[agent].map { $0.answered < names || $0.names == names } ?? true }
        if isNews { update(agent) { $0.noteAnswer(of: names) } }
    }

    /// An agent found a request of so many names too big.
    func refused(_ names: Int, by agent: SocketAddress) {
        update(agent) { limits in
            limits.refused = min(limits.refused, names)
            limits.names = max(1, min(limits.names, names / 2))
        }
    }

    /// Whether an agent that left a request of so many names unanswered may answer a smaller one: it has done so before. From now on it is
    /// asked for half as many, but not for fewer than it was seen to answer; when it has answered many of those, for more again.
    func mayAnswerLess(than names: Int, _ agent: SocketAddress) -> Bool {
        limits.withLock { limits in
            guard let known = limits[agent], known.answered > 0, names > known.answered else { return false }
            limits[agent]?.noteLoss(of: names)
            return true
        }
    }

    private func update(_ agent: SocketAddress, _ change: (inout Limits) -> Void) {
        limits.withLock { limits in
            guard limits[agent] != nil || limits.count < Self.maximumAgents else { return }
            change(&limits[agent, default: Limits()])
        }
    }
}
