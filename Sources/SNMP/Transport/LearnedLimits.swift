import NIOCore
import Synchronization

/// How much each agent has shown to be able to answer at once. Forgotten with the process: a card that was upgraded may have got better.
final class LearnedLimits: Sendable {
    private struct Limits: Sendable {
        /// The most names that a GET may ask for: the agent refused, or did not answer, more.
        var names = Int.max
        /// The most names that a GET was answered for.
        var answered = 0
        var bulkSize: BulkSize?
        /// The agent answers GETNEXT, and no GET.
        var answersOnlyNext = false
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
        let isKnown = limits.withLock { ($0[agent]?.answered ?? 0) >= names }
        if !isKnown { update(agent) { $0.answered = max($0.answered, names) } }
    }

    /// An agent found a request of so many names too big.
    func refused(_ names: Int, by agent: SocketAddress) { update(agent) { $0.names = max(1, min($0.names, names / 2)) } }

    /// Whether an agent that left a request of so many names unanswered may answer a smaller one: it has done so before. From now on it is
    /// asked for half as many, but not for fewer than it was seen to answer.
    func mayAnswerLess(than names: Int, _ agent: SocketAddress) -> Bool {
        limits.withLock { limits in
            guard let known = limits[agent], known.answered > 0, names > known.answered else { return false }
            limits[agent]?.names = max(known.answered, names / 2)
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
