/// Names that explain. A drawer's name says nothing of what is in it, so everything ends up there.
enum NamingRules {
    static let drawers: Set<String> = [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Base", "Impl", "Misc",
    ]

    private static let advice = "Find the noun of the field for what it is; what has one user only belongs beside it, private."

    /// Folders and files of `path` that are named like a drawer.
    static func violations(inPath path: String) -> [Violation] {
        let parts = path.split(separator: "/").map { $0.split(separator: ".").first.map(String.init) ?? "" }
        return parts.compactMap { part in
            drawer(in: part.prefix(1).uppercased() + part.dropFirst()).map {
                Violation(path: path, line: 0, message: "\"\(part)\" is a drawer (\($0)). \(advice)")
            }
        }
    }

    /// Types that are named like a drawer, `get` prefixes, and `public`.
    static func violations(in file: SourceTree.File) -> [Violation] {
        let code = file.swift.joinedCode
        let types = occurrences(of: #"\b(?:struct|class|enum|actor|protocol|typealias)\s+([A-Z]\w*)"#, in: code).compactMap { found in
            drawer(in: found.group).map { (found.line, "the type \(found.group) is a drawer (\($0)). \(advice)") }
        }
        // SNMP's operations are named GET, GETNEXT and GETBULK (RFC 3416, section 4.2).
        let getters = file.path.hasPrefix("Sources/SNMP/") ? [] : occurrences(of: #"\bfunc\s+(get[A-Z]\w*)"#, in: code)
        let kinds = "struct|class|enum|actor|protocol|func|var|let|init|extension|import|typealias"
        let publics = occurrences(of: #"\b(?:public|open)[ \t]+(?:final\s+|static\s+)?(?:"# + kinds + #")\b"#, in: code)
        let complaints =
            types + getters.map { ($0.line, "\($0.group): leave out \"get\"; name the function by what it gives back.") }
            + publics.map { ($0.line, "we ship programs, not a library: `package` between targets instead of `public`.") }
        return complaints.map { Violation(path: file.path, line: $0.0, message: $0.1) }
    }

    /// The drawer's word among the words of a camel-case name.
    static func drawer(in name: String) -> String? {
        name.matches(of: /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/).map { String($0.0) }.first { drawers.contains($0) }
    }
}
