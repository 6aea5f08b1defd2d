import FoundationEssentials

extension ProfileLibrary {
    /// Reads the profiles of a directory's `*.yaml` files. What is wrong with a file is told; the others count.
    ///
    /// A directory that is not there has no files.
    package static func read(directory: String) -> (profiles: [CardProfile], problems: [ProfileProblem]) {
        let (files, problems) = read(paths(in: directory))
        let resolved = ProfileFile.resolve(files)
        return (resolved.profiles, problems + resolved.problems)
    }

    /// The profiles of `files` and what is wrong with them. They may extend those of the directory, and may be newer versions of them.
    package static func check(_ files: [String], beside directory: String) -> (profiles: [CardProfile], problems: [ProfileProblem]) {
        let (checked, problems) = read(files)
        let names = Set(checked.map(\.name))
        let others = read(paths(in: directory)).files.filter { !names.contains($0.name) }
        let resolved = ProfileFile.resolve(checked + others)
        return (
            resolved.profiles.filter { names.contains($0.name) },
            problems + resolved.problems.filter { problem in files.contains { $0 == problem.file } }
        )
    }

    private static func read(_ paths: [String]) -> (files: [ProfileFile], problems: [ProfileProblem]) {
        var files: [ProfileFile] = []
        var problems: [ProfileProblem] = []
        for path in paths {
            do throws(ProfileProblem) {
                files.append(try ProfileFile(contentsOf: path))
            } catch {
                problems.append(error)
            }
        }
        return (files, problems)
    }

    /// The most files that are read.
    private static let maximumFiles = 1000

    private static func paths(in directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted().prefix(maximumFiles)
            .map { "\(directory)/\($0)" }
    }
}

extension ProfileFile {
    package init(contentsOf path: String) throws(ProfileProblem) {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
        guard size ?? 0 <= Self.maximumSize, let data = FileManager.default.contents(atPath: path) else {
            throw ProfileProblem(file: path, line: nil, key: "", reason: "can't be read, or has more than \(Self.maximumSize >> 10) kB")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ProfileProblem(file: path, line: nil, key: "", reason: "is no text in UTF-8")
        }
        try self.init(text, path: path)
    }
}
