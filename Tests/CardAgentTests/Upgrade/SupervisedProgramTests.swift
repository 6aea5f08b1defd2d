import Glibc
import Testing

@testable import CardAgent

/// Real processes: of the shell, which are gone at once.
struct SupervisedProgramTests {
    /// Starts a line of shell; the descriptor of its health is its first argument.
    private func shell(_ line: String) throws -> SupervisedProgram {
        try SupervisedProgram("/bin/sh", arguments: ["-c", line]) { ["HEALTH=\($0)"] }
    }

    private func ending(of program: SupervisedProgram) async throws -> ProgramEnding? {
        var ending: ProgramEnding?
        _ = try await eventually {
            ending = program.ending()
            return ending != nil
        }
        return ending
    }

    @Test func itsEndIsSeen() async throws {
        #expect(try await ending(of: shell("exit 7")) == .exited(7))
        #expect(try await ending(of: shell("kill -9 $$")) == .killed(by: 9))
    }

    @Test func healthIsHeardOnceHoweverItIsCut() throws {
        var program = try shell("printf heal >/proc/self/fd/$HEALTH; sleep 0.05; printf 'thy\\nhealthy\\n' >/proc/self/fd/$HEALTH")
        var heard = 0
        while true {
            let (isHealthy, isAtEnd) = program.readHealth()
            if isHealthy { heard += 1 }
            if isAtEnd { break }
        }
        #expect(heard == 1)
        close(program.health)
        _ = waitpid(program.process, nil, 0)
    }

    @Test func otherWordsAreNoHealth() throws {
        var program = try shell("echo HEALTHY >/proc/self/fd/$HEALTH; echo healthy >/proc/self/fd/$HEALTH")
        while true {
            let (isHealthy, isAtEnd) = program.readHealth()
            #expect(!isHealthy)
            if isAtEnd { break }
        }
        close(program.health)
        _ = waitpid(program.process, nil, 0)
    }

    @Test func whatIsNoProgramIsToldAsSuch() {
        #expect(throws: SupervisedProgram.NotStarted.self) { try SupervisedProgram("/nonexistent/program", arguments: []) { _ in [] } }
        #expect(throws: SupervisedProgram.NotStarted.self) { try SupervisedProgram("/etc/passwd", arguments: []) { _ in [] } }
    }

    @Test func itHasNoDescriptorsButItsOwn() async throws {
        // Another of ours, which it must not get.
        let other = open("/dev/null", O_RDONLY)
        defer { close(other) }
        let program = try shell("test $(ls /proc/self/fd | wc -l) -le 5 -a -e /proc/self/fd/$HEALTH -a ! -e /proc/$$/fd/\(other)")
        #expect(try await ending(of: program) == .exited(0))
    }

    @Test func signalsReachIt() async throws {
        let program = try shell("exec sleep 30")
        program.send(SIGTERM)
        #expect(try await ending(of: program) == .killed(by: SIGTERM))
    }
}
