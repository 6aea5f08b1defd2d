import Foundation
import Testing

/// What a real card answered once, and what is to be understood of it. Recorded by `Tests/NetVisionTests/Fixtures`.
struct CardFixture: Sendable, CustomTestStringConvertible {
    let name: String
    /// Null: no card, not to be taken into the inventory.
    let expected: JSON
    /// `object|type|value`, as snmpsim replays it.
    let records: String

    var testDescription: String { name }

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../NetVisionTests/Fixtures")
        self.name = name
        records = try String(contentsOf: folder.appending(path: "\(name).snmprec"), encoding: .utf8)
        expected = try JSON(parsing: String(contentsOf: folder.appending(path: "\(name).expected.json"), encoding: .utf8))
    }

    /// The objects as net-snmp's agent is told to answer them, outside the system group, which it has itself.
    var overrides: [String] {
        let types = ["2": "integer", "4": "octet_str", "6": "object_id", "67": "timeticks"]
        return records.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, !parts[0].hasPrefix("1.3.6.1.2.1.1."), let type = types[String(parts[1])] else { return nil }
            let text = "\"\(parts[2].replacing("\"", with: "\\\""))\""
            return "override .\(parts[0]) \(type) \(type == "octet_str" ? text : String(parts[2]))"
        }
    }

    /// The value of one recorded object.
    func recorded(_ object: String) -> String? {
        records.split(separator: "\n").first { $0.hasPrefix("\(object)|") }
            .map { String($0.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)[2]) }
    }
}
