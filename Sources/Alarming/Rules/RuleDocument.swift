import Yams

/// A text of rules: YAML, or JSON, which is YAML too.
///
///     nvfleetRules: 1
///     rules:
///       - name: high-load
///         threshold: {variable: ups.load, above: 80, for: 10m}
package struct RuleDocument: Sendable {
    /// The most octets of a text, and rules in it.
    package static let maximumSize = 1 << 20
    package static let maximumRules = 1000
    static let version = "1"
    /// How deep brackets and lists may be nested: the reader goes down by calling itself.
    static let maximumDepth = 64

    /// The rules that are right.
    package private(set) var rules: [AlarmRule] = []
    /// What is wrong with the others, or with the text; in the order of the text.
    package private(set) var problems: [RuleProblem] = []

    /// - Parameter generations: the generations of cards that there are.
    package init(_ text: String, generations: [String]) {
        do throws(RuleProblem) {
            try read(try Self.root(of: text), generations)
        } catch {
            problems.append(error)
        }
    }

    private mutating func read(_ root: RuleField, _ generations: [String]) throws(RuleProblem) {
        let section = try root.section(["nvfleetRules", "rules"])
        let version = try section.required("nvfleetRules")
        guard version.node.scalar?.string == Self.version else {
            throw version.problem("must be \(Self.version): this server reads no other version")
        }
        guard let list = section["rules"] else { return }
        var names: Set<String> = []
        for field in try list.list(atMost: Self.maximumRules) {
            do throws(RuleProblem) {
                let rule = try AlarmRule(field, generations: generations)
                guard names.insert(rule.name).inserted else { throw field.problem("there is a rule of the name \(rule.name) before it") }
                rules.append(rule)
            } catch {
                problems.append(error)
            }
        }
    }

    /// One rule: by itself, or a text of rules with one in it.
    package static func rule(_ text: String, generations: [String]) throws(RuleProblem) -> AlarmRule {
        let root = try root(of: text)
        guard root.node.mapping?["rules"] != nil else { return try AlarmRule(root, generations: generations) }
        var document = RuleDocument()
        try document.read(root, generations)
        if let problem = document.problems.first { throw problem }
        guard document.rules.count == 1 else { throw root.problem("must be one rule; there are \(document.rules.count)") }
        return document.rules[0]
    }

    private init() {}

    /// A rule with what a text of some of its keys gives; what is null in it is as if it had never been said. A new condition takes the
    /// place of the old one.
    package static func changed(_ rule: AlarmRule, by text: String, generations: [String]) throws(RuleProblem) -> AlarmRule {
        let change = try root(of: text)
        _ = try change.section(AlarmRule.keys)
        var merged = try root(of: rule.json).node
        guard let given = change.node.mapping else { throw change.problem("must be a mapping") }
        let conditions = AlarmRule.conditionKeys.filter { key in
            given[key].map { !RuleField(node: $0, path: key).isAbsent } ?? false
        }
        if !conditions.isEmpty {
            for key in AlarmRule.conditionKeys { merged.mapping?[key] = nil }
        }
        for (key, value) in given {
            let isCondition = AlarmRule.conditionKeys.contains(key.scalar?.string ?? "")
            if isCondition, RuleField(node: value, path: "").isAbsent { continue }
            if key.scalar?.string == "name", RuleField(node: value, path: "").isAbsent { continue }
            merged.mapping?[key] = value
        }
        return try AlarmRule(RuleField(node: merged, path: ""), generations: generations)
    }

    /// A text's keys that are not a rule's, taken out: those of `names` with their text, and the rest as JSON can't be told from YAML.
    package static func taking(
        _ names: [String], from text: String, generations: [String]
    ) throws(RuleProblem) -> (rule: AlarmRule, values: [String: String]) {
        let root = try root(of: text)
        guard root.node.mapping?["rules"] == nil, var mapping = root.node.mapping else {
            return (try rule(text, generations: generations), [:])
        }
        var values: [String: String] = [:]
        for name in names {
            values[name] = mapping[name]?.scalar?.string
            mapping[name] = nil
        }
        return (try AlarmRule(RuleField(node: .mapping(mapping), path: ""), generations: generations), values)
    }

    private static func root(of text: String) throws(RuleProblem) -> RuleField {
        guard text.utf8.count <= maximumSize else {
            throw RuleProblem(reason: "is larger than \(maximumSize >> 20) MiB; import the rules in parts")
        }
        guard YAMLDepth.isWithin(maximumDepth, text) else {
            throw RuleProblem(.syntax, reason: "is nested deeper than \(maximumDepth) levels; rules need five")
        }
        do {
            guard let node = try Yams.compose(yaml: text) else { throw RuleProblem(.syntax, line: 1, reason: "there is nothing in it") }
            var budget = 200_000
            guard node.isWithin(&budget) else { throw RuleProblem(reason: "has too many values") }
            return RuleField(node: node, path: "")
        } catch let problem as RuleProblem {
            throw problem
        } catch let error as YamlError {
            throw RuleProblem(error)
        } catch {
            throw RuleProblem(.syntax, reason: "is not YAML")
        }
    }
}

extension RuleField {
    fileprivate var isAbsent: Bool {
        guard let scalar = node.scalar, scalar.style != .doubleQuoted, scalar.style != .singleQuoted else { return false }
        return ["", "null", "Null", "NULL", "~"].contains(scalar.string)
    }
}

extension Node {
    /// Whether it has no more values than the budget allows: aliases may make a short text very long.
    fileprivate func isWithin(_ budget: inout Int) -> Bool {
        budget -= 1
        guard budget >= 0 else { return false }
        switch self {
        case .scalar, .alias: return true
        case .sequence(let items):
            for item in items where !item.isWithin(&budget) { return false }
        case .mapping(let pairs):
            for (key, value) in pairs where !(key.isWithin(&budget) && value.isWithin(&budget)) { return false }
        }
        return true
    }
}

/// How deep a text may be nested at most, whatever it says; without reading it.
enum YAMLDepth {
    /// Counts brackets that are open, and in each line what may begin a level in a block.
    static func isWithin(_ limit: Int, _ text: String) -> Bool {
        var (open, indent, dashes) = (0, 0, 0)
        var isBegin = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (indent, dashes, isBegin) = (0, 0, true)
            case UInt8(ascii: " "), UInt8(ascii: "\t"): if isBegin { indent += 1 }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open += 1
                isBegin = false
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open = max(0, open - 1)
                isBegin = false
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isBegin { dashes += 1 }
            default: isBegin = false
            }
            // A level takes a blank at least.
            if open > limit || isBegin && dashes > limit || isBegin && indent > 2 * limit { return false }
        }
        return true
    }
}

extension RuleProblem {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(.syntax, line: mark.line, column: mark.column, reason: "is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(
                .invalid, line: context.mark.line, column: context.mark.column, key: duplicates.joined(separator: ", "),
                reason: "is there twice")
        default:
            self.init(.syntax, reason: "is not YAML")
        }
    }
}
