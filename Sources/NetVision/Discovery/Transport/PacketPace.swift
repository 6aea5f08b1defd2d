import NIOCore
import Synchronization

/// The one packet budget of a search: all its methods take from it.
final class PacketPace: Sendable {
    private let budget: Mutex<PacketBudget>

    init(packetsPerSecond: Int) {
        budget = Mutex(PacketBudget(packetsPerSecond: packetsPerSecond, now: .now()))
    }

    func take(now: NIODeadline, isSpare: Bool) -> Bool { budget.withLock { $0.take(now: now, isSpare: isSpare) } }

    /// Waits for so many packets.
    func take(_ count: Int) async throws {
        for _ in 0..<count {
            while !budget.withLock({ $0.take(now: .now()) }) {
                try await Task.sleep(for: .nanoseconds(PacketBudget.wait.nanoseconds))
            }
        }
    }
}
