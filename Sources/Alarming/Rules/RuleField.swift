import Yams

/// A value of a text of rules, with its place.
struct RuleField {
    static let longest = 1000
    static let mostWords = 200

    let node: Node
    /// `rules[2].threshold`
    let path: String

    func problem(_ reason: String, _ kind: RuleProblem.Kind = .invalid) -> RuleProblem {
        RuleProblem(kind, line: node.mark?.line, column: node.mark?.column, key: path, reason: reason)
    }

    private var isNull: Bool {
        guard let scalar = node.scalar, scalar.style == .any || scalar.style == .plain else { return false }
        return ["", "null", "Null", "NULL", "~"].contains(scalar.string)
    }

    /// The entries of a mapping that has these keys and no others. What is null is not there.
    func section(_ allowed: [String]) throws(RuleProblem) -> RuleSection {
        guard let mapping = node.mapping else { throw problem("must be a mapping of \(allowed.joined(separator: ", "))") }
        var fields: [String: RuleField] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            let path = path.isEmpty ? name : "\(path).\(name)"
            guard allowed.contains(name) else {
                throw RuleField(node: key, path: path).problem("is no key here; there are \(allowed.joined(separator: ", "))")
            }
            let field = RuleField(node: value, path: path)
            if !field.isNull { fields[name] = field }
        }
        return RuleSection(field: self, fields: fields)
    }

    /// The entries of a mapping with any keys.
    func entries() throws(RuleProblem) -> [(key: RuleField, value: RuleField)] {
        guard let mapping = node.mapping, mapping.count <= Self.mostWords else {
            throw problem("must be a mapping of at most \(Self.mostWords) entries")
        }
        return mapping.map { key, value in
            let path = "\(path).\(key.scalar?.string ?? "")"
            return (RuleField(node: key, path: path), RuleField(node: value, path: path))
        }
    }

    func list(atMost maximum: Int) throws(RuleProblem) -> [RuleField] {
        guard let sequence = node.sequence, sequence.count <= maximum else { throw problem("must be a list of at most \(maximum)") }
        return sequence.enumerated().map { RuleField(node: $0.element, path: "\(path)[\($0.offset + 1)]") }
    }

    /// A list, or one value that stands for a list of one.
    func oneOrMore() throws(RuleProblem) -> [RuleField] { node.sequence == nil ? [self] : try list(atMost: Self.mostWords) }

    /// Printable text.
    func text(atMost maximum: Int = longest) throws(RuleProblem) -> String {
        guard let text = node.scalar?.string, (1...maximum).contains(text.count), text.utf8.count <= 4 * maximum,
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw problem("must be a text of 1 to \(maximum) characters in one line") }
        return text
    }

    func texts() throws(RuleProblem) -> [String] {
        var texts: [String] = []
        for field in try oneOrMore() {
            let text = try field.text()
            if !texts.contains(text) { texts.append(text) }
        }
        return texts
    }

    func number(_ range: ClosedRange<Double>) throws(RuleProblem) -> Double {
        guard let number = (node.scalar?.string).flatMap({ Double($0) }), range.contains(number) else {
            throw problem("must be a number from \(RuleThreshold.word(range.lowerBound)) to \(RuleThreshold.word(range.upperBound))")
        }
        // No -0: it would come back as 0.
        return number == 0 ? 0 : number
    }

    func truth() throws(RuleProblem) -> Bool {
        switch node.scalar?.string {
        case "true": true
        case "false": false
        default: throw problem("must be true or false")
        }
    }

    func duration() throws(RuleProblem) -> RuleDuration {
        guard let duration = (node.scalar?.string).flatMap({ RuleDuration($0) }) else {
            throw problem("must be a whole number and a unit, up to ten years, such as 90s, 5m, 2h or 30d")
        }
        return duration
    }

    /// One of the words of an enumeration.
    func word<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) throws(RuleProblem) -> Value {
        let text = try text()
        guard let value = Value(rawValue: text) else {
            throw problem("\"\(text)\" is not known; there are \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    func version() throws(RuleProblem) -> String {
        let text = try text()
        guard VersionNumber(text) != nil else { throw problem("\"\(text)\" is no version; write numbers with points in quotes: \"8.30\"") }
        return text
    }

    /// Letters, digits, dots, hyphens and underscores.
    func name() throws(RuleProblem) -> String {
        let text = node.scalar?.string ?? ""
        let isName =
            (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || ".-_".utf8.contains(byte)
            }
        guard isName else { throw problem("must be 1 to 64 letters, digits, dots, hyphens and underscores") }
        return text
    }
}

/// A mapping of a text of rules.
struct RuleSection {
    let field: RuleField
    fileprivate let fields: [String: RuleField]

    fileprivate init(field: RuleField, fields: [String: RuleField]) {
        self.field = field
        self.fields = fields
    }

    subscript(key: String) -> RuleField? { fields[key] }

    func required(_ key: String) throws(RuleProblem) -> RuleField {
        guard let value = fields[key] else {
            throw RuleProblem(
                .missing, line: field.node.mark?.line, column: field.node.mark?.column,
                key: field.path.isEmpty ? key : "\(field.path).\(key)", reason: "is missing")
        }
        return value
    }
}
