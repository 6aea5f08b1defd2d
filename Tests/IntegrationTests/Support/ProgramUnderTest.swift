import Foundation
import Testing

/// A program that serves while a test uses it, with what it says. It is ended by its pid, whatever the test does.
struct ProgramUnderTest: Sendable {
    let name: String
    let process: ChildProcess
    private let output: URL
    private let errors: URL

    /// How long a program may take to leave by itself after SIGTERM.
    static let farewell = Duration.seconds(10)

    /// Starts `executable`, lends it to `body` and ends it.
    ///
    /// - Parameter namespace: the network namespace that it runs in; nil: ours.
    static func with<Result>(
        executable: String, _ arguments: [String], in scratch: Scratch, namespace: String? = nil, environment: [String: String] = [:],
        _ body: (ProgramUnderTest) async throws -> Result
    ) async throws -> Result {
        let program = try start(executable: executable, arguments, in: scratch, namespace: namespace, environment: environment)
        do {
            let result = try await body(program)
            await program.end()
            return result
        } catch {
            await program.end()
            throw Failed(name: program.name, error: error, words: program.lastWords)
        }
    }

    /// As `with`, for who ends it himself by `end()` or `crash()`.
    static func start(
        executable: String, _ arguments: [String], in scratch: Scratch, namespace: String? = nil, environment: [String: String] = [:]
    ) throws -> ProgramUnderTest {
        let name = URL(filePath: executable).lastPathComponent
        let folder = scratch.unusedName(name)
        let output = try scratch.write("", as: "\(folder)/output")
        let errors = try scratch.write("", as: "\(folder)/errors")
        // `ip netns exec` becomes the program: its pid is the program's.
        let place = namespace.map { ["netns", "exec", $0, executable] }
        let process = try ChildProcess(
            .init(
                executable: place == nil ? executable : Executable.peer("ip"), arguments: (place ?? []) + arguments,
                environment: Executable.environment(home: scratch.folder.path, environment), output: output, errors: errors))
        OrphanWatch.shared.started(process.pid)
        return ProgramUnderTest(name: name, process: process, output: URL(filePath: output), errors: URL(filePath: errors))
    }

    struct Failed: Error, CustomStringConvertible {
        let name: String
        let error: any Error
        let words: String

        var description: String { "\(error)\n\(name) said last:\n\(words)" }
    }

    struct EndedEarly: Error, CustomStringConvertible {
        let description: String
    }

    /// All that it has printed on standard output so far.
    var said: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// All that it has printed on standard error so far.
    var logged: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    var lastWords: String {
        (said + logged).split(separator: "\n").suffix(12).map { "  \($0)" }.joined(separator: "\n")
    }

    /// Waits for a line of standard output that contains `text`.
    @discardableResult
    func line(containing text: String, within limit: Duration = .seconds(20)) async throws -> String {
        try await ready("\(name) says \"\(text)\"", within: limit) {
            said.split(separator: "\n").first { $0.contains(text) }.map(String.init)
        }
    }

    /// Waits until `ask` has an answer, but not longer than the program lives.
    @discardableResult
    func ready<Answer: Sendable>(
        _ awaited: String, within limit: Duration = .seconds(20), _ ask: () async throws -> Answer?
    ) async throws -> Answer {
        let found = try await eventually(awaited, within: limit, every: .milliseconds(50)) { () -> Result<Answer, EndedEarly>? in
            if let ending = process.poll() { return .failure(EndedEarly(description: "\(awaited): but it \(ending) before")) }
            return try await ask().map { .success($0) }
        }
        return try found.get()
    }

    /// Asks it to end, and makes it end. That it had to be made, or ended before or badly, is a failure; a `crash()` is not.
    func end() async {
        let early = process.poll()
        if early == nil { process.signal(SIGTERM) }
        // A task of its own, awaited here: that the test was cancelled must not shorten the wait.
        let ending = await Task.detached { [process] in
            try? await eventually("\(process.pid) ends", within: Self.farewell, every: .milliseconds(20)) { process.poll() }
        }.value
        process.killGroup()
        OrphanWatch.shared.ended(process.pid)
        if let early {
            if early != .killed(by: SIGKILL) { Issue.record("\(name) \(early) by itself:\n\(lastWords)") }
        } else if ending != .exited(0) {
            let found = ending.map { "\($0)" } ?? "did not end within \(Self.farewell)"
            Issue.record("\(name) \(found) after SIGTERM, and should exit with 0:\n\(lastWords)")
        }
    }

    /// Ends it at once, as what is needed no more and isn't ours.
    func discard() {
        process.killGroup()
        // SIGKILL is obeyed at once; this sees the end, so that no zombie stays.
        for _ in 0..<200 where process.poll() == nil { usleep(10_000) }
        OrphanWatch.shared.ended(process.pid)
    }

    /// Ends it as a power cut would.
    func crash() async throws {
        process.killGroup()
        try await eventually("\(name) is dead", within: .seconds(5), every: .milliseconds(10)) { process.poll() }
        OrphanWatch.shared.ended(process.pid)
    }
}
