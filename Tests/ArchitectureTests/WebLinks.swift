/// Links of the web's sources: every local one leads to a file, and none leads to another site.
enum WebLinks {
    struct Link: Equatable {
        let target: String
        let line: Int
    }

    /// Files that exist only in the built dashboard, each with the source that it is built from.
    static let built: [String: String] = [
        "Web/fleet/app.js": "Web/fleet/src/main.tsx",
        "Web/fleet/app.css": "Web/fleet/src/main.tsx",
    ]

    /// What an import may leave out.
    private static let scriptEndings = ["", ".ts", ".tsx", ".js", ".d.ts", "/index.ts", "/index.tsx"]

    /// The links of a file that the browser or the bundler follows.
    static func links(in file: SourceTree.File) -> [Link] {
        patterns(for: file.path).flatMap { pattern in
            occurrences(of: pattern, in: file.text).map { Link(target: $0.group, line: $0.line) }
        }
    }

    private static func patterns(for path: String) -> [String] {
        if path.hasSuffix(".css") { return [#"url\(\s*["']?([^"')]+)["']?\s*\)"#, #"@import\s+["']([^"']+)["']"#] }
        if path.hasSuffix(".html") || path.hasSuffix(".svg") { return [#"\b(?:href|src)\s*=\s*["']([^"']*)["']"#] }
        return [
            #"(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\bnew URL\(\s*)["'](\.[^"']*)["']"#,
            #"<(?:img|script|link|use)\b[^>]*?\b(?:href|src)="([^"]+)""#,
        ]
    }

    static func violations(in file: SourceTree.File, exists: (String) -> Bool) -> [Violation] {
        links(in: file).compactMap { link in
            complaint(link.target, in: file.path, exists: exists).map { Violation(path: file.path, line: link.line, message: $0) }
        }
    }

    private static func complaint(_ link: String, in path: String, exists: (String) -> Bool) -> String? {
        if link.isEmpty { return "a link without a target. Say where it leads, or use a button." }
        if link.hasPrefix("#") || link.hasPrefix("data:") || link.hasPrefix("mailto:") { return nil }
        if link.contains("://") || link.hasPrefix("//") {
            return
                "\"\(link)\" leads to another site. The dashboard works without the Internet: let bin/build-web bring the file, and link that."
        }
        let target = String(link.prefix { $0 != "#" && $0 != "?" })
        let root = path.split(separator: "/").prefix(2).joined(separator: "/")
        let resolved = target.hasPrefix("/") ? root + target : resolve(target, from: path)
        let endings = path.hasSuffix(".css") || path.hasSuffix(".html") ? [""] : scriptEndings
        if endings.contains(where: { exists(resolved + $0) }) { return nil }
        if let source = built[resolved] {
            return exists(source) ? nil : "\"\(link)\" is built from \(source), which does not exist. Correct WebLinks.built."
        }
        return "\"\(link)\" leads to \(resolved), which does not exist. Correct the link, or add the file."
    }
}
