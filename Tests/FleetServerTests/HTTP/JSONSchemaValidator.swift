import FoundationEssentials
import NIOCore

@testable import FleetServer

/// A JSON document as a test reads it.
enum ReadJSON: Decodable, Equatable, Sendable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([ReadJSON])
    case object([String: ReadJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([ReadJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: ReadJSON].self))
        }
    }

    init(_ text: String) throws { self = try JSONDecoder().decode(ReadJSON.self, from: Data(text.utf8)) }
    init(encoding value: some Encodable) throws { try self.init(JSONCoding.text(value)) }

    subscript(name: String) -> ReadJSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    var members: [String: ReadJSON] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    var elements: [ReadJSON] {
        guard case .list(let elements) = self else { return [] }
        return elements
    }

    var string: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    var double: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }
}

extension OpenAPIDocument {
    /// The document as a client reads it; read once, for that takes a while.
    static let asRead = Result { try ReadJSON(String(buffer: OpenAPIRoutes.encoded())) }
}

/// Checks documents against the schemas of the OpenAPI document: as much of JSON Schema as those use, and stricter in one point: an object
/// may have no member that its schema does not name.
struct JSONSchemaValidator {
    /// Keywords that say nothing about what is valid.
    private static let notes: Set<String> = ["description", "default"]
    let components: [String: ReadJSON]

    init(document: ReadJSON) { components = document["components"]?["schemas"]?.members ?? [:] }

    /// What is wrong with `value`, each with the place in the document; empty if nothing.
    func violations(_ value: ReadJSON, component name: String) -> [String] {
        violations(value, .object(["$ref": .text("#/components/schemas/\(name)")]), at: name)
    }

    func violations(_ value: ReadJSON, _ schema: ReadJSON, at place: String) -> [String] {
        schema.members.sorted { $0.key < $1.key }.flatMap { keyword, argument -> [String] in
            switch keyword {
            case "$ref": reference(value, argument, place)
            case "anyOf":
                argument.elements.contains { violations(value, $0, at: place).isEmpty } ? [] : ["\(place): fits none of anyOf"]
            case "type": Self.fitsType(value, argument) ? [] : ["\(place): \(value) is not \(argument)"]
            case "enum": argument.elements.contains(value) ? [] : ["\(place): \(value) is not in \(argument)"]
            case "required":
                argument.elements.compactMap(\.string).filter { value[$0] == nil && value != .null }.map { "\(place).\($0): missing" }
            case "properties", "additionalProperties": members(value, schema, keyword, place)
            case "items": value.elements.enumerated().flatMap { violations($1, argument, at: "\(place)[\($0)]") }
            case let note where Self.notes.contains(note): []
            default:
                Self.fitsLimit(value, keyword, argument).map { $0 ? [] : ["\(place): \(value) against \(keyword) \(argument)"] }
                    ?? ["\(place): this validator does not know \(keyword)"]
            }
        }
    }

    private func reference(_ value: ReadJSON, _ argument: ReadJSON, _ place: String) -> [String] {
        let name = argument.string?.split(separator: "/").last.map(String.init) ?? ""
        guard let schema = components[name] else { return ["\(place): there is no component \(name)"] }
        return violations(value, schema, at: place)
    }

    private func members(_ value: ReadJSON, _ schema: ReadJSON, _ keyword: String, _ place: String) -> [String] {
        let known = schema["properties"]?.members ?? [:]
        return value.members.sorted { $0.key < $1.key }.flatMap { name, member -> [String] in
            if let schema = known[name] { return keyword == "properties" ? violations(member, schema, at: "\(place).\(name)") : [] }
            guard let more = schema["additionalProperties"] else { return ["\(place).\(name): not in the schema"] }
            return keyword == "additionalProperties" ? violations(member, more, at: "\(place).\(name)") : []
        }
    }

    private static func fitsType(_ value: ReadJSON, _ type: ReadJSON) -> Bool {
        let name =
            switch value {
            case .null: "null"
            case .boolean: "boolean"
            case .number: "number"
            case .text: "string"
            case .list: "array"
            case .object: "object"
            }
        let types = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
        if types.contains(name) { return true }
        guard let number = value.double else { return false }
        return types.contains("integer") && number == number.rounded()
    }

    /// Limits bind values of their type only; nil for a keyword that is not known here.
    private static func fitsLimit(_ value: ReadJSON, _ keyword: String, _ limit: ReadJSON) -> Bool? {
        switch keyword {
        case "minimum": value.double.map { $0 >= limit.double ?? .infinity } ?? true
        case "maximum": value.double.map { $0 <= limit.double ?? -.infinity } ?? true
        case "minLength": value.string.map { Double($0.unicodeScalars.count) >= limit.double ?? .infinity } ?? true
        case "maxLength": value.string.map { Double($0.unicodeScalars.count) <= limit.double ?? -1 } ?? true
        case "minItems": value == .null || Double(value.elements.count) >= limit.double ?? .infinity
        case "maxItems": Double(value.elements.count) <= limit.double ?? -1
        case "pattern": value.string.map { (try? Regex(limit.string ?? "(").firstMatch(in: $0)) != nil } ?? true
        case "format": fitsFormat(value, limit.string)
        default: nil
        }
    }

    private static func fitsFormat(_ value: ReadJSON, _ format: String?) -> Bool? {
        switch format {
        case "date-time": value.string.map { JSONCoding.parseTime($0) != nil } ?? true
        case "ipv4": value.string.map { text in text.split(separator: ".").compactMap { UInt8($0) }.count == 4 } ?? true
        case "int64": true
        default: nil
        }
    }
}
