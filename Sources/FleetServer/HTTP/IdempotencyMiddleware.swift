import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// Makes a repeated change with the same `Idempotency-Key` answer like the first one, without doing it again.
///
/// Keys belong to a user and are remembered for a day. The same key with another request is refused (422), a repetition that overtakes its
/// first run too (409). Answers that failed on our side (5xx) are not remembered: the client may try again.
struct IdempotencyMiddleware: RouterMiddleware {
    typealias Context = FleetRequestContext

    let store: IdempotencyStore
    let now: @Sendable () -> Date

    func handle(_ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response) async throws
        -> Response
    {
        guard request.changesSomething, let key = request.headers[.idempotencyKey], let user = context.identity else {
            return try await next(request, context)
        }
        guard (1...128).contains(key.utf8.count) else {
            throw Problem(.badRequest, "An Idempotency-Key has 1 to 128 characters.")
        }
        var request = request
        let fingerprint = try await Self.fingerprint(&request)
        switch try await store.begin(key: key, user: user.userID, fingerprint: fingerprint, now: now()) {
        case .replay(let answer): return answer.response
        case .running: throw Problem(.conflict, "The first request with this Idempotency-Key is still running.")
        case .otherRequest: throw Problem(.unprocessableContent, "This Idempotency-Key was used for another request.")
        case .first: break
        }
        do {
            var response = try await next(request, context)
            let answer = try await RememberedAnswer(response)
            if answer.status < 500 {
                try await store.finish(key: key, user: user.userID, answer: answer)
            } else {
                try await store.forget(key: key, user: user.userID)
            }
            response.body = answer.response.body
            return response
        } catch {
            try await store.forget(key: key, user: user.userID)
            throw error
        }
    }

    /// Method, address and body; of a large body (an upload) only its length.
    private static func fingerprint(_ request: inout Request) async throws -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue) \(request.uri.description)\n".utf8))
        let length = request.headers[.contentLength].flatMap(Int.init) ?? 0
        if length <= 1 << 20 {
            let body = try await request.body.collect(upTo: 1 << 20)
            hash.update(data: Array(body.readableBytesView))
            request.body = RequestBody(buffer: body)
        } else {
            hash.update(data: Array("length \(length)".utf8))
        }
        return Array(hash.finalize())
    }
}

/// An answer that can be given again.
struct RememberedAnswer: Sendable {
    let status: Int
    let contentType: String?
    let body: [UInt8]

    init(status: Int, contentType: String?, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Takes the response's body out of it; bodies of API answers are small.
    init(_ response: Response) async throws {
        let collector = BodyCollector()
        try await response.body.write(collector)
        self.init(status: response.status.code, contentType: response.headers[.contentType], body: collector.bytes.value)
    }

    var response: Response {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        return Response(
            status: .init(code: status), headers: headers, body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    private struct BodyCollector: ResponseBodyWriter {
        final class Bytes { var value: [UInt8] = [] }
        let bytes = Bytes()

        mutating func write(_ buffer: ByteBuffer) async throws { bytes.value.append(contentsOf: buffer.readableBytesView) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
