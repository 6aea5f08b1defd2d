/// Links of the Markdown documents to files and headings of the repository.
enum DocumentLinks {
    static func violations(in file: SourceTree.File, tree: (String) -> SourceTree.File?, exists: (String) -> Bool) -> [Violation] {
        proseLines(file).flatMap { number, line in
            line.matches(of: /\]\(([^()\s]+)(?:\s+"[^"]*")?\)/).compactMap { match in
                complaint(String(match.1), in: file, tree: tree, exists: exists).map {
                    Violation(path: file.path, line: number, message: $0)
                }
            }
        }
    }

    private static func complaint(
        _ link: String, in file: SourceTree.File, tree: (String) -> SourceTree.File?, exists: (String) -> Bool
    ) -> String? {
        if link.contains("://") || link.hasPrefix("mailto:") { return nil }
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts[0].isEmpty ? file.path : resolve(parts[0], from: file.path)
        guard exists(path) else { return "\"\(link)\" leads to \(path), which does not exist. Correct the link, or add the file." }
        guard parts.count == 2, let target = parts[0].isEmpty ? file : tree(path) else { return nil }
        if anchors(of: target).contains(parts[1]) { return nil }
        return "\"\(link)\": \(path) has no heading for #\(parts[1]). Correct the anchor."
    }

    /// The anchors that headings get: lower case, hyphens for spaces, no other marks.
    static func anchors(of file: SourceTree.File) -> Set<String> {
        Set(
            proseLines(file).filter { $0.line.hasPrefix("#") }.map { _, line in
                let title = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
                return String(title.compactMap { $0 == " " ? "-" : ($0.isLetter || $0.isNumber || "-_".contains($0)) ? $0 : nil })
            })
    }

    /// The lines outside of code blocks, with their numbers.
    private static func proseLines(_ file: SourceTree.File) -> [(number: Int, line: Substring)] {
        var isCode = false
        return file.lines.enumerated().compactMap { index, line in
            if line.hasPrefix("```") {
                isCode.toggle()
                return nil
            }
            return isCode ? nil : (index + 1, line)
        }
    }
}
