import SNMP
import Synchronization

/// The agent that runs, and its counters, for objects that are made before it. An agent that takes another's place counts on.
final class AgentStatisticsSource: Sendable {
    private struct Followed: Sendable {
        weak var agent: SNMPAgent?
        /// Of the agent before.
        var last = AgentStatistics()
    }

    private let followed = Mutex(Followed())

    func follow(_ agent: SNMPAgent) { followed.withLock { $0.agent = agent } }

    var agent: SNMPAgent? { followed.withLock { $0.agent } }

    var current: AgentStatistics { followed.withLock { $0.agent?.statistics ?? $0.last } }

    /// The agent's last counters, before it goes.
    func keep(_ statistics: AgentStatistics) { followed.withLock { $0.last = statistics } }
}
