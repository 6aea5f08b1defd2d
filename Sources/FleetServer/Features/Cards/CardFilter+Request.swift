import Hummingbird
import NetVision
import PowerDevice

/// A list's filter as a request, or a group, says it.
struct CardFilterFields: Codable, Sendable, Equatable {
    var q: String?
    var site: String?
    var tag: String?
    var status: [String]?
    var generation: [String]?
    var model: String?
    var firmware: String?
    var kind: [String]?
    var range: [String]?

    init() {}

    private enum CodingKeys: CodingKey { case q, site, tag, status, generation, model, firmware, kind, range }

    /// Where several values are possible, one may also stand without the brackets.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        func list(_ key: CodingKeys) throws -> [String]? {
            guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
            if let one = try? container.decode(String.self, forKey: key) { return one.split(separator: ",").map(String.init) }
            return try container.decode([String].self, forKey: key)
        }
        (q, site, tag) = (try text(.q), try text(.site), try text(.tag))
        (status, generation, kind, range) = (try list(.status), try list(.generation), try list(.kind), try list(.range))
        (model, firmware) = (try text(.model), try text(.firmware))
    }

    /// `place` is what stands before a field's name in problems.
    func filter(in place: String = "") throws(Problem) -> CardFilter {
        try Self.check(status ?? [], among: OperatingStatus.self, "\(place)status")
        try Self.check(generation ?? [], among: CardGeneration.self, "\(place)generation")
        try Self.check(kind ?? [], among: DeviceKind.self, "\(place)kind")
        return CardFilter(
            text: q, status: status ?? [], generation: generation ?? [], model: model, firmware: firmware, site: site, tag: tag,
            kind: kind ?? [], ranges: try AddressRanges.parse(range ?? [], in: "\(place)range"))
    }

    private static func check<Words: CaseIterable & RawRepresentable<String>>(
        _ words: [String], among: Words.Type, _ field: String
    ) throws(Problem) {
        for word in words where Words(rawValue: word) == nil {
            let known = Words.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid(field, "There is no \(field.split(separator: ".").last ?? "") \(word). There are \(known).")
        }
    }
}

enum AddressRanges {
    static let maximum = 256

    static func parse(_ texts: [String], in field: String) throws(Problem) -> [AddressRange] {
        guard texts.count <= maximum else { throw .invalid(field, "At most \(maximum) ranges.") }
        var ranges: [AddressRange] = []
        for text in texts {
            guard let range = AddressRange(text) else {
                throw .invalid(field, "\(text) is no range of IPv4 addresses. Write 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5.")
            }
            ranges.append(range)
        }
        return ranges
    }
}

extension [AddressRange] {
    func contains(_ address: String) -> Bool {
        guard let number = AddressRange.number(address) else { return false }
        return contains { $0.first...$0.last ~= number }
    }
}

extension CardFilter {
    init(_ request: Request, groups: GroupStore) async throws {
        let query = request.uri.queryParameters
        func values(_ name: String) -> [String] { query.getAll(name).flatMap { $0.split(separator: ",").map(String.init) } }
        var fields = CardFilterFields()
        (fields.q, fields.site, fields.tag) = (query["q"].map(String.init), query["site"].map(String.init), query["tag"].map(String.init))
        (fields.model, fields.firmware) = (query["model"].map(String.init), query["firmware"].map(String.init))
        (fields.status, fields.generation) = (values("status"), values("generation"))
        (fields.kind, fields.range) = (values("kind"), values("range"))
        self = try fields.filter()
        for text in query.getAll("group") {
            guard let id = Int64(text), let group = try await groups.group(id) else {
                throw Problem.invalid("group", "There is no group \(text).")
            }
            self.group.append(try group.filter.filter(in: "filter."))
        }
    }
}
