/// The contents of a profile's document, ready to be written as YAML or JSON.
package indirect enum ProfileTree: Sendable, Equatable {
    case text(String)
    case number(Int)
    case decimal(Double)
    case truth(Bool)
    case list([ProfileTree])
    /// In the order in which it is written.
    case map([Entry])

    package struct Entry: Sendable, Equatable {
        package let key: String
        package let value: ProfileTree

        init(_ key: String, _ value: ProfileTree) {
            self.key = key
            self.value = value
        }
    }
}

extension ProfileTree {
    /// As a YAML document: one line for each row of a table.
    package var yaml: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    package var json: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .number(let number): String(number)
        case .decimal(let number): Self.word(number)
        case .truth(let truth): truth ? "true" : "false"
        case .list(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
        case .map(let entries): "{" + entries.map { Self.quoted($0.key) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }

    /// The longest row that is written in one line.
    private static let width = 180

    private func write(to text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        switch self {
        case .map(let entries):
            for entry in entries { entry.value.write(under: Self.word(entry.key), to: &text, indent: indent) }
        case .list(let items):
            for item in items {
                if item.fitsInLine(indent) {
                    text += "\(margin)- \(item.flow)\n"
                } else {
                    var inner = ""
                    item.write(to: &inner, indent: indent + 2)
                    text += "\(margin)- \(inner.dropFirst(indent + 2))"
                }
            }
        case .text, .number, .decimal, .truth: text += "\(margin)\(flow)\n"
        }
    }

    private func write(under key: String, to text: inout String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        if fitsInLine(indent), !isTable {
            text += "\(margin)\(key): \(flow)\n"
        } else {
            text += "\(margin)\(key):\n"
            write(to: &text, indent: indent + 2)
        }
    }

    /// A list of rows is written row by row, however short; so is what has lists of rows in it.
    private var isTable: Bool {
        switch self {
        case .list(let items): items.contains { if case .map = $0 { true } else { false } }
        case .map(let entries): entries.contains { $0.value.isTable }
        case .text, .number, .decimal, .truth: false
        }
    }

    private func fitsInLine(_ indent: Int) -> Bool { !isTable && flow.utf8.count + indent <= Self.width }

    private var flow: String {
        switch self {
        case .text(let text): Self.word(text)
        case .number(let number): String(number)
        case .decimal(let number): Self.word(number)
        case .truth(let truth): truth ? "true" : "false"
        case .list(let items): "[" + items.map(\.flow).joined(separator: ", ") + "]"
        case .map(let entries): "{" + entries.map { "\(Self.word($0.key)): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    private static func word(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
    }

    /// Plain where no reader of YAML could take it for anything else, else in double quotes.
    private static func word(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 } ?? false
            && text.utf8.allSatisfy {
                ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || " ._-/()".utf8.contains($0)
            }
        let isReserved = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"].contains(text.lowercased())
        let isNumber = !text.contains(where: \.isLetter) && text.filter { $0 == "." }.count < 2
        return isPlain && !isReserved && !isNumber && text.last != " " ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
