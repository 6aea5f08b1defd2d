import CProcess
import Glibc

/// A program that a supervisor has started, and the pipe by which it tells its health.
struct SupervisedProgram {
    let process: pid_t
    /// The reading end.
    let health: CInt
    private var heard: [UInt8] = []

    struct NotStarted: Error, CustomStringConvertible {
        let code: Int32

        var description: String {
            let reason = String(cString: strerror(code))
            return code == EACCES ? "\(reason) (its file system may be mounted noexec)" : reason
        }
    }

    /// - Parameter variables: of the environment, made when the descriptor that the program inherits is known.
    init(_ path: String, arguments: [String], variables: (_ health: CInt) -> [String]) throws(NotStarted) {
        var reading: CInt = -1
        var writing: CInt = -1
        let failure = process_pipe(&reading, &writing)
        guard failure == 0 else { throw NotStarted(code: -failure) }
        defer { close(writing) }
        let process = CStrings.with([path] + arguments) { arguments in
            CStrings.with(variables(writing)) { variables in process_start(path, arguments, variables, writing) }
        }
        guard process > 0 else {
            close(reading)
            throw NotStarted(code: -process)
        }
        self.process = process
        health = reading
    }

    /// Reads what there is; true when it says for the first time that it is healthy. False, and at an end, when the other end is closed.
    mutating func readHealth() -> (isHealthy: Bool, isAtEnd: Bool) {
        var octets = [UInt8](repeating: 0, count: 64)
        let count = read(health, &octets, octets.count)
        guard count > 0 else { return (false, count == 0 || errno != EINTR) }
        let before = heard.count
        let word = Array(FirmwareHandover.healthy.utf8)
        heard.append(contentsOf: octets.prefix(min(count, word.count - min(before, word.count))))
        return (before < word.count && heard == word, false)
    }

    /// How it ended; nil while it runs.
    func ending() -> ProgramEnding? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process ? ProgramEnding(waitStatus: status) : nil
    }

    /// Before its end has been seen only: later the number may be another's.
    func send(_ signal: Int32) { kill(process, signal) }
}
