import Glibc
import NIOCore

/// Files that are whole or absent after a power cut. Everything here blocks: call it off the cooperative pool.
enum DurableFile {
    /// A system call that failed.
    struct Failure: Error, Equatable, CustomStringConvertible {
        let call: String
        let path: String
        let code: CInt

        var description: String { "\(call) \(path): \(String(cString: strerror(code)))" }
    }

    /// Creates a file that must not exist yet.
    static func create(_ path: String, _ bytes: [UInt8], mode: mode_t) throws {
        try bytes.withUnsafeBytes { try write($0, to: path, flags: O_CREAT | O_EXCL | O_WRONLY, mode: mode) }
        try synchronizeDirectory(of: path)
    }

    /// Replaces a file, or creates it: written beside it, forced to disk, renamed, and the name forced to disk.
    static func replace(_ path: String, _ bytes: ByteBuffer, mode: mode_t = 0o644) throws {
        let temporary = path + ".new"
        try bytes.withUnsafeReadableBytes { try write($0, to: temporary, flags: O_CREAT | O_TRUNC | O_WRONLY, mode: mode) }
        guard rename(temporary, path) == 0 else { throw Failure(call: "rename", path: path, code: errno) }
        try synchronizeDirectory(of: path)
    }

    /// The whole file, or nil where there is none. Reading stops once there are `limit` bytes or more.
    static func read(_ path: String, limit: Int) throws -> ByteBuffer? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(call: "open", path: path, code: errno)
        }
        defer { close(descriptor) }
        var bytes = ByteBuffer()
        var failure: CInt?
        while bytes.readableBytes < limit {
            let count = bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: 1 << 16) { room in
                let count = Glibc.read(descriptor, room.baseAddress, room.count)
                if count < 0 { failure = errno }
                return max(0, count)
            }
            if let failure { throw Failure(call: "read", path: path, code: failure) }
            if count == 0 { break }
        }
        return bytes
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to path: String, flags: CInt, mode: mode_t) throws {
        let descriptor = open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Failure(call: "open", path: path, code: errno) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(call: "write", path: path, code: errno) }
            offset += count
        }
        guard fsync(descriptor) == 0 else { throw Failure(call: "fsync", path: path, code: errno) }
    }

    private static func synchronizeDirectory(of path: String) throws {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(call: "open", path: directory, code: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure(call: "fsync", path: directory, code: errno) }
    }
}
