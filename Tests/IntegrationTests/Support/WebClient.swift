import Foundation

/// Speaks HTTP and JSON by curl: a client that isn't ours.
struct WebClient: Sendable {
    let base: String
    let scratch: Scratch
    /// A file of request headers, which curl reads: a token is no process argument.
    var headers: String?
    /// The network namespace that curl runs in; nil: ours.
    var namespace: String?

    struct Answer: Sendable, CustomStringConvertible {
        let status: Int
        let contentType: String
        let text: String

        var json: JSON? { try? JSON(parsing: text) }
        var description: String { "\(status) \(contentType): \(text.prefix(600))" }
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - body: sent as JSON. - raw: sent as it is, as JSON or as `type` says. - file: sent as it is.
    func call(
        _ method: String, _ path: String, body: JSON? = nil, raw: String? = nil, file: String? = nil, type: String = "application/json",
        headers more: [String] = [], within limit: Int = 30
    ) async throws -> Answer {
        var arguments = ["-q", "-sS", "-g", "--noproxy", "*", "-m", "\(limit)", "-X", method, "-w", "\n%{http_code} %{content_type}"]
        if let headers { arguments += ["-H", "@\(headers)"] }
        for header in more { arguments += ["-H", header] }
        let input = raw ?? body?.text
        if input != nil || file != nil { arguments += ["-H", "Content-Type: \(type)", "--data-binary", "@\(file ?? "-")"] }
        let place = namespace.map { ["netns", "exec", $0, "curl"] }
        let output = try await Peer.run(
            place == nil ? "curl" : "ip", (place ?? []) + arguments + ["\(base)\(path)"], in: scratch, input: input,
            within: .seconds(limit + 5))
        guard output.exitCode == 0, let last = output.text.lastIndex(of: "\n") else {
            throw Unexpected(description: "\(method) \(path): curl \(output)")
        }
        let trailer = output.text[output.text.index(after: last)...].split(separator: " ", maxSplits: 1)
        return Answer(
            status: trailer.first.flatMap { Int($0) } ?? 0, contentType: trailer.dropFirst().first.map(String.init) ?? "",
            text: String(output.text[..<last]))
    }

    /// The document of an answer in the two-hundreds; everything else is thrown.
    @discardableResult
    func json(
        _ method: String, _ path: String, body: JSON? = nil, file: String? = nil, type: String = "application/json",
        headers: [String] = []
    ) async throws -> JSON {
        let answer = try await call(method, path, body: body, file: file, type: type, headers: headers)
        guard (200...299).contains(answer.status) else { throw Unexpected(description: "\(method) \(path): \(answer)") }
        return answer.json ?? .null
    }
}
