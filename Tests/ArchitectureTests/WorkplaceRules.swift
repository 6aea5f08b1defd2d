/// A clone works anywhere: no file names a folder of the machine on which it was written.
enum WorkplaceRules {
    /// First folders of absolute paths that belong to one machine or one person.
    static let folders = ["home", "root", "Users", "work", "workspace", "mnt"]

    static let endings = [
        ".swift", ".md", ".ts", ".tsx", ".js", ".css", ".html", ".json", ".service", ".sh", ".py", ".yaml", ".txt", "bin/run", "bin/test",
        "bin/build-web", ".ci/run", ".swift-format",
    ]

    static func violations(in file: SourceTree.File) -> [Violation] {
        let pattern = "(?<![A-Za-z0-9_.~:$}*)/-])/(" + folders.joined(separator: "|") + ")/[A-Za-z0-9._-]+"
        return occurrences(of: pattern, in: file.text).map { found in
            Violation(
                path: file.path, line: found.line,
                message: "\"\(found.text)\" exists on one machine only. Use a path relative to the repository, or a setting.")
        }
    }
}
