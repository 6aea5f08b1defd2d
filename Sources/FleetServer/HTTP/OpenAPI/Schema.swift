/// A JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it) of a value, and whether an object must have it.
struct Schema: Sendable {
    fileprivate(set) var keywords: [String: JSONValue]
    /// As a property: whether it is always there.
    fileprivate(set) var isRequired = true

    init(_ keywords: [String: JSONValue]) { self.keywords = keywords }

    var json: JSONValue { .object(keywords) }
}

extension Schema {
    static let text = Schema(["type": "string"])
    static let someText = Schema(["type": "string", "minLength": 1])
    static let boolean = Schema(["type": "boolean"])
    static let number = Schema(["type": "number"])
    /// A record's number, or a count.
    static let integer = Schema(["type": "integer", "format": "int64"])
    static let time = Schema(["type": "string", "format": "date-time"])
    static let ipv4 = Schema(["type": "string", "format": "ipv4"])

    /// Text of so many characters; `pattern` is a regular expression of ECMA-262.
    static func text(_ length: ClosedRange<Int>, pattern: String? = nil) -> Schema {
        var schema = Schema(["type": "string", "minLength": .integer(length.lowerBound), "maxLength": .integer(length.upperBound)])
        schema.keywords["pattern"] = pattern.map(JSONValue.text)
        return schema
    }

    static func text(pattern: String) -> Schema { Schema(["type": "string", "pattern": .text(pattern)]) }

    static func integer(_ range: ClosedRange<Int>) -> Schema {
        Schema(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
    }

    static func integer(from minimum: Int) -> Schema { Schema(["type": "integer", "minimum": .integer(minimum)]) }

    static func number(_ range: ClosedRange<Int>) -> Schema {
        Schema(["type": "number", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
    }

    static func number(from minimum: Int) -> Schema { Schema(["type": "number", "minimum": .integer(minimum)]) }

    static func words(_ words: [String]) -> Schema { Schema(["type": "string", "enum": .list(words.map(JSONValue.text))]) }

    /// One of the words of an enum.
    static func oneOf<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> Schema { words(Words.allCases.map(\.rawValue)) }

    static func list(of item: Schema, _ count: ClosedRange<Int>? = nil) -> Schema {
        var schema = Schema(["type": "array", "items": item.json])
        schema.keywords["minItems"] = count.map { .integer($0.lowerBound) }
        schema.keywords["maxItems"] = count.map { .integer($0.upperBound) }
        return schema
    }

    /// An object whose members have names that the schema does not know.
    static func map(of value: Schema) -> Schema { Schema(["type": "object", "additionalProperties": value.json]) }

    static func object(_ properties: KeyValuePairs<String, Schema>) -> Schema {
        object(properties.map { (name: $0.key, schema: $0.value) })
    }

    static func object(_ properties: [(name: String, schema: Schema)]) -> Schema {
        let required = properties.filter(\.schema.isRequired).map { JSONValue.text($0.name) }
        let members = properties.map { ($0.name, $0.schema.json) }
        return Schema([
            "type": "object", "required": .list(required), "properties": .object(Dictionary(members) { _, last in last }),
        ])
    }

    static func anyOf(_ choices: Schema...) -> Schema { Schema(["anyOf": .list(choices.map(\.json))]) }

    /// The component `name`.
    static func component(_ name: String) -> Schema { Schema(["$ref": .text("#/components/schemas/\(name)")]) }

    /// A page of a list of the component `name`.
    static func page(of name: String) -> Schema {
        .object([
            "items": .list(of: .component(name)), "next": .text.orNull.described("The cursor of the next page; null after the last one."),
        ])
    }
}

extension Schema {
    /// The value, or null.
    var orNull: Schema {
        var schema = self
        guard let type = keywords["type"] else {
            schema.keywords = ["anyOf": [json, ["type": "null"]]]
            return schema
        }
        schema.keywords["type"] = [type, "null"]
        if case .list(let words) = keywords["enum"] { schema.keywords["enum"] = .list(words + [.null]) }
        return schema
    }

    /// A property that is not always there, but never null.
    var mayBeAbsent: Schema {
        var schema = self
        schema.isRequired = false
        return schema
    }

    /// A property of a request that may be left out; null says the same.
    var optional: Schema { orNull.mayBeAbsent }

    func described(_ text: String) -> Schema {
        var schema = self
        schema.keywords["description"] = .text(text)
        return schema
    }

    func by(default value: JSONValue) -> Schema {
        var schema = self
        schema.keywords["default"] = value
        return schema
    }
}
