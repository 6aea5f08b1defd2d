/// What `Package.swift` says of the targets, read as text.
struct Manifest {
    struct Target: Equatable {
        let name: String
        /// `target`, `executableTarget`, `testTarget` or `systemLibrary`.
        let kind: String
        /// Our own targets that it depends on.
        let modules: [String]
        /// Products of other packages that it depends on.
        let products: [String]

        var folder: String { (kind == "testTarget" ? "Tests/" : "Sources/") + name }
    }

    let targets: [Target]

    init(_ text: String) {
        var constants: [String: String] = [:]
        for match in text.matches(of: /let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/) {
            constants[String(match.1)] = String(match.2)
        }
        targets = text.matches(of: /\.(target|executableTarget|testTarget|systemLibrary)\(\s*name:\s*"([^"]+)"/).map { match in
            let declaration = Self.upToClosingParenthesis(text[match.range.upperBound...])
            let list = declaration.firstMatch(of: /dependencies:\s*\[((?:[^\[\]]|\[[^\]]*\])*)\]/).map { String($0.1) } ?? ""
            let words = list.matches(of: /\b[A-Za-z_]\w*\b/).map { String($0.0) }
            return Target(
                name: String(match.2), kind: String(match.1),
                modules: list.matches(of: /"([^"]+)"/).map { String($0.1) },
                products: words.compactMap { constants[$0] })
        }
    }

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }

    private static func upToClosingParenthesis(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return text[..<index] }
        }
        return text
    }

    /// Targets without a folder, and folders without a target.
    func strays(folders: [String]) -> [Violation] {
        let declared = Set(targets.map(\.folder))
        let missing = declared.subtracting(folders).sorted().map {
            Violation(
                path: "Package.swift", line: 0,
                message: "a target lives in \($0), which does not exist. Add the folder or remove the target.")
        }
        let undeclared = Set(folders).subtracting(declared).sorted().map {
            Violation(
                path: $0, line: 0,
                message: "the folder belongs to no target. Declare it in Package.swift, or move its files to their target.")
        }
        return missing + undeclared
    }
}
