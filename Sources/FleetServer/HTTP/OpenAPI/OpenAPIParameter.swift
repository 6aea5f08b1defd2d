/// A parameter of an operation.
struct OpenAPIParameter: Sendable {
    enum Place: String, Sendable { case path, query, header }

    let name: String
    var place = Place.query
    var isRequired = false
    let schema: Schema
    let description: String

    init(_ name: String, in place: Place = .query, isRequired: Bool = false, _ schema: Schema, _ description: String) {
        self.name = name
        self.place = place
        self.isRequired = isRequired
        self.schema = schema
        self.description = description
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .text(name), "in": .text(place.rawValue), "required": .boolean(isRequired), "schema": schema.json,
            "description": .text(description),
        ]
        // Lists are written with commas: status=onBattery,critical.
        if place == .query, schema.keywords["type"] == "array" { members["explode"] = false }
        return .object(members)
    }
}

extension OpenAPIParameter {
    static let limit = OpenAPIParameter("limit", .integer(1...500).by(default: 100), "Entries of a page.")
    static let cursor = OpenAPIParameter("cursor", .text, "The `next` of the page before. Without it: the first page.")
    static let idempotencyKey = OpenAPIParameter(
        "Idempotency-Key", in: .header, .text(1...128),
        "Makes repeating safe: for a day, the same key with the same request gives the first answer again and changes nothing more.")

    /// The parameter that `{name}` in a path stands for.
    static func path(_ name: String) -> OpenAPIParameter {
        if name == "name" { return OpenAPIParameter(name, in: .path, isRequired: true, .text, "Its name, percent-encoded.") }
        if name == "address" { return OpenAPIParameter(name, in: .path, isRequired: true, .text, "Its IP address.") }
        return OpenAPIParameter(
            name, in: .path, isRequired: true, .integer, name == "id" ? "The record's number." : "The \(name) within the record.")
    }
}
