import FoundationEssentials
import NIOCore

/// A request to the server's API, and what came back.
struct APIRequest: Sendable, Equatable {
    enum Method: String, Sendable { case get = "GET", post = "POST", patch = "PATCH", delete = "DELETE" }

    var method: Method
    var url: String
    var headers: [String: String]
    var body: ByteBuffer?
}

struct APIResponse: Sendable, Equatable {
    var status: Int
    var body: ByteBuffer
}

/// The server's HTTP API, version 1.
struct FleetAPI: Sendable {
    typealias Transport = @Sendable (APIRequest) async throws -> APIResponse

    let server: ServerAddress
    let token: String?
    let listener: Listener
    let transport: Transport

    init(server: ServerAddress, token: String?, listener: @escaping Listener = HTTPTransport.listen(to:_:), send: @escaping Transport) {
        self.server = server
        self.token = token
        self.listener = listener
        transport = send
    }

    /// A list's answer.
    struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
        let items: [Item]
        let next: String?
    }

    static let pageSize = 500

    func read<Value: Decodable>(_ path: String, _ query: [(String, String?)] = []) async throws -> Value {
        try decode(try await call(.get, path, query))
    }

    /// Nil where there is no such thing.
    func readIfThere<Value: Decodable>(_ path: String) async throws -> Value? {
        let response = try await respond(.get, path)
        return response.status == 404 ? nil : try decode(try checked(response, of: path))
    }

    /// All items of a list, page by page.
    func list<Item: Decodable & Sendable>(_ path: String, _ query: [(String, String?)] = []) async throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let page: Page<Item> = try await read(path, query + [("limit", "\(Self.pageSize)"), ("cursor", cursor)])
            items += page.items
            guard page.next != cursor else { break }
            cursor = page.next
        } while cursor != nil
        return items
    }

    func post<Value: Decodable>(_ path: String, _ body: some Encodable) async throws -> Value {
        try decode(try await call(.post, path, body: try Self.encode(body)))
    }

    /// Posts where the answer may have any form; null where it is empty.
    func tell(_ path: String, _ body: some Encodable) async throws -> APIValue {
        let answer = try await call(.post, path, body: try Self.encode(body))
        return answer.readableBytes == 0 ? .null : try decode(answer)
    }

    /// Posts where the answer doesn't matter.
    func order(_ path: String, _ body: some Encodable) async throws {
        _ = try await call(.post, path, body: try Self.encode(body))
    }

    func order(_ path: String) async throws { _ = try await call(.post, path) }

    /// Changes a record; what the body leaves out stays.
    func change<Value: Decodable>(_ path: String, _ body: some Encodable) async throws -> Value {
        try decode(try await call(.patch, path, body: try Self.encode(body)))
    }

    func upload<Value: Decodable>(
        _ path: String, _ query: [(String, String?)], _ bytes: ByteBuffer, as contentType: String = "application/octet-stream"
    ) async throws -> Value {
        try decode(try await call(.post, path, query, body: bytes, contentType: contentType))
    }

    /// What is no JSON, as it comes.
    func text(_ path: String, _ query: [(String, String?)] = [], as contentType: String) async throws -> String {
        String(buffer: try checked(try await respond(.get, path, query, accepting: contentType), of: path))
    }

    func delete(_ path: String) async throws { _ = try await call(.delete, path) }

    // MARK: - Requests

    private func call(
        _ method: APIRequest.Method, _ path: String, _ query: [(String, String?)] = [], body: ByteBuffer? = nil,
        contentType: String = "application/json"
    ) async throws -> ByteBuffer {
        try checked(try await respond(method, path, query, body: body, contentType: contentType), of: path)
    }

    private func checked(_ response: APIResponse, of path: String) throws -> ByteBuffer {
        guard 200..<300 ~= response.status else { throw failure(response, of: path) }
        return response.body
    }

    private func respond(
        _ method: APIRequest.Method, _ path: String, _ query: [(String, String?)] = [], body: ByteBuffer? = nil,
        contentType: String = "application/json", accepting answer: String = "application/json"
    ) async throws -> APIResponse {
        var request = request(method, path, query)
        request.headers["accept"] = answer
        if body != nil { request.headers["content-type"] = contentType }
        request.body = body
        return try await transport(request)
    }

    func request(_ method: APIRequest.Method, _ path: String, _ query: [(String, String?)]) -> APIRequest {
        var headers: [String: String] = [:]
        if let token { headers["authorization"] = "Bearer \(token)" }
        return APIRequest(method: method, url: server.text + "/api/v1/" + path + Self.queryText(query), headers: headers)
    }

    static func queryText(_ query: [(String, String?)]) -> String {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(percentEncoded($0))" } }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }

    /// Everything but the unreserved characters of RFC 3986 section 2.3 as percent and two digits.
    static func percentEncoded(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || "-._~".contains(character) { return String(character) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func encode(_ body: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder().encode(body))
    }

    private func decode<Value: Decodable>(_ body: ByteBuffer) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
        } catch {
            throw CommandFailure(.failed, "\(server.text) answers something else than a FleetServer of this version would. Check --server.")
        }
    }

    // MARK: - Refusals

    /// An RFC 9457 problem document.
    private struct Problem: Decodable {
        struct Field: Decodable {
            let field: String
            let detail: String
        }

        let title: String?
        let detail: String?
        let errors: [Field]?
    }

    /// How a server begins its answer where it has no such path at all.
    private static let nothingHere = "There is nothing here."

    func failure(_ response: APIResponse, of path: String) -> CommandFailure {
        let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body.readableBytesView))
        if response.status == 404, problem?.detail?.hasPrefix(Self.nothingHere) == true {
            return CommandFailure(
                .failed, "The server has no /api/v1/\(path): it is older than this nvexplorer, \(NVExplorer.release).",
                isGeneral: true)
        }
        let words = Self.sentence(problem) ?? "The server answered with status \(response.status)."
        switch response.status {
        case 401 where token == nil:
            return CommandFailure(.refused, "Log in first: nvexplorer login --server \(server.text)", isGeneral: true)
        case 401:
            return CommandFailure(.refused, "\(words) Log in again: nvexplorer login --server \(server.text)", isGeneral: true)
        case 403: return CommandFailure(.refused, words, isGeneral: true)
        case 429: return CommandFailure(.refused, words)
        case 502, 503, 504: return CommandFailure(.unreachable, words)
        default: return CommandFailure(.failed, words)
        }
    }

    private static func sentence(_ problem: Problem?) -> String? {
        guard let text = problem?.detail ?? problem?.title else { return nil }
        let more = (problem?.errors ?? []).filter { $0.detail != text }.map { "\($0.field): \($0.detail)" }
        return ([text] + more).joined(separator: "\n")
    }
}
