import Foundation

/// A wall clock that jumps, for one program: a library that is preloaded adds hours to what the program reads. What counts since the start
/// of the machine goes on as it is.
struct FakeClock: Sendable {
    private let offset: FileHandle
    /// The variables of the program.
    let environment: [String: String]

    /// A clock that is right.
    init(in scratch: Scratch) async throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "clock/wall_clock.c")
        let library = scratch.path(scratch.unusedName("wall_clock.so"))
        // Swift's toolchain brings it along.
        let compiler = try await Peer.run("clang", ["-O2", "-fPIC", "-shared", "-o", library, source.path], in: scratch)
        guard compiler.exitCode == 0 else { throw Executable.Missing(description: "wall_clock.c could not be compiled: \(compiler)") }
        let path = try scratch.write(Data(count: 8), as: scratch.unusedName("clock"))
        offset = try FileHandle(forWritingTo: URL(filePath: path))
        environment = ["LD_PRELOAD": library, "WALL_CLOCK_OFFSET": path]
    }

    /// The clock is so many hours ahead of the right time from now on.
    func set(hours: Int) throws {
        try offset.seek(toOffset: 0)
        try offset.write(contentsOf: withUnsafeBytes(of: Int64(hours) * 3600) { Data($0) })
    }
}
