import Foundation
import Testing

/// net-snmp's commands against one agent. Values are as net-snmp prints them: `INTEGER: 3`, `STRING: "SOCOMEC"`.
struct SNMPPeer: Sendable {
    enum Version: String, CaseIterable, Sendable {
        case v1 = "1"
        case v2c = "2c"
    }

    struct Binding: Equatable, Sendable {
        /// Without the leading dot.
        let name: String
        let value: String

        /// `INTEGER`, `STRING`, … ; net-snmp prints an empty string without its type.
        var type: String { value == "\"\"" ? "STRING" : String(value.prefix { $0 != ":" }).replacing("Hex-STRING", with: "STRING") }
        var integer: Int? { value.hasPrefix("INTEGER: ") ? Int(value.dropFirst(9)) : nil }
        var string: String? {
            if value == "\"\"" { return "" }
            guard value.hasPrefix("STRING: \""), value.hasSuffix("\"") else { return nil }
            return String(value.dropFirst(9).dropLast())
        }
    }

    let host: String
    let port: Int
    var version: Version
    var community: String
    let scratch: Scratch

    /// Runs one of net-snmp's commands.
    func run(_ command: String, _ arguments: [String], timeout: Int = 3, retries: Int = 1) async throws -> Peer.Output {
        let address = ["-v", version.rawValue, "-c", community, "-On", "-t", "\(timeout)", "-r", "\(retries)", "\(host):\(port)"]
        return try await Peer.run(command, address + arguments, in: scratch, within: .seconds(60))
    }

    /// snmpget, snmpgetnext, snmpwalk or snmpbulkwalk; that it fails is a failure of the test.
    func ask(_ command: String, _ objects: [String]) async throws -> [Binding] {
        let output = try await run(command, objects)
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "\(command) \(objects) \(output)") }
        return Self.bindings(output)
    }

    /// The value of one object.
    func value(_ object: String) async throws -> Binding { try #require(try await ask("snmpget", [object]).first) }

    /// Lines of a text that goes on are joined.
    static func bindings(_ output: Peer.Output) -> [Binding] {
        output.lines.reduce(into: []) { bindings, line in
            if line.hasPrefix("."), let equals = line.firstRange(of: " = ") {
                bindings.append(
                    Binding(
                        name: String(line[..<equals.lowerBound].dropFirst()),
                        value: line[equals.upperBound...].trimmingCharacters(in: .whitespaces)))
            } else if let last = bindings.popLast() {
                bindings.append(Binding(name: last.name, value: last.value + line))
            }
        }
    }
}
