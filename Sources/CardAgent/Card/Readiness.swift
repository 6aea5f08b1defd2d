import Synchronization

/// Calls somebody once, when as many parts as are expected have said that they are ready.
final class Readiness: Sendable {
    private let missing: Mutex<Int>
    private let action: @Sendable () -> Void

    init(expecting parts: Int, then action: @escaping @Sendable () -> Void) {
        missing = Mutex(parts)
        self.action = action
    }

    var isComplete: Bool { missing.withLock { $0 <= 0 } }

    func partIsReady() {
        let isComplete = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isComplete { action() }
    }
}
