import PowerDevice
import UPSSimulation
import Yams

/// Which devices a farm has: those of a file, or `mixed`.
///
///     # two of one model, then a parallel system of another; the list is repeated as often as the farm needs
///     - model: MASTERYS BC+
///       count: 2
///     - model: MODULYS XM
///       units: 2
///       modules: 4
///
/// The file is YAML: a list of mappings with `model` and, where it is not as usual, `count`, `units` and `modules`.
enum FarmProfile {
    struct Problem: Error, Equatable, CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line): \(reason)" }
    }

    private static let largestCount = 10_000
    private static let largestDocument = 1 << 20
    private static let expected = "expected a list of `- model: NAME`, with `count`, `units` and `modules` where they are not as usual"

    /// The devices of a profile document, one for each card.
    static func layouts(_ document: String) throws(Problem) -> [SystemLayout] {
        guard document.utf8.count <= largestDocument else { throw Problem(line: 1, reason: "the profile is too large") }
        guard let root = try compose(document) else { throw Problem(line: 1, reason: "the profile lists no model") }
        guard let list = root.sequence else { throw Problem(line: line(of: root), reason: expected) }
        guard !list.isEmpty else { throw Problem(line: line(of: root), reason: "the profile lists no model") }
        var layouts: [SystemLayout] = []
        for entry in list {
            let (layout, count) = try read(entry)
            guard layouts.count + count <= largestCount else {
                throw Problem(line: line(of: entry), reason: "a farm has \(largestCount) cards at most")
            }
            layouts += Array(repeating: layout, count: count)
        }
        return layouts
    }

    private static func read(_ entry: Node) throws(Problem) -> (layout: SystemLayout, count: Int) {
        guard let mapping = entry.mapping else { throw Problem(line: line(of: entry), reason: expected) }
        for (key, _) in mapping where !["model", "count", "units", "modules"].contains(key.string) {
            throw Problem(line: line(of: key), reason: expected)
        }
        guard let name = mapping["model"] else { throw Problem(line: line(of: entry), reason: "a device needs a model: " + expected) }
        guard let model = name.string.flatMap({ UPSModel.named($0) }) else {
            let known = UPSModel.all.map(\.name).joined(separator: ", ")
            throw Problem(line: line(of: name), reason: "there is no model \"\(name.string ?? "")\"; there are \(known)")
        }
        let count = try number("count", in: mapping, 1...largestCount) ?? 1
        let units = try number("units", in: mapping, 1...Topology.mostVUMapUnits)
        let modules = try number("modules", in: mapping, 1...Topology.mostModulesInUnit)
        do throws(SimulationError) {
            return (try SystemLayout(model, units: units, modules: modules), count)
        } catch {
            throw Problem(line: line(of: entry), reason: "\(error)")
        }
    }

    private static func number(_ key: String, in mapping: Node.Mapping, _ allowed: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let node = mapping[key] else { return nil }
        guard let number = node.int, allowed.contains(number) else {
            throw Problem(
                line: line(of: node),
                reason: "\(key) must be from \(allowed.lowerBound) to \(allowed.upperBound), not \(node.string ?? "a list")")
        }
        return number
    }

    private static func compose(_ document: String) throws(Problem) -> Node? {
        do {
            return try Yams.compose(yaml: document)
        } catch let error as YamlError {
            switch error {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
                throw Problem(line: mark.line, reason: problem)
            default: throw Problem(line: 1, reason: "it is no YAML document")
            }
        } catch {
            throw Problem(line: 1, reason: "it is no YAML document")
        }
    }

    private static func line(of node: Node) -> Int { node.mark?.line ?? 1 }
}

extension FarmProfile {
    /// All models of the catalogue: of twelve cards seven have a VU-MAP device, four a JBUSP one and one an STS. Every seventh card has a
    /// parallel system, where its model works in parallel, of two to four units; MODULYS come with their usual modules.
    static let mixed: [SystemLayout] = {
        let vuMap = UPSModel.catalogue.filter { $0.map.family == .vuMap }
        let jbusp = UPSModel.catalogue.filter { $0.map.family == .jbusp }
        let sts = UPSModel.catalogue.filter { $0.map.family == .sts }
        let dozens = max(vuMap.count, jbusp.count)
        return (0..<dozens).flatMap { dozen in
            (0..<12).map { place in
                let model =
                    switch place {
                    case ..<7: vuMap[(dozen * 7 + place) % vuMap.count]
                    case ..<11: jbusp[(dozen * 4 + place - 7) % jbusp.count]
                    default: sts[dozen % sts.count]
                    }
                return layout(of: model, card: dozen * 12 + place + 1)
            }
        }
    }()

    private static func layout(of model: UPSModel, card number: Int) -> SystemLayout {
        guard number % 7 == 3 else { return SystemLayout(model) }
        let parallel = try? SystemLayout(model, units: 2 + number / 7 % 3)
        return parallel ?? SystemLayout(model)
    }
}
