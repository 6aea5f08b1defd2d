import Glibc
import NIOCore
import NIOPosix

/// Files of the user, read and written away from the cooperative pool.
enum LocalFile {
    /// Reads a file of at most `limit` bytes.
    static func read(_ path: String, limit: Int) async throws -> ByteBuffer {
        let result = try await NIOThreadPool.singleton.runIfActive { load(path, limit: limit) }
        return try result.get()
    }

    static func readText(_ path: String) async throws -> String { String(buffer: try await read(path, limit: 1 << 16)) }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Writes a file so that it is there whole or not at all. An existing one is replaced.
    static func write(_ bytes: ByteBuffer, to path: String, mode: mode_t = 0o644) async throws {
        let code = try await NIOThreadPool.singleton.runIfActive { store(bytes, path, mode: mode) }
        if code != 0 { throw CommandFailure(.failed, "Can't write \(path): \(reason(code)).") }
    }

    static func remove(_ path: String) throws {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw CommandFailure(.failed, "Can't remove \(path): \(reason(errno)).")
    }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func load(_ path: String, limit: Int) -> Result<ByteBuffer, CommandFailure> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(CommandFailure(.failed, "Can't read \(path): \(reason(errno)).")) }
        defer { close(descriptor) }
        var bytes = ByteBuffer()
        while bytes.readableBytes <= limit {
            var code: CInt = 0
            let count = bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: 1 << 16) { room in
                let count = Glibc.read(descriptor, room.baseAddress, room.count)
                if count < 0 { code = errno }
                return max(0, count)
            }
            if code == EINTR { continue }
            if code != 0 { return .failure(CommandFailure(.failed, "Can't read \(path): \(reason(code)).")) }
            if count == 0 { return .success(bytes) }
        }
        return .failure(CommandFailure(.failed, "\(path) is larger than \(limit) bytes."))
    }

    /// Returns 0, or the error's number.
    private static func store(_ bytes: ByteBuffer, _ path: String, mode: mode_t) -> CInt {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return errno }
        var code = bytes.withUnsafeReadableBytes { writeAll($0, to: descriptor) }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        close(descriptor)
        if code == 0, rename(temporary, path) != 0 { code = errno }
        if code != 0 { unlink(temporary) }
        return code
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) -> CInt {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: offset), bytes.count - offset)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            offset += count
        }
        return 0
    }

    static func reason(_ code: CInt) -> String { String(cString: strerror(code)) }
}
