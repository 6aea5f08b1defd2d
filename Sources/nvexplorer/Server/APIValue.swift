/// A JSON value: of a request where only some fields are given and null means something, or of an answer whose form is the server's business.
enum APIValue: Codable, Sendable, Equatable {
    case null
    case text(String)
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case list([APIValue])
    case object([String: APIValue])

    init(_ text: String?) { self = text.map(APIValue.text) ?? .null }
    init(_ number: Int?) { self = number.map(APIValue.integer) ?? .null }
    init(_ texts: [String]) { self = .list(texts.map(APIValue.text)) }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .text(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let values = try? container.decode([APIValue].self) {
            self = .list(values)
        } else {
            self = .object(try container.decode([String: APIValue].self))
        }
    }

    /// Every value that is no object, with the path of names to it: `storage.state`. In the order of the names; without nulls.
    func facts(of name: String = "") -> [(name: String, value: String)] {
        switch self {
        case .null: []
        case .text(let text): [(name, text)]
        case .integer(let number): [(name, "\(number)")]
        case .number(let number): [(name, "\(number)")]
        case .flag(let flag): [(name, flag ? "yes" : "no")]
        case .list(let values): [(name, values.flatMap { $0.facts().map(\.value) }.joined(separator: ", "))]
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { $0.value.facts(of: name.isEmpty ? $0.key : "\(name).\($0.key)") }
        }
    }
}
