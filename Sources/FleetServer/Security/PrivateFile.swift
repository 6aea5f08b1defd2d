import FoundationEssentials
import Glibc

/// Small files that only the server's user may read: the master key, the instance's name.
enum PrivateFile {
    /// Reads the file, or writes it (mode 0600, atomically) with what `create` makes when it does not exist.
    static func readOrCreate(path: String, create: () -> [UInt8]) throws -> [UInt8] {
        if let existing = FileManager.default.contents(atPath: path) { return Array(existing) }
        let bytes = create()
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFileError(path: path, code: errno) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let synced = fsync(descriptor)
        close(descriptor)
        guard written == bytes.count, synced == 0, rename(temporary, path) == 0 else {
            throw PrivateFileError(path: path, code: errno)
        }
        return bytes
    }
}

struct PrivateFileError: Error, CustomStringConvertible {
    let path: String
    let code: CInt
    var description: String { "Can't write \(path): \(String(cString: strerror(code)))." }
}
