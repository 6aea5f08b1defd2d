/// A file that one can hold in mind. Growth beyond the budget is a decision, taken here.
enum FileBudgets {
    static let limit = 400

    /// Larger files, each with the reason. Tables of data may be long; code may not.
    static let exceptions: [String: String] = [:]

    static let endings = [".swift", ".ts", ".tsx", ".js", ".css", ".html"]

    static func violations(in file: SourceTree.File, exceptions: [String: String] = exceptions) -> [Violation] {
        let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > limit, exceptions[file.path] == nil else { return [] }
        let message =
            "\(count) lines; the budget is \(limit). Split it by concept; a table of data gets an entry with its reason in FileBudgets.exceptions."
        return [Violation(path: file.path, line: 0, message: message)]
    }

    /// Exceptions that nobody needs any more.
    static func stale(sizes: [String: Int], exceptions: [String: String] = exceptions) -> [Violation] {
        exceptions.keys.sorted().filter { (sizes[$0] ?? 0) <= limit }.map {
            Violation(path: $0, line: 0, message: "needs no exception any more. Remove it from FileBudgets.exceptions.")
        }
    }
}
