import FoundationEssentials

/// A directory for what need not outlive the program.
struct ScratchDirectory: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(component: "CardAgent-\(UUID().uuidString)")
        path = url.path
        try StateFile.makeDirectory(path)
    }

    /// Removes it with all that is in it.
    func remove() {
        // What can't be removed is the temporary directory's owner's to clear.
        try? FileManager.default.removeItem(atPath: path)
    }
}
