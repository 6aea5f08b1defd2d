import ArgumentParser
import Testing

@testable import nvexplorer

/// The command that a line means.
func parsed<Command>(_ line: [String], as: Command.Type) throws -> Command {
    try #require(try NVExplorer.parseAsRoot(line) as? Command)
}
