/// A field of a change: left out, null, or a value.
enum Patched<Value: Decodable & Sendable>: Sendable {
    case kept
    case cleared
    case set(Value)

    var value: Value? {
        if case .set(let value) = self { return value }
        return nil
    }

    /// What it makes of what there is.
    func applied(to old: Value?) -> Value? {
        switch self {
        case .kept: old
        case .cleared: nil
        case .set(let value): value
        }
    }

    /// Whether the request says anything of the field.
    var isGiven: Bool {
        if case .kept = self { return false }
        return true
    }
}

extension Patched: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .cleared : .set(try container.decode(Value.self))
    }
}

extension KeyedDecodingContainer {
    /// The compiler's own decoding of a structure calls this for its fields of such a type: they may be left out.
    func decode<Value>(_: Patched<Value>.Type, forKey key: Key) throws -> Patched<Value> {
        guard contains(key) else { return .kept }
        return try decodeNil(forKey: key) ? .cleared : .set(try decode(Value.self, forKey: key))
    }
}
