package import SNMP
import Synchronization

/// How far a running search is, by method.
package final class SearchMonitor: Sendable {
    private let sources = Mutex<[DiscoveryMethod: @Sendable () -> MethodProgress]>([:])

    private let refused = Mutex<[String: SNMPSecurityError]>([:])
    private static let maximumRefusals = 4096

    package init() {}

    /// What agents had against a user, by their addresses. The last one of each; of so many as it can keep.
    package var refusals: [String: SNMPSecurityError] { refused.withLock { $0 } }

    package var progress: [DiscoveryMethod: MethodProgress] { sources.withLock { $0 }.mapValues { $0() } }

    func follow(_ method: DiscoveryMethod, _ source: @Sendable @escaping () -> MethodProgress) {
        sources.withLock { $0[method] = source }
    }

    func refuses(_ address: String, _ error: SNMPSecurityError) {
        refused.withLock { refused in
            if refused.count < Self.maximumRefusals || refused[address] != nil { refused[address] = error }
        }
    }
}
