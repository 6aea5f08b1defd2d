import NIOCore

/// Where a secret comes from: a file's lines, or the terminal. Never an argument, which everybody on the machine could read.
enum SecretSource {
    private static let sizeLimit = 1 << 12

    /// The secrets that `questions` ask for, in their order: the lines of the file where one is named, else what is typed.
    static func secrets(_ questions: [String], file: String?) async throws -> [String] {
        guard let file else {
            guard Terminal.isInput else {
                throw CommandFailure(.usage, "Name a file with the secret (--secrets FILE), or work at a terminal.")
            }
            return try questions.map { try Terminal.askSecret("\($0): ") }
        }
        let text = String(buffer: try await LocalFile.read(file, limit: sizeLimit))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.filter { $0 != "\r" } }
        guard lines.count >= questions.count, lines.prefix(questions.count).allSatisfy({ !$0.isEmpty }) else {
            throw CommandFailure(.usage, "\(file) must have a line for each: \(questions.joined(separator: ", ")).")
        }
        return Array(lines.prefix(questions.count))
    }
}
