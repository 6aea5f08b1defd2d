import FoundationEssentials
import Hummingbird
import NIOCore

/// What a handler knows of a request beside its bytes: who asks, and from where.
struct FleetRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Set by `AuthenticationMiddleware`; handlers behind it can rely on it through `user()`.
    var identity: Identity?
    let remoteAddress: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        identity = nil
        remoteAddress = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    var requestDecoder: JSONDecoder { JSONCoding.decoder() }
    var responseEncoder: JSONEncoder { JSONCoding.encoder() }

    /// Who asks, provided that their role is at least `role`.
    func user(atLeast role: Role = .viewer) throws -> Identity {
        guard let identity else { throw Problem(.unauthorized, "Log in first: POST /api/v1/session.") }
        guard identity.role >= role else {
            throw Problem(.forbidden, "This needs the role \(role.rawValue); you are \(identity.role.rawValue).")
        }
        return identity
    }

    /// The path parameter `name` as a record's key.
    func key(_ name: String, of what: String) throws -> Int64 {
        guard let key = parameters.get(name, as: Int64.self) else { throw Problem.notFound("\(what) \(parameters.get(name) ?? "")") }
        return key
    }
}

/// Reads a JSON body, and says what is wrong with it in terms of the request.
extension Request {
    func body<Value: Decodable>(_ type: Value.Type, context: FleetRequestContext, maximum: Int = 1 << 20) async throws -> Value {
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: maximum)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The request body is larger than \(maximum / 1024) KiB.")
        }
        // A text with a NUL in it means one thing to us and another to a database.
        guard !String(buffer: buffer).contains("\\u0000") else { throw Problem(.badRequest, "Text must not contain NUL characters.") }
        let data = Data(buffer.readableBytesView)
        do {
            if let listed = type as? any ListedFields.Type { try listed.refuseOthers(in: data) }
            return try JSONCoding.decoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw Problem(.badRequest, error.sentence, errors: [.init(field: error.field, detail: error.sentence)])
        }
    }
}

extension String {
    /// What stands at the end of the standard library's words about a value that an enumeration does not have.
    fileprivate var wrappedValue: Substring? {
        guard hasPrefix("Cannot initialize "), let words = firstRange(of: "invalid String value ") else { return nil }
        return self[words.upperBound...].prefix(100)
    }
}

extension DecodingError {
    fileprivate var field: String {
        switch self {
        case .keyNotFound(let key, let context): (context.codingPath + [key]).map(\.stringValue).joined(separator: ".")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.map(\.stringValue).joined(separator: ".")
        @unknown default: ""
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .keyNotFound: "The field \(field) is missing."
        case .typeMismatch(let type, _): field.isEmpty ? "The body must be a JSON object." : "The field \(field) must be of type \(type)."
        case .valueNotFound: "The field \(field) must not be null."
        case .dataCorrupted(let context):
            if field.isEmpty {
                "The body is not valid JSON."
            } else if let value = context.debugDescription.wrappedValue {
                "The field \(field) can't be \"\(value)\". /api/v1/openapi.json lists what it can be."
            } else {
                "The field \(field) can't be read: \(context.debugDescription)"
            }
        @unknown default: "The body can't be read."
        }
    }
}
