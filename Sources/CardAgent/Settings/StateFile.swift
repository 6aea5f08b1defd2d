#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of the state directory that can't be read or written, or holds what can't be used.
struct StateDirectoryError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    init(path: String, errno: Int32) { self.init(path: path, reason: String(cString: strerror(errno))) }

    var description: String { "\(path): \(reason)" }
}

/// Small files of the state directory. A power cut leaves the old contents or the new ones, never a part of them.
enum StateFile {
    private static let longest = 1 << 20

    /// The file's text; nil where there is no such file. What is not UTF-8 becomes U+FFFD.
    static func read(_ path: String) throws(StateDirectoryError) -> String? {
        try octets(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The file's octets, up to a megabyte; nil where there is no such file.
    static func octets(_ path: String) throws(StateDirectoryError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw StateDirectoryError(path: path, errno: errno)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while bytes.count < longest {
            let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
            guard count >= 0 else { throw StateDirectoryError(path: path, errno: errno) }
            if count == 0 { break }
            bytes += chunk.prefix(count)
        }
        return bytes
    }

    /// Writes beside the file, and puts that in its place once it is on the disk. Only the owner may read it, if nothing else is said.
    ///
    /// - Parameter isDurable: false does not wait for the disk: a power cut may leave anything. For what can be made again.
    static func write(_ text: String, to path: String, mode: mode_t = 0o600, isDurable: Bool = true) throws(StateDirectoryError) {
        let new = path + ".new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw StateDirectoryError(path: new, errno: errno) }
        let isWritten = writeAll(Array(text.utf8), to: descriptor) && (!isDurable || fsync(descriptor) == 0)
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(new)
            throw StateDirectoryError(path: new, errno: code)
        }
        guard rename(new, path) == 0 else { throw StateDirectoryError(path: path, errno: errno) }
        if isDurable { try synchronizeDirectory(of: path) }
    }

    /// The new name, too, is to survive a power cut.
    private static func synchronizeDirectory(of path: String) throws(StateDirectoryError) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StateDirectoryError(path: directory, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StateDirectoryError(path: directory, errno: errno) }
    }

    /// Makes a directory and those above it, for the owner alone if nothing else is said.
    static func makeDirectory(_ path: String, mode: mode_t = 0o700) throws(StateDirectoryError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            if mkdir(made, mode) != 0, errno != EEXIST { throw StateDirectoryError(path: made, errno: errno) }
        }
        guard access(path, W_OK | X_OK) == 0 else { throw StateDirectoryError(path: path, errno: errno) }
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    #if canImport(Glibc)
        private static func systemRead(_ file: CInt, _ into: UnsafeMutableRawBufferPointer) -> Int {
            Glibc.read(file, into.baseAddress, into.count)
        }
        private static func systemWrite(_ file: CInt, _ from: UnsafeRawBufferPointer) -> Int {
            Glibc.write(file, from.baseAddress, from.count)
        }
    #else
        private static func systemRead(_ file: CInt, _ into: UnsafeMutableRawBufferPointer) -> Int {
            Darwin.read(file, into.baseAddress, into.count)
        }
        private static func systemWrite(_ file: CInt, _ from: UnsafeRawBufferPointer) -> Int {
            Darwin.write(file, from.baseAddress, from.count)
        }
    #endif
}
