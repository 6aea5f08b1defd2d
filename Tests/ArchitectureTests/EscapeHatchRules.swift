/// Ways around the compiler's proofs. They are counted: none outside `Transport/`, and there only with a comment that says why it holds.
enum EscapeHatchRules {
    struct Hatch: Sendable {
        let pattern: String
        let instead: String
    }

    static let hatches = [
        Hatch(pattern: #"@unchecked\s+Sendable"#, instead: "use Mutex, an actor, or a value owned by one task"),
        Hatch(pattern: #"\bnonisolated\(unsafe\)"#, instead: "use Mutex, or pass the value in"),
        Hatch(pattern: #"\btry!"#, instead: "throw, or make the failure impossible by its type"),
        Hatch(pattern: #"\bas!"#, instead: "use an enum with payloads, or as? with an answer for nil"),
        Hatch(pattern: #"\bfatalError\b"#, instead: "throw; or precondition, where only our own mistake can lead there"),
    ]

    static func violations(in file: SourceTree.File) -> [Violation] {
        guard file.path.hasPrefix("Sources/") else { return [] }
        let isTransport = file.path.split(separator: "/").dropLast().contains("Transport")
        let code = file.swift.joinedCode
        return hatches.flatMap { hatch in
            occurrences(of: hatch.pattern, in: code).compactMap { found -> Violation? in
                if isTransport, file.swift.isCommented(line: found.line) { return nil }
                let rest = isTransport ? ", or prove in a comment on this line or above it why it is safe" : ""
                return Violation(path: file.path, line: found.line, message: "\(found.text): \(hatch.instead)\(rest).")
            }
        }
    }
}
