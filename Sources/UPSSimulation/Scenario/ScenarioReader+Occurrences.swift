import PowerDevice
import Yams

/// The keys of an event, and what each of them makes happen.
extension ScenarioReader {
    /// How each key is written.
    private static let examples: [(key: String, example: String)] = [
        ("mains", "{present: false, voltage: 230, frequency: 50, source: 2, lost: [3], phase: 30}"), ("load", "{percent: 80}"),
        ("ambient", "{celsius: 31}"), ("mode", "eco"), ("units", "{2: {failed: true}}"), ("modules", "{3: {failed: true}}"),
        ("genset", "{present: true, delay: 10}"), ("battery", "{charge: 50, health: 80, connected: true, test: true}"),
        ("plugs", "{1: {mode: batteryCapacity, value: 50}}"), ("remote", "{enabled: false}"), ("transfer", "{preferred: 2}"),
        ("points", "{A012: 1, S019: null}"),
    ]

    static var knownKeys: String { examples.map { "`\($0.key)`" }.joined(separator: ", ") }

    func occurrences(of node: Node) throws(SimulationError) -> [Occurrence] {
        guard let mapping = node.mapping else { throw problem(node, "it must be a mapping like `{load: {percent: 80}}`") }
        var occurrences: [Occurrence] = []
        for (key, value) in mapping where key.string != "at" {
            guard let name = key.string, let entry = Self.examples.first(where: { $0.key == name }) else {
                throw problem(key, "there is no key \(Self.quoted(key)); there are `at`, \(Self.knownKeys)")
            }
            for occurrence in try self.occurrences(name, value, like: entry.example) {
                do throws(SimulationError) {
                    try occurrence.validate(layout)
                } catch {
                    throw impossible(value, Self.unended(error.description))
                }
                occurrences.append(occurrence)
            }
        }
        return occurrences
    }

    private static func unended(_ sentence: String) -> String { sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence }

    private func occurrences(_ key: String, _ node: Node, like example: String) throws(SimulationError) -> [Occurrence] {
        switch key {
        case "mains": return try mains(node, like: example)
        case "load": return [.load(try decode(LoadChange.self, node, key, example).percent)]
        case "ambient": return [.ambient(try decode(AmbientChange.self, node, key, example).celsius)]
        case "mode": return [try mode(node)]
        case "units": return try numbered(PartChange.self, node, key, example, Occurrence.unit)
        case "modules": return try numbered(PartChange.self, node, key, example, Occurrence.module)
        case "genset": return [.genset(try decode(GensetChange.self, node, key, example))]
        case "battery": return [.battery(try decode(BatteryChange.self, node, key, example))]
        case "plugs": return try numbered(PlugChange.self, node, key, example, Occurrence.plug)
        case "remote": return [.remoteControl(try decode(RemoteChange.self, node, key, example).enabled)]
        case "transfer": return [.transfer(try decode(TransferChange.self, node, key, example))]
        default: return try points(node)
        }
    }

    /// One supply, or a list of them.
    private func mains(_ node: Node, like example: String) throws(SimulationError) -> [Occurrence] {
        var changes: [Occurrence] = []
        for entry in node.sequence.map(Array.init) ?? [node] {
            changes.append(.supply(try decode(SupplyChange.self, entry, "mains", example)))
        }
        return changes
    }

    private func mode(_ node: Node) throws(SimulationError) -> Occurrence {
        guard let name = node.string, let change = ModeChange(name) else {
            throw problem(node, "there is no mode \(Self.quoted(node)); there are \(ModeChange.known)")
        }
        return change.occurrence
    }

    /// `{2: {failed: true}}`: what becomes of the second one.
    private func numbered<Change: Decodable & KeyedChange>(
        _ type: Change.Type, _ node: Node, _ key: String, _ example: String, _ make: (Int, Change) -> Occurrence
    ) throws(SimulationError) -> [Occurrence] {
        guard let mapping = node.mapping else { throw problem(node, "`\(key)` must be like `\(example)`") }
        var occurrences: [Occurrence] = []
        for (number, change) in mapping {
            guard let text = number.scalar?.string, let value = Int(text) else {
                throw problem(number, "`\(key)` are numbered, like `\(example)`: \(Self.quoted(number)) is no number")
            }
            occurrences.append(make(value, try decode(type, change, key, example)))
        }
        return occurrences
    }

    private func points(_ node: Node) throws(SimulationError) -> [Occurrence] {
        guard let mapping = node.mapping else { throw problem(node, "`points` must be like `{A012: 1, S019: null}`") }
        var occurrences: [Occurrence] = []
        for (code, value) in mapping {
            let number = value.scalar.flatMap { $0.style == .plain || $0.style == .any ? Int($0.string) : nil }
            guard number != nil || Self.isNull(value) else {
                throw problem(value, "a point takes a whole number, or null to let it go, not \(Self.quoted(value))")
            }
            occurrences.append(.point(PointCode(code.scalar?.string ?? ""), number))
        }
        return occurrences
    }

    private func decode<Change: Decodable & KeyedChange>(
        _ type: Change.Type, _ node: Node, _ key: String, _ example: String
    ) throws(SimulationError) -> Change {
        guard let mapping = node.mapping else { throw problem(node, "`\(key)` must be like `\(example)`, not \(Self.quoted(node))") }
        for (name, _) in mapping where !Change.keys.contains(name.string ?? "") {
            let known = Change.keys.map { "`\($0)`" }.joined(separator: ", ")
            throw problem(name, "`\(key)` has no \(Self.quoted(name)); it has \(known), like `\(example)`")
        }
        do {
            return try YAMLDecoder().decode(type, from: node)
        } catch {
            throw problem(Self.culprit(error, in: mapping) ?? node, Self.sentence(error, key, example))
        }
    }

    /// The value that could not be read.
    private static func culprit(_ error: any Error, in mapping: Node.Mapping) -> Node? {
        field(error).flatMap { mapping[Node($0)] }
    }

    private static func field(_ error: any Error) -> String? {
        switch error as? DecodingError {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.first?.stringValue
        default: nil
        }
    }

    private static func sentence(_ error: any Error, _ key: String, _ example: String) -> String {
        if case .keyNotFound(let missing, _) = error as? DecodingError {
            return "`\(key)` needs `\(missing.stringValue)`: write it like `\(example)`"
        }
        return (field(error).map { "`\(key).\($0)` is not what it should be" } ?? "`\(key)` can't be read") + ": write it like `\(example)`"
    }
}
