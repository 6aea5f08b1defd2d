import ArgumentParser

/// How the program ends: documented in `docs/nvexplorer.md` and in the help.
enum ProgramExit: Int32, Sendable {
    case done = 0
    /// Something did not work; of several cards, at least one.
    case failed = 1
    case usage = 2
    /// The server or the card does not answer.
    case unreachable = 3
    /// Nobody is logged in, or the server or the card refuses.
    case refused = 4
    /// There is what a check was asked to look for: critical alarms that nobody has acknowledged.
    case alarming = 5

    var exitCode: ExitCode { ExitCode(rawValue) }
}

/// Why a command can't do what it was asked for: a sentence that says what to do, and the exit code.
struct CommandFailure: Error, Sendable, Equatable, CustomStringConvertible {
    let code: ProgramExit
    let description: String
    /// Whatever else was to be done would fail the same way: the server is away, or nobody who may do it is logged in.
    let isGeneral: Bool

    init(_ code: ProgramExit, _ description: String, isGeneral: Bool = false) {
        self.code = code
        self.description = description
        self.isGeneral = isGeneral
    }

    /// Everything was told already: only the exit code is left.
    static let told = CommandFailure(.failed, "")

    /// What comes after a failure that ends everything.
    static func untried(_ end: CommandFailure?) -> CommandFailure { CommandFailure(end?.code ?? .failed, "Not tried.") }
}
