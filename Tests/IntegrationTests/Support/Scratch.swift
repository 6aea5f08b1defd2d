import Foundation

/// A folder of one suite, gone afterwards.
struct Scratch: Sendable {
    let folder: URL

    static func with<Result>(_ body: (Scratch) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nvfleet-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(Scratch(folder: folder))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    @discardableResult
    func write(_ data: Data, as name: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
        return url.path
    }

    @discardableResult
    func write(_ text: String, as name: String) throws -> String { try write(Data(text.utf8), as: name) }

    func makeFolder(_ name: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url.path
    }

    /// A name that nothing in this folder has.
    func unusedName(_ stem: String) -> String { "\(stem)-\(UUID().uuidString.prefix(8))" }
}
