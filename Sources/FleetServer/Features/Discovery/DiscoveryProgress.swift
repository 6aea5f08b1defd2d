import NetVision
import Synchronization

/// How far a search is.
struct DiscoveryProgress: Sendable, Equatable {
    var methods: [DiscoveryMethod: MethodProgress] = [:]

    /// Addresses that were asked so far by each method, and that will be, all methods together.
    var probed: Int { methods.values.reduce(0) { $0 + min($1.probed, $1.total) } }
    var total: Int { methods.values.reduce(0) { $0 + $1.total } }
}

/// The progress of the searches under way and of the last ones.
final class DiscoveryProgressBoard: Sendable {
    static let capacity = 64
    private let monitors = Mutex<[Int64: (methods: [DiscoveryMethod], monitor: SearchMonitor)]>([:])

    func value(_ discovery: Int64) -> DiscoveryProgress {
        guard let (methods, monitor) = monitors.withLock({ $0[discovery] }) else { return DiscoveryProgress() }
        let progress = monitor.progress
        return DiscoveryProgress(methods: Dictionary(uniqueKeysWithValues: methods.map { ($0, progress[$0] ?? MethodProgress()) }))
    }

    func follow(_ discovery: Int64, _ methods: [DiscoveryMethod], _ monitor: SearchMonitor) {
        monitors.withLock { monitors in
            monitors[discovery] = (methods, monitor)
            if monitors.count > Self.capacity, let oldest = monitors.keys.min() { monitors[oldest] = nil }
        }
    }
}
