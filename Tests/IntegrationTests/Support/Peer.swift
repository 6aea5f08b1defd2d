import Foundation
import Testing

/// A program that runs to its end: another's, or one of our commands.
struct Peer {
    struct Output: Sendable, CustomStringConvertible {
        let ending: ChildProcess.Ending
        let text: String
        let errors: String

        var lines: [String] { text.split(whereSeparator: \.isNewline).map(String.init) }
        var exitCode: Int32? { if case .exited(let code) = ending { code } else { nil } }
        var description: String { "\(ending), says \"\(text.suffix(600))\" and \"\(errors.suffix(600))\"" }
    }

    /// Runs another program to its end.
    static func run(
        _ name: String, _ arguments: [String], in scratch: Scratch, input: String? = nil, environment: [String: String] = [:],
        within limit: Duration = .seconds(20)
    ) async throws -> Output {
        try await run(
            executable: Executable.peer(name), arguments, in: scratch, input: input, environment: environment, within: limit)
    }

    /// Runs one of our commands to its end.
    static func runBuilt(
        _ name: String, _ arguments: [String], in scratch: Scratch, input: String? = nil, environment: [String: String] = [:],
        within limit: Duration = .seconds(30)
    ) async throws -> Output {
        try await run(
            executable: Executable.built(name), arguments, in: scratch, input: input, environment: environment, within: limit)
    }

    private static func run(
        executable: String, _ arguments: [String], in scratch: Scratch, input: String?, environment: [String: String],
        within limit: Duration
    ) async throws -> Output {
        let place = scratch.unusedName("run")
        let output = try scratch.write("", as: "\(place)/output")
        let errors = try scratch.write("", as: "\(place)/errors")
        let source = try input.map { try scratch.write($0, as: "\(place)/input") } ?? "/dev/null"
        defer { try? FileManager.default.removeItem(atPath: scratch.path(place)) }
        let process = try ChildProcess(
            .init(
                executable: executable, arguments: arguments, environment: Executable.environment(home: scratch.folder.path, environment),
                input: source, output: output, errors: errors))
        OrphanWatch.shared.started(process.pid)
        defer {
            process.killGroup()
            OrphanWatch.shared.ended(process.pid)
        }
        let name = URL(filePath: executable).lastPathComponent
        let ending = try await eventually("\(name) \(arguments.joined(separator: " ")) ends", within: limit, every: .milliseconds(10)) {
            process.poll()
        }
        return Output(ending: ending, text: read(output), errors: read(errors))
    }

    private static func read(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
