/// `/stream`, as curl writes it down.
struct EventStream {
    struct Event: Sendable {
        let type: String
        let data: JSON
    }

    private let program: ProgramUnderTest

    /// Listens while `body` runs; it begins when the server has answered.
    static func with(_ client: WebClient, _ body: (EventStream) async throws -> Void) async throws {
        let headers = client.headers.map { ["-H", "@\($0)"] } ?? []
        let program = try ProgramUnderTest.start(
            executable: Executable.peer("curl"),
            ["-q", "-sS", "-N", "-i", "--noproxy", "*", "-H", "Accept: text/event-stream"] + headers + ["\(client.base)/api/v1/stream"],
            in: client.scratch)
        defer { program.discard() }
        try await program.line(containing: "text/event-stream")
        try await body(EventStream(program: program))
    }

    /// All that has come so far.
    var events: [Event] {
        let text = program.said.replacing("\r\n", with: "\n")
        return text.split(separator: "\n\n").compactMap { block in
            let fields = block.split(separator: "\n").reduce(into: [String: String]()) { fields, line in
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { return }
                fields[String(parts[0]), default: ""] += parts[1].drop { $0 == " " }
            }
            guard let type = fields["event"], let data = fields["data"].flatMap({ try? JSON(parsing: $0) }) else { return nil }
            return Event(type: type, data: data)
        }
    }
}
