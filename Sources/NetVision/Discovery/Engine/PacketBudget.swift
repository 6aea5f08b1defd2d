import NIOCore

/// So many packets a second: never more within any second, however they are taken.
///
/// Two limits: few packets at once (those of 50 ms), at a rate somewhat above the wanted one, so that a sender whom a busy machine wakes late
/// catches up; and the sum of the last second.
struct PacketBudget: Sendable {
    private static let slot = TimeAmount.milliseconds(10)
    /// A second, and the slot under way.
    private static let slots = 101
    private static let catchingUp = 1.25

    private let limit: Int
    private let burst: Double
    private var available: Double
    private var filled: NIODeadline
    /// What was taken in each slot of the last second.
    private var taken = [Int](repeating: 0, count: PacketBudget.slots)
    private var sum = 0
    private var lastSlot: Int64

    init(packetsPerSecond: Int, now: NIODeadline) {
        limit = max(1, packetsPerSecond)
        burst = max(1, (Double(limit) / 20).rounded(.down))
        available = burst
        filled = now
        lastSlot = Self.number(now)
    }

    private static func number(_ time: NIODeadline) -> Int64 {
        Int64(clamping: time.uptimeNanoseconds / UInt64(slot.nanoseconds))
    }

    /// Takes one packet if there is one.
    ///
    /// - Parameter isSpare: only of what others leave: such takers wait while somebody uses the budget up.
    mutating func take(now: NIODeadline, isSpare: Bool = false) -> Bool {
        advance(to: now)
        guard sum < (isSpare ? max(1, limit - limit / 10) : limit), available >= (isSpare ? max(1, burst / 2) : 1) else { return false }
        available -= 1
        sum += 1
        taken[Int(lastSlot % Int64(Self.slots))] += 1
        return true
    }

    /// A clock that goes backwards changes nothing.
    private mutating func advance(to now: NIODeadline) {
        guard now > filled else { return }
        available = min(burst, available + Double((now - filled).nanoseconds) / 1e9 * Double(limit) * Self.catchingUp)
        filled = now
        let current = Self.number(now)
        for number in max(lastSlot + 1, current - Int64(Self.slots) + 1)..<max(current + 1, lastSlot + 1) {
            let place = Int(number % Int64(Self.slots))
            sum -= taken[place]
            taken[place] = 0
        }
        lastSlot = max(lastSlot, current)
    }

    /// How long who could not take one may wait before the next try.
    static let wait = TimeAmount.milliseconds(3)
}
