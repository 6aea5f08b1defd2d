import ArgumentParser
import NIOCore
import Yams

/// A user's document, YAML or JSON, as a value of the API.
enum DocumentFile {
    private static let sizeLimit = 1 << 16
    private static let mostValues = 10_000
    private static let greatestDepth = 20

    /// The fields of the named file.
    static func fields(_ path: String) async throws -> [String: APIValue] {
        let text = String(buffer: try await LocalFile.read(path, limit: sizeLimit))
        guard case .object(let fields) = try value(of: text, from: path) else {
            throw CommandFailure(.usage, "\(path) must have names and values, as name: core.")
        }
        return fields
    }

    static func value(of text: String, from source: String) throws -> APIValue {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw CommandFailure(.usage, "\(source) is neither YAML nor JSON: \(error)")
        }
        var left = mostValues
        guard let node else { return .null }
        guard let value = value(of: node, depth: 0, &left) else {
            throw CommandFailure(.usage, "\(source) has keys that are no texts, or more than \(mostValues) values.")
        }
        return value
    }

    /// Nil where the document is too large, or no document of the API.
    private static func value(of node: Node, depth: Int, _ left: inout Int) -> APIValue? {
        left -= 1
        guard left >= 0, depth <= greatestDepth else { return nil }
        switch node {
        case .scalar(let scalar): return scalar.style == .plain ? word(scalar.string) : .text(scalar.string)
        case .sequence(let nodes):
            var values: [APIValue] = []
            for node in nodes {
                guard let value = value(of: node, depth: depth + 1, &left) else { return nil }
                values.append(value)
            }
            return .list(values)
        case .mapping(let pairs):
            var members: [String: APIValue] = [:]
            for (key, node) in pairs {
                guard case .scalar(let name) = key, let value = value(of: node, depth: depth + 1, &left) else { return nil }
                members[name.string] = value
            }
            return .object(members)
        case .alias: return nil
        }
    }

    /// A word without quotation marks. Only `true` and `false` are truth values: `no` is also a country. What would be written otherwise as a
    /// number is a text: 007, 8.30.
    private static func word(_ text: String) -> APIValue {
        switch text {
        case "true": .flag(true)
        case "false": .flag(false)
        case "null", "~", "": .null
        default:
            if let number = Int(text), "\(number)" == text {
                .integer(number)
            } else if let number = Double(text), number.isFinite, "\(number)" == text {
                .number(number)
            } else {
                .text(text)
            }
        }
    }

    /// What stands behind `=` in `--set name=value`: a word, or a list such as [a, b].
    static func setting(_ text: String) -> APIValue {
        guard let first = text.first, "[{\"'".contains(first) else { return word(text) }
        return (try? value(of: text, from: "")) ?? .text(text)
    }
}

/// `--set name=value`, and `--set part.name=value`.
struct SettingOption: Sendable, Equatable {
    let path: [String]
    let value: APIValue

    init(parsing text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, path.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("Write NAME=VALUE, such as host=mail.example.org or to=[a@example.org, b@example.org].")
        }
        self.path = path
        value = parts[1].isEmpty ? .null : DocumentFile.setting(String(parts[1]))
    }

    /// The settings with this one; an empty value takes it away.
    func applied(to settings: APIValue) -> APIValue { Self.replacing(path[...], in: settings, by: value) }

    private static func replacing(_ path: ArraySlice<String>, in settings: APIValue, by value: APIValue) -> APIValue {
        guard let name = path.first else { return value }
        var members = settings.members
        let inner = replacing(path.dropFirst(), in: members[name] ?? .null, by: value)
        members[name] = inner == .null ? nil : inner
        return .object(members)
    }
}
