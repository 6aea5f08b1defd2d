import Foundation
import Synchronization

/// A shell that ends what is still running when the tests themselves are ended, however that happens.
///
/// It reads `start PID` and `end PID` from a pipe; the pipe's end is the tests' end.
final class OrphanWatch: Sendable {
    static let shared = OrphanWatch()

    private static let script = """
        pids=
        while read -r word pid; do
            rest=
            for other in $pids; do [ "$other" = "$pid" ] || rest="$rest $other"; done
            pids=$rest
            [ "$word" = end ] || pids="$pids $pid"
        done
        for pid in $pids; do kill -9 "-$pid"; done
        """

    private let pipe: Mutex<Int32>

    private init() {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
            pipe = Mutex(-1)
            return
        }
        let order = ChildProcess.Order(
            executable: "/bin/sh", arguments: ["-c", Self.script], environment: [:], output: "/dev/null", errors: "/dev/null",
            inputDescriptor: ends[0])
        _ = try? ChildProcess(order)
        close(ends[0])
        pipe = Mutex(ends[1])
    }

    func started(_ pid: pid_t) { tell("start \(pid)\n") }

    func ended(_ pid: pid_t) { tell("end \(pid)\n") }

    private func tell(_ line: String) {
        pipe.withLock { descriptor in
            guard descriptor >= 0 else { return }
            _ = line.withCString { write(descriptor, $0, strlen($0)) }
        }
    }
}
