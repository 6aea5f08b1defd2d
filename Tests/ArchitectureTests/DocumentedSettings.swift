/// Every environment variable that a program reads is listed in `docs/configuration.md`.
enum DocumentedSettings {
    static let document = "docs/configuration.md"

    static func names(in text: String) -> Set<String> {
        Set(text.matches(of: /\b(?:FLEET|NVFLEET|NVEXPLORER)_[A-Z][A-Z_]*[A-Z]\b/).map { String($0.0) })
    }

    static func violations(in file: SourceTree.File, documented: Set<String>) -> [Violation] {
        names(in: file.text).subtracting(documented).sorted().map {
            Violation(path: file.path, line: 0, message: "\($0) is not in \(document). Describe it there.")
        }
    }
}
