import FoundationEssentials
import NIOCore

/// Where a secret comes from: a file's lines, the environment's, or the terminal. Never an argument, which everybody on the machine could read.
enum SecretSource {
    static let variable = "NVEXPLORER_SECRETS"
    private static let sizeLimit = 1 << 12

    /// The secrets that `questions` ask for, in their order. `mayBeEmpty`: of those that are stored already.
    static func secrets(_ questions: [String], file: String?, mayBeEmpty: Bool = false) async throws -> [String] {
        guard !questions.isEmpty else { return [] }
        if let file {
            let text = String(buffer: try await LocalFile.read(file, limit: sizeLimit))
            return try lines(of: text, from: file, questions, mayBeEmpty: mayBeEmpty)
        }
        if let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty {
            return try lines(of: text, from: variable, questions, mayBeEmpty: mayBeEmpty)
        }
        guard Terminal.isInput else {
            throw CommandFailure(.usage, "Name a file with the secret (--secrets FILE), set \(variable), or work at a terminal.")
        }
        return try questions.map { try Terminal.askSecret("\($0)\(mayBeEmpty ? " (nothing: as it is)" : ""): ") }
    }

    static func lines(of text: String, from source: String, _ questions: [String], mayBeEmpty: Bool) throws -> [String] {
        // A carriage return and a line feed are one character.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        guard lines.count >= questions.count, mayBeEmpty || lines.prefix(questions.count).allSatisfy({ !$0.isEmpty }) else {
            throw CommandFailure(.usage, "\(source) must have a line for each: \(questions.joined(separator: ", ")).")
        }
        return Array(lines.prefix(questions.count))
    }
}
