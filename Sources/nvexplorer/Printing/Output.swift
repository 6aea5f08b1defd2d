import FoundationEssentials
import Glibc

/// Standard output and standard error: words for people, or one JSON document for programs.
struct Output: Sendable {
    let isJSON: Bool

    /// A line for people; nothing where a program reads.
    func say(_ text: String) {
        guard !isJSON else { return }
        Terminal.put(Self.printable(text) + "\n", on: STDOUT_FILENO)
    }

    /// The document that the command was asked for; `words` are the same for people.
    func show(_ document: some Encodable, words: () -> [String]) throws {
        if isJSON {
            Terminal.put(try Self.json(document) + "\n", on: STDOUT_FILENO)
        } else {
            for line in words() { say(line) }
        }
    }

    /// One line of JSON on standard error, while the command is still at work.
    static func progress(_ value: some Encodable) throws { Terminal.put(try line(value) + "\n", on: STDERR_FILENO) }

    /// One line of JSON.
    static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A sentence on standard error.
    static func complain(_ text: String) {
        guard !text.isEmpty else { return }
        Terminal.put(printable(text) + "\n", on: STDERR_FILENO)
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The text without control characters: what a card or a server says must not steer the terminal.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }))
    }
}
