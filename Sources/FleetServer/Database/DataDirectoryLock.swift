import Glibc

/// Keeps a second server off a data directory: two would fight for its databases, and raise each alarm twice.
///
/// The kernel lets go of the lock when the process ends, however it ends.
final class DataDirectoryLock: Sendable {
    private let descriptor: Int32

    /// Throws `DataDirectoryInUse` where another process holds it.
    init(path: String) throws {
        descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataDirectoryUnusable(path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw DataDirectoryInUse(path: path)
        }
    }

    deinit { close(descriptor) }
}

struct DataDirectoryInUse: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "Another FleetServer runs on the data directory \(path). Stop it, or choose another directory with --data."
    }
}
