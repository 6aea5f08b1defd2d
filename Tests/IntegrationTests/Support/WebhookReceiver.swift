import Foundation

/// The far end of a webhook, which isn't ours: it writes down what it is told, and when.
struct WebhookReceiver: Sendable {
    struct Message: Sendable {
        /// The server's id of it, the same whenever it is sent.
        let id: String
        let at: Date
        let body: JSON
    }

    private let endpoint: String
    private let scratch: Scratch
    private let namespace: String?
    /// Seconds from writing it down to the answer.
    private let delay: Double
    private let stem: String

    var url: String { "http://\(endpoint)/hook" }

    init(_ endpoint: String, in scratch: Scratch, namespace: String? = nil, delay: Double = 0) {
        self.endpoint = endpoint
        self.scratch = scratch
        self.namespace = namespace
        self.delay = delay
        stem = scratch.unusedName("webhook")
    }

    /// Answers while `body` runs.
    func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        let program = try await start()
        defer { program.discard() }
        return try await body()
    }

    /// Answers until the program is discarded.
    func start() async throws -> ProgramUnderTest {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "alarms/webhook.py")
        let parts = endpoint.split(separator: ":").map(String.init)
        let program = try ProgramUnderTest.start(
            executable: Executable.peer("python3"),
            [script.path, parts[0], parts[1], file, "--delay", "\(delay)", "--failing", flag], in: scratch, namespace: namespace)
        do {
            try await program.line(containing: "listening")
        } catch {
            program.discard()
            throw error
        }
        return program
    }

    /// Whether it answers 503 from now on.
    func fail(_ fails: Bool) throws {
        if fails { try scratch.write("", as: "\(stem).failing") } else { try FileManager.default.removeItem(atPath: flag) }
    }

    /// All that it was told and did not refuse, in the order of their arrival.
    var messages: [Message] { heard.filter { $0.status == 200 }.map(\.message) }

    /// How often it has refused something.
    var refusals: Int { heard.count { $0.status != 200 } }

    private var heard: [(status: Int?, message: Message)] {
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            guard let line = try? JSON(parsing: String(line)), let at = line["at"]?.number else { return nil }
            let message = Message(id: line["id"]?.string ?? "", at: Date(timeIntervalSince1970: at), body: line["body"] ?? .null)
            return (line["status"]?.int, message)
        }
    }

    private var file: String { scratch.path("\(stem).messages") }
    private var flag: String { scratch.path("\(stem).failing") }
}
