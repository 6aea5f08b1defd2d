#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a state directory for one program: two that write it would undo each other's changes.
///
/// A lock of the file `lock`, which the system takes back when its holder ends, however that happens.
struct StateLock: Sendable {
    private let descriptor: CInt

    /// Nil where another program has the directory.
    init?(_ directory: String) throws(StateDirectoryError) {
        let path = "\(directory)/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateDirectoryError(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw StateDirectoryError(path: path, errno: code)
        }
    }

    /// Waits `patience` for a program that is about to end.
    static func held(_ directory: String, patience: Duration = .zero) async throws -> StateLock {
        let deadline = ContinuousClock.now + patience
        while true {
            if let lock = try StateLock(directory) { return lock }
            guard ContinuousClock.now < deadline else {
                throw CommandFailure("the card of \(directory) runs: stop it first (its state directory is locked).")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    func release() { close(descriptor) }
}
