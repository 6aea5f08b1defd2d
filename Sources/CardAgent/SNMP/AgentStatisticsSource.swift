import SNMP
import Synchronization

/// The counters of an agent that is made after the objects which show them.
final class AgentStatisticsSource: Sendable {
    private struct Weak: Sendable {
        weak let agent: SNMPAgent?
    }

    private let followed = Mutex(Weak(agent: nil))

    func follow(_ agent: SNMPAgent) { followed.withLock { $0 = Weak(agent: agent) } }

    var current: AgentStatistics { followed.withLock { $0.agent }?.statistics ?? AgentStatistics() }
}
