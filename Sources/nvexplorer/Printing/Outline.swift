/// A document of the API as YAML: to read, and to give back with `--file`.
enum Outline {
    static func lines(_ value: APIValue) -> [String] { lines(value, indent: "") }

    private static func lines(_ value: APIValue, indent: String) -> [String] {
        switch value {
        case .object(let members):
            members.sorted { rank($0.key) < rank($1.key) }.flatMap { name, value in member(name, value, indent) }
        case .list(let values):
            values.flatMap { value -> [String] in
                guard !isShort(value) else { return ["\(indent)- \(short(value))"] }
                let inner = lines(value, indent: indent + "  ")
                return ["\(indent)- \((inner.first ?? "").dropFirst(indent.count + 2))"] + inner.dropFirst()
            }
        default: [indent + short(value)]
        }
    }

    private static func member(_ name: String, _ value: APIValue, _ indent: String) -> [String] {
        isShort(value) ? ["\(indent)\(text(name)): \(short(value))"] : ["\(indent)\(text(name)):"] + lines(value, indent: indent + "  ")
    }

    /// Who it is comes first.
    private static func rank(_ name: String) -> (Int, String) {
        switch name {
        case "id": (0, name)
        case "name": (1, name)
        default: (2, name)
        }
    }

    private static func isShort(_ value: APIValue) -> Bool {
        switch value {
        case .object(let members): members.isEmpty
        case .list(let values): values.allSatisfy { if case .object = $0 { false } else if case .list = $0 { false } else { true } }
        default: true
        }
    }

    private static func short(_ value: APIValue) -> String {
        switch value {
        case .null: "null"
        case .text(let text): self.text(text)
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .list(let values): "[" + values.map(short).joined(separator: ", ") + "]"
        case .object: "{}"
        }
    }

    /// In quotation marks where YAML would take it for something else.
    private static func text(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.first != " " && text.last != " "
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || " _-./@+%".unicodeScalars.contains($0)
            }
        let isWord =
            text.first?.isLetter == true && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain, isWord { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n").replacing(
            "\t", with: "\\t")
        return "\"\(escaped)\""
    }
}
