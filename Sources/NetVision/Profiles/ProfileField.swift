import PowerDevice
import SNMP
import Yams

/// A value of a profile's document, with its place in the file.
struct ProfileField {
    let node: Node
    /// `points[2].scale`
    let path: String

    static let maximumArcs = 120

    func problem(_ reason: String) -> ProfileProblem { ProfileProblem(line: line, key: path, reason: reason) }

    private var line: Int? { node.mark?.line }

    /// The entries of a mapping that has these keys and no others.
    func section(_ allowed: [String]) throws(ProfileProblem) -> ProfileSection {
        guard let mapping = node.mapping else { throw problem("must be a mapping of \(allowed.joined(separator: ", "))") }
        var fields: [String: ProfileField] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard allowed.contains(name) else {
                let place = ProfileField(node: key, path: path.isEmpty ? name : "\(path).\(name)")
                throw place.problem("is no key here; there are \(allowed.joined(separator: ", "))")
            }
            fields[name] = ProfileField(node: value, path: path.isEmpty ? name : "\(path).\(name)")
        }
        return ProfileSection(field: self, fields: fields)
    }

    /// The entries of a mapping with any keys.
    func entries() throws(ProfileProblem) -> [(key: ProfileField, value: ProfileField)] {
        guard let mapping = node.mapping else { throw problem("must be a mapping") }
        return mapping.map { key, value in
            let name = key.scalar?.string ?? ""
            return (ProfileField(node: key, path: "\(path).\(name)"), ProfileField(node: value, path: "\(path).\(name)"))
        }
    }

    func list() throws(ProfileProblem) -> [ProfileField] {
        guard let sequence = node.sequence else { throw problem("must be a list") }
        return sequence.enumerated().map { ProfileField(node: $0.element, path: "\(path)[\($0.offset + 1)]") }
    }

    /// A list, or one value that stands for a list of one.
    func oneOrMore() throws(ProfileProblem) -> [ProfileField] { node.sequence == nil ? [self] : try list() }

    func text() throws(ProfileProblem) -> String {
        guard let text = node.scalar?.string, text.utf8.count <= 1000 else { throw problem("must be a text of at most 1000 characters") }
        return text
    }

    func number(_ range: ClosedRange<Int>) throws(ProfileProblem) -> Int {
        let text = node.scalar?.string ?? ""
        let number = text.hasPrefix("0x") || text.hasPrefix("0X") ? Int(text.dropFirst(2), radix: 16) : Int(text)
        guard let number, range.contains(number) else {
            throw problem("\"\(text)\" must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func decimal() throws(ProfileProblem) -> Double {
        guard let number = (node.scalar?.string).flatMap({ Double($0) }), number.isFinite else { throw problem("must be a number") }
        return number
    }

    func truth() throws(ProfileProblem) -> Bool {
        switch node.scalar?.string {
        case "true": true
        case "false": false
        default: throw problem("must be true or false")
        }
    }

    /// One of the words of an enumeration.
    func word<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) throws(ProfileProblem) -> Value {
        let text = try text()
        guard let value = Value(rawValue: text) else {
            throw problem("\"\(text)\" is not known; there are \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// An object of so many arcs that a row of a table can be added.
    func object() throws(ProfileProblem) -> OID {
        let text = try text()
        let arcs = text.hasPrefix(".") ? String(text.dropFirst()) : text
        guard let object = OID(arcs), 4...Self.maximumArcs ~= object.count else {
            throw problem(
                "\"\(text)\" is no object identifier; write 4 to \(Self.maximumArcs) numbers with dots, such as 1.3.6.1.2.1.33.1.2.4.0")
        }
        return object
    }

    /// The numbers of an enumeration with what they stand for.
    func values<Value>(_ word: (ProfileField) throws(ProfileProblem) -> Value) throws(ProfileProblem) -> [Int: Value] {
        var values: [Int: Value] = [:]
        for (key, value) in try entries() { values[try key.number(-2_147_483_648...4_294_967_295)] = try word(value) }
        guard !values.isEmpty else { throw problem("must name at least one number") }
        return values
    }
}

/// A mapping of a profile's document.
struct ProfileSection {
    let field: ProfileField
    fileprivate let fields: [String: ProfileField]

    fileprivate init(field: ProfileField, fields: [String: ProfileField]) {
        self.field = field
        self.fields = fields
    }

    subscript(key: String) -> ProfileField? { fields[key] }

    func required(_ key: String) throws(ProfileProblem) -> ProfileField {
        guard let value = fields[key] else { throw field.problem("\(key) is missing") }
        return value
    }
}
