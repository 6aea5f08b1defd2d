import FoundationEssentials

/// A body whose fields are all listed. Another one is refused where a misspelt word would change who is told, and nobody would see it.
protocol ListedFields: Decodable {
    /// The names of the fields, by the field that they are in; at the top level "".
    static var fields: [String: Set<String>] { get }
}

extension ListedFields {
    /// Throws `Problem`, or `DecodingError` if the body is no JSON.
    static func refuseOthers(in body: Data) throws {
        let given = try JSONCoding.decoder().decode(Names.self, from: body)
        for (place, known) in fields {
            let names = place.isEmpty ? given : given.inner[place]
            guard let other = names?.inner.keys.filter({ !known.contains($0) }).min() else { continue }
            let field = place.isEmpty ? other : "\(place).\(other)"
            throw Problem.invalid(field, "There is no field \(field). Known are: \(known.sorted().joined(separator: ", ")).")
        }
    }
}

/// The names in a JSON object, and in the objects that it has.
private struct Names: Decodable {
    let inner: [String: Names]

    init(from decoder: any Decoder) throws {
        inner = (try? decoder.singleValueContainer().decode([String: Names].self)) ?? [:]
    }
}
