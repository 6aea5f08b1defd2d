import Foundation

/// The repository's own files, as the rules read them: what is built, fetched or written by running programs is left out.
struct SourceTree {
    struct File {
        /// From the repository's root.
        let path: String
        let text: String
        /// The text as Swift; empty for other files.
        let swift: SwiftText

        init(path: String, text: String) {
            self.path = path
            self.text = text
            swift = SwiftText(path.hasSuffix(".swift") ? text : "")
        }

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    static let repository = SourceTree(
        root: URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent())

    /// The Swift files of the modules, read once for all rules.
    static let sources = repository.files(below: "Sources", endings: [".swift"])

    /// Folders of generated files, by name and by path.
    private static let generated: Set<String> = [
        ".git", ".build", ".swiftpm", "__pycache__", "node_modules", "data", "Web/fleet/dist", "Web/vendor",
    ]

    let root: URL

    /// The files below `folder` (the whole tree when empty) whose names end in one of `endings`, in the order of their paths.
    func files(below folder: String = "", endings: [String]) -> [File] {
        paths(below: folder).filter { path in endings.contains { path.hasSuffix($0) } }.compactMap(file)
    }

    func file(_ path: String) -> File? {
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
        return File(path: path, text: text)
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

    /// The names of the folders directly in `folder`.
    func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return names.filter { isFolder("\(folder)/\($0)") }.sorted()
    }

    func paths(below folder: String = "") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
        return names.sorted().flatMap { name -> [String] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            if Self.generated.contains(name) || Self.generated.contains(path) { return [] }
            return isFolder(path) ? paths(below: path) : [path]
        }
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder) && isFolder.boolValue
    }
}

/// Resolves `link`, as written in the file `path`, to a path from the repository's root.
func resolve(_ link: String, from path: String) -> String {
    var parts = link.hasPrefix("/") ? [] : path.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
        switch part {
        case ".": continue
        case "..": _ = parts.popLast()
        default: parts.append(String(part))
        }
    }
    return parts.joined(separator: "/")
}
