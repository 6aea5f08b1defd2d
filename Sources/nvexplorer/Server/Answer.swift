/// What the server tells of something: the fields that are known here, and all of it, to be printed as it came.
@dynamicMemberLookup
struct Answer<Record: Decodable & Sendable & Equatable>: Codable, Sendable, Equatable {
    let record: Record
    let all: APIValue

    init(from decoder: any Decoder) throws {
        record = try Record(from: decoder)
        all = try APIValue(from: decoder)
    }

    func encode(to encoder: any Encoder) throws { try all.encode(to: encoder) }

    subscript<Value>(dynamicMember path: KeyPath<Record, Value>) -> Value { record[keyPath: path] }
}

/// A record with a name, of which only the commonest fields are known here.
protocol NamedFields: Decodable, Sendable, Equatable {
    static var kind: RecordKind { get }
    var id: Int { get }
    var name: String { get }
}

extension Answer: NamedRecord where Record: NamedFields {
    static var kind: RecordKind { Record.kind }
    var id: Int { record.id }
    var name: String { record.name }
}

extension APIValue {
    subscript(name: String) -> APIValue? {
        guard case .object(let members) = self, let value = members[name], value != .null else { return nil }
        return value
    }

    var members: [String: APIValue] { if case .object(let members) = self { members } else { [:] } }
    var items: [APIValue] { if case .list(let values) = self { values } else { [] } }

    /// In words, without its name; nil of null.
    var words: String? {
        let text = facts().map { $0.name.isEmpty ? $0.value : "\($0.name) \($0.value)" }.filter { !$0.isEmpty }.joined(separator: ", ")
        return text.isEmpty ? nil : text
    }
}
