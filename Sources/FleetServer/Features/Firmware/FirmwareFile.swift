import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix

/// The files of the firmware library, read and written away from the cooperative pool.
enum FirmwareFile {
    /// Writes the bytes so that the file is there whole or not at all.
    static func store(_ bytes: ByteBuffer, at path: String) async throws {
        try await NIOThreadPool.singleton.runIfActive {
            guard !FileManager.default.fileExists(atPath: path) else { return }
            let temporary = "\(path).\(getpid()).new"
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
            defer { unlink(temporary) }
            let isWritten = bytes.withUnsafeReadableBytes { writeAll($0, to: descriptor) } && fsync(descriptor) == 0
            close(descriptor)
            guard isWritten, rename(temporary, path) == 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
        }
    }

    static func load(from path: String, maximum: Int) async throws -> ByteBuffer {
        try await NIOThreadPool.singleton.runIfActive {
            guard let data = FileManager.default.contents(atPath: path), data.count <= maximum else {
                throw PrivateFileError(path: path, problem: .notRead(ENOENT))
            }
            return ByteBuffer(bytes: data)
        }
    }

    static func remove(_ path: String) async throws {
        try await NIOThreadPool.singleton.runIfActive { _ = unlink(path) }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = UnsafeRawBufferPointer(rebasing: rest).withMemoryRebound(to: UInt8.self) {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
