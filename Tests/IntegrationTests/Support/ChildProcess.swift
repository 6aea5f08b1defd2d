import Foundation
import Synchronization

/// A process that we started, leader of a group of its own, known by its pid until its end has been seen.
///
/// `Foundation.Process` isn't used: it isn't Sendable, and can't end the children of what it started.
final class ChildProcess: Sendable {
    enum Ending: Equatable, Sendable, CustomStringConvertible {
        case exited(Int32)
        case killed(by: Int32)

        init(waitStatus status: Int32) {
            let signal = status & 0x7F
            self = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(by: signal)
        }

        var description: String {
            switch self {
            case .exited(let code): "exited with \(code)"
            case .killed(let signal): "was ended by signal \(signal)"
            }
        }
    }

    /// What to start, and where its standard streams are. Paths are absolute.
    struct Order {
        var executable: String
        var arguments: [String]
        var environment: [String: String]
        var input = "/dev/null"
        var output: String
        var errors: String
        /// Read from this descriptor instead of the file `input`.
        var inputDescriptor: Int32?
    }

    let pid: pid_t
    private let ending = Mutex<Ending?>(nil)

    init(_ order: Order) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        if let descriptor = order.inputDescriptor {
            posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, order.input, O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, order.output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, order.errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var pid: pid_t = 0
        let arguments = [order.executable] + order.arguments
        let environment = order.environment.map { "\($0.key)=\($0.value)" }
        let code = Self.withStrings(arguments) { argv in
            Self.withStrings(environment) { environ in posix_spawn(&pid, order.executable, &actions, &attributes, argv, environ) }
        }
        guard code == 0 else { throw NotStarted(executable: order.executable, reason: String(cString: strerror(code))) }
        self.pid = pid
    }

    struct NotStarted: Error, CustomStringConvertible {
        let executable: String
        let reason: String

        var description: String { "\(executable) can't be started: \(reason)" }
    }

    private static func withStrings<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }

    /// How it ended; nil while it runs.
    func poll() -> Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid { ending = Ending(waitStatus: status) }
            return ending
        }
    }

    /// Sends a signal to it alone; nothing happens when it has ended, so that no other process can be hit.
    func signal(_ number: Int32) {
        guard poll() == nil else { return }
        kill(pid, number)
    }

    /// Ends it and all that it started.
    func killGroup() {
        guard poll() == nil else { return }
        kill(-pid, SIGKILL)
    }

    /// Its resident memory in bytes; nil when it has ended.
    var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8) else { return nil }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return pages.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
    }
}
