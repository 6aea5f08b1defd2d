import NIOCore
import Synchronization

/// The open connections of a listener, and its counters. Both are bounded: an address has a share of the connections only.
final class SyslogConnections: Sendable {
    private struct State: Sendable {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var byAddress: [String: Int] = [:]
        var statistics = SyslogStatistics()
        var isOver = false
    }

    private let limit: Int
    private let limitOfAddress: Int
    private let state = Mutex(State())

    init(limit: Int, limitOfAddress: Int) {
        self.limit = limit
        self.limitOfAddress = limitOfAddress
    }

    var statistics: SyslogStatistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.connections = state.channels.count
            return statistics
        }
    }

    func count(_ change: (inout SyslogStatistics) -> Void) { state.withLock { change(&$0.statistics) } }

    /// False if there are too many already.
    func admit(_ channel: any Channel, from address: String) -> Bool {
        state.withLock { state in
            guard !state.isOver, state.channels.count < limit, state.byAddress[address, default: 0] < limitOfAddress else {
                state.statistics.refused &+= 1
                return false
            }
            state.channels[ObjectIdentifier(channel)] = channel
            state.byAddress[address, default: 0] += 1
            state.statistics.accepted &+= 1
            return true
        }
    }

    func leave(_ channel: any Channel, from address: String) {
        state.withLock { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            let left = (state.byAddress[address] ?? 1) - 1
            state.byAddress[address] = left > 0 ? left : nil
        }
    }

    /// Closes what is open, and refuses what comes.
    func end() async {
        let channels = state.withLock { state in
            state.isOver = true
            return Array(state.channels.values)
        }
        for channel in channels { channel.close(promise: nil) }
        // A connection that is closed already says so by an error.
        for channel in channels { try? await channel.closeFuture.get() }
    }
}
