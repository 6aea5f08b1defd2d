import PowerDevice
import Yams

/// Reads a scenario document, and tells by line and event what is wrong with it.
struct ScenarioReader {
    let layout: SystemLayout
    /// Where the reader is, for its errors: `event 3`.
    private var place = ""

    init(layout: SystemLayout) { self.layout = layout }

    private static let largestDocument = 1 << 20
    private static let mostEvents = 100_000
    /// Up to a year.
    private static let times = 0.0...31_536_000.0

    mutating func read(_ text: String) throws(SimulationError) -> (initial: [Occurrence], events: [Scenario.Event]) {
        guard text.utf8.count <= Self.largestDocument else { throw .malformedScenario("it is larger than \(Self.largestDocument) bytes.") }
        let root = try Self.compose(text)
        guard let mapping = root.mapping else {
            throw .malformedScenario("it must be a mapping with `events:`, a list like `- {at: 10, mains: {present: false}}`.")
        }
        for (key, _) in mapping where !["initial", "events"].contains(key.string) {
            throw problem(key, "there is no key \(Self.quoted(key)); a scenario has `initial` and `events`")
        }
        var initial: [Occurrence] = []
        if let node = mapping["initial"], !Self.isNull(node) {
            place = "initial"
            initial = try occurrences(of: node)
        }
        guard let list = mapping["events"] else {
            guard !initial.isEmpty else {
                throw .malformedScenario("it has no `events:`, a list like `- {at: 10, mains: {present: false}}`.")
            }
            return (initial, [])
        }
        return (initial, try events(of: list))
    }

    private static func compose(_ text: String) throws(SimulationError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw SimulationError.malformedScenario(
                    "it is empty; write `events:` and a list like `- {at: 10, mains: {present: false}}`.")
            }
            return node
        } catch let error as SimulationError {
            throw error
        } catch let error as YamlError {
            throw .malformedScenario(Self.sentence(error))
        } catch {
            throw .malformedScenario("it is no YAML document.")
        }
    }

    private static func sentence(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)."
        case .duplicatedKeysInMapping(let duplicates, let context):
            "line \(context.mark.line): the key \(duplicates.joined(separator: ", ")) stands there twice."
        default: "it is no YAML document."
        }
    }

    private mutating func events(of list: Node) throws(SimulationError) -> [Scenario.Event] {
        guard let sequence = list.sequence else {
            if Self.isNull(list) { return [] }
            throw problem(list, "`events` must be a list like `- {at: 10, mains: {present: false}}`")
        }
        guard sequence.count <= Self.mostEvents else { throw .malformedScenario("it has more than \(Self.mostEvents) events.") }
        var events: [Scenario.Event] = []
        for (index, node) in sequence.enumerated() {
            place = "event \(index + 1)"
            guard let mapping = node.mapping else { throw problem(node, "it must be a mapping like `{at: 10, mains: {present: false}}`") }
            guard let time = mapping["at"] else { throw problem(node, "it does not say when: write `at: 10`, in seconds from the start") }
            guard let at = Self.number(time) else {
                throw problem(time, "`at` must be a number of seconds from the start, like `at: 10`, not \(Self.quoted(time))")
            }
            guard Self.times.contains(at) else {
                throw impossible(time, "`at` must be a number of seconds from 0 to \(Int(Self.times.upperBound)), not \(Self.quoted(time))")
            }
            let occurrences = try occurrences(of: node)
            guard !occurrences.isEmpty else {
                throw impossible(node, "it says when, but not what happens: write one of \(Self.knownKeys) too, like `load: {percent: 80}`")
            }
            events.append(Scenario.Event(at: at, occurrences: occurrences))
        }
        // Stable: what is listed first at one moment happens first.
        return events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    static func number(_ node: Node) -> Double? {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any, let value = Double(scalar.string), value.isFinite
        else {
            return nil
        }
        return value
    }

    static func isNull(_ node: Node) -> Bool { node.null != nil }

    /// What stands there, short enough to be shown.
    static func quoted(_ node: Node) -> String {
        guard let text = node.string ?? node.scalar?.string else { return node.mapping == nil ? "a list" : "a mapping" }
        return "`\(text.prefix(40))`"
    }

    func problem(_ node: Node, _ sentence: String) -> SimulationError { .malformedScenario(text(node, sentence)) }

    func impossible(_ node: Node, _ sentence: String) -> SimulationError { .impossibleScenario(text(node, sentence)) }

    /// A sentence with its place: `line 4, event 2: …`
    func text(_ node: Node, _ sentence: String) -> String {
        let line = node.mark.map { "line \($0.line)" }
        let parts = [line, place.isEmpty ? nil : place].compactMap { $0 }
        return (parts.isEmpty ? "" : parts.joined(separator: ", ") + ": ") + sentence + "."
    }
}
