import Foundation
import SNMP
import Testing

/// What a card answers, and what is to be understood: `NAME.snmprec` (object|type|value, as snmpsim replays it) and `NAME.expected.json`.
struct CardFixture: Sendable, CustomTestStringConvertible {
    /// Absent in the JSON for a responder that is no card.
    struct Expectation: Decodable, Sendable {
        var generation: String
        var kind: String
        var model: String?
        var agent: String?
        var firmware: String?
        var serial: String?
        var mac: String?
        var name: String?
        var source: String?
        var battery: String?
        var alarms: [String]
        var status: String
        var communicating: Bool
        /// Of input, output, bypass.
        var lines: [Int]
        var readings: [String: Double]
    }

    let name: String
    let bindings: [VariableBinding]
    let expectation: Expectation?

    var testDescription: String { name }

    /// Every fixture there is: a new card is two files.
    static let all: [CardFixture] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "snmprec" }.map(\.lastPathComponent).sorted().compactMap { file in
            try? CardFixture(name: String(file.dropLast(".snmprec".count)), in: folder)
        }
    }()

    static func named(_ name: String) throws -> CardFixture { try #require(all.first { $0.name == name }) }

    private init(name: String, in folder: URL) throws {
        self.name = name
        let records = try String(contentsOf: folder.appending(path: "\(name).snmprec"), encoding: .utf8)
        bindings = try records.split(separator: "\n").map(Self.binding)
        let expected = try Data(contentsOf: folder.appending(path: "\(name).expected.json"))
        expectation = try JSONDecoder().decode(Expectation?.self, from: expected)
    }

    private struct UnreadableRecord: Error {
        let record: String
    }

    private static func binding(_ record: Substring) throws -> VariableBinding {
        let fields = record.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let name = OID(String(fields[0])), let value = value(type: fields[1], String(fields[2])) else {
            throw UnreadableRecord(record: String(record))
        }
        return VariableBinding(name, value)
    }

    /// The ASN.1 tag in decimal; `x` after it for a value in hexadecimal.
    private static func value(type: Substring, _ text: String) -> SNMPValue? {
        switch type {
        case "2": Int32(text).map(SNMPValue.integer)
        case "4": .text(text)
        case "4x": .octetString(stride(from: 0, to: text.count, by: 2).compactMap { UInt8(text.dropFirst($0).prefix(2), radix: 16) })
        case "6": OID(text).map(SNMPValue.objectIdentifier)
        case "65": UInt32(text).map(SNMPValue.counter32)
        case "66": UInt32(text).map(SNMPValue.gauge32)
        case "67": UInt32(text).map(SNMPValue.timeTicks)
        default: nil
        }
    }

    /// What an agent with these objects answers to a request for `names`.
    func answers(to names: [OID]) -> [VariableBinding] {
        let values = Dictionary(bindings.map { ($0.name, $0.value) }) { first, _ in first }
        return names.compactMap { name in values[name].map { VariableBinding(name, $0) } }
    }
}
