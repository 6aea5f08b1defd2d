import ArgumentParser

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a program leaves.
enum CommandExit {
    /// Runs `body`; what it throws is told on standard error in a sentence, and the exit code is 1, or 2 where an argument can't be.
    static func explaining(_ command: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as CommandFailure {
            throw leave(command, failure.description, failure.exitCode)
        } catch let failure as CardStartError {
            throw leave(command, failure.description)
        } catch let failure as StateDirectoryError {
            throw leave(command, "can't use \(failure)")
        }
    }

    private static func leave(_ command: String, _ reason: String, _ code: Int32 = 1) -> ExitCode {
        let line = "\(command): \(reason)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        return ExitCode(code)
    }

    /// Prints a line, so that whoever waits for it at the other end of a pipe gets it now.
    static func announce(_ line: String) {
        print(line)
        fflush(nil)
    }
}
