import Testing

/// A place in the tree that breaks a rule. The message says what to do instead.
struct Violation: Equatable, CustomStringConvertible {
    /// From the repository's root.
    let path: String
    /// From 1; 0 when the whole file is meant.
    let line: Int
    let message: String

    var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}

/// Fails the test once for every violation, so that all of them are seen in one run.
func expectNone(_ violations: [Violation], sourceLocation: SourceLocation = #_sourceLocation) {
    for violation in violations { Issue.record("\(violation)", sourceLocation: sourceLocation) }
}
