import PowerDevice
import Yams

extension AlarmRule {
    static let conditionKeys = ["threshold", "noData", "firmware", "clockSkew", "batteryTest", "expiry", "status"]
    static let keys = ["name", "enabled", "severity", "title", "scope"] + conditionKeys

    /// - Parameter generations: the generations of cards that there are.
    init(_ field: RuleField, generations: [String]) throws(RuleProblem) {
        let section = try field.section(Self.keys)
        let name = try section.required("name").name()
        let given = Self.conditionKeys.filter { section[$0] != nil }
        guard given.count == 1, let condition = section[given[0]] else {
            let found = given.isEmpty ? "none" : given.joined(separator: ", ")
            throw field.problem("\(name) must have one condition of \(Self.conditionKeys.joined(separator: ", ")); it has \(found)")
        }
        self.init(
            name: name, isEnabled: try section["enabled"]?.truth() ?? true,
            severity: try section["severity"]?.word(of: Severity.self) ?? .warning, title: try section["title"]?.text(atMost: 200),
            scope: try section["scope"].map { field throws(RuleProblem) in try RuleScope(field, generations: generations) } ?? RuleScope(),
            condition: try RuleCondition(given[0], condition, generations: generations))
    }
}

extension RuleScope {
    fileprivate init(_ field: RuleField, generations known: [String]) throws(RuleProblem) {
        self.init()
        let section = try field.section(["sites", "tags", "cards", "models", "generations", "kinds"])
        sites = try section["sites"]?.texts() ?? []
        tags = try section["tags"]?.texts() ?? []
        cards = try section["cards"]?.texts() ?? []
        models = try section["models"]?.texts() ?? []
        for field in try section["generations"]?.oneOrMore() ?? [] {
            let generation = try field.generation(known)
            if !generations.contains(generation) { generations.append(generation) }
        }
        for field in try section["kinds"]?.oneOrMore() ?? [] {
            let kind = try field.word(of: DeviceKind.self)
            if !kinds.contains(kind) { kinds.append(kind) }
        }
    }
}

extension RuleCondition {
    fileprivate init(_ key: String, _ field: RuleField, generations: [String]) throws(RuleProblem) {
        switch key {
        case "threshold": self = .threshold(try RuleThreshold(field))
        case "noData":
            let section = try field.section(["variable", "for"])
            let duration = try section.required("for")
            self = .noData(variable: try section["variable"]?.variable(), duration: try duration.duration())
            guard try duration.duration() >= Self.leastSilence else { throw duration.problem("must be at least \(Self.leastSilence)") }
        case "firmware": self = .firmware(try FirmwarePolicy(field, generations: generations))
        case "clockSkew":
            self = .clockSkew(seconds: try field.section(["seconds"]).required("seconds").number(1...86_400))
        case "batteryTest":
            let section = try field.section(["failed", "olderThan"])
            self = .batteryTest(failed: try section["failed"]?.truth() ?? false, olderThan: try section["olderThan"]?.duration())
            if case .batteryTest(false, nil) = self { throw field.problem("must have failed: true, olderThan, or both") }
        case "expiry":
            let section = try field.section(["of", "within"])
            self = .expiry(
                of: try section.required("of").word(of: Expiring.self), within: try section.required("within").duration())
        default:
            let section = try field.section(["is", "for"])
            let list = try section.required("is")
            var statuses: Set<OperatingStatus> = []
            for field in try list.oneOrMore() { statuses.insert(try field.word(of: OperatingStatus.self)) }
            guard !statuses.isEmpty else { throw list.problem("must name at least one status") }
            self = .status(statuses, duration: try section["for"]?.duration() ?? .zero)
        }
    }

    /// Less would be the pause between two polls.
    private static var leastSilence: RuleDuration { RuleDuration("30s") ?? .zero }
}

extension RuleThreshold {
    fileprivate init(_ field: RuleField) throws(RuleProblem) {
        let section = try field.section(["variable", "above", "below", "clear", "for"])
        let variable = try section.required("variable").variable()
        let given = Side.allCases.filter { section[$0.rawValue] != nil }
        guard given.count == 1, let limit = section[given[0].rawValue] else { throw field.problem("must have either above or below") }
        self.init(
            variable, given[0], try limit.limit(), clear: try section["clear"]?.limit(), for: try section["for"]?.duration() ?? .zero)
        guard let clear else { return }
        if side == .above ? clear > self.limit : clear < self.limit {
            let wanted = side == .above ? "at most" : "at least"
            throw section["clear"]?.problem("must be \(wanted) \(Self.word(self.limit)), on the quiet side of the limit")
                ?? field.problem("clear is on the wrong side of the limit")
        }
    }
}

extension FirmwarePolicy {
    fileprivate init(_ field: RuleField, generations: [String]) throws(RuleProblem) {
        self.init()
        let section = try field.section(["allowed", "minimum"])
        allowed = try section["allowed"]?.texts() ?? []
        if let least = section["minimum"] {
            if least.node.scalar != nil {
                minimum = try least.version()
            } else {
                for (key, version) in try least.entries() { minimums[try key.generation(generations)] = try version.version() }
            }
        }
        guard !allowed.isEmpty || minimum != nil || !minimums.isEmpty else { throw field.problem("must have allowed, minimum, or both") }
    }
}

extension RuleField {
    fileprivate func generation(_ known: [String]) throws(RuleProblem) -> String {
        let text = node.scalar?.string ?? ""
        guard known.contains(text) else {
            throw problem("\"\(text.prefix(64))\" is no generation; there are \(known.joined(separator: ", "))")
        }
        return text
    }

    fileprivate func limit() throws(RuleProblem) -> Double { try number(-1e15...1e15) }

    /// The name of a reading: `output.L1-N.voltage`.
    fileprivate func variable() throws(RuleProblem) -> Variable {
        let text = node.scalar?.string ?? ""
        let isName =
            (1...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || ".-_".utf8.contains(byte)
            }
        guard isName else { throw problem("must be the name of a reading, such as ups.load or battery.charge") }
        return Variable(text)
    }
}
