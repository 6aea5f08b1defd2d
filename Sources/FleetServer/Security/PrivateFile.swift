import Glibc

/// Small files that only the server's user may read: the master key, the instance's name.
enum PrivateFile {
    /// More than any of them holds.
    private static let limit = 4096

    /// Reads the file, or writes it (mode 0600, whole or not at all) with what `create` makes where there is none.
    ///
    /// What exists is never replaced, readable or not: with a new key all that was sealed with the old one would be lost.
    /// Throws `PrivateFileError`.
    static func readOrCreate(path: String, create: () -> [UInt8]) throws -> [UInt8] {
        if let existing = try read(path) { return existing }
        let bytes = create()
        let temporary = path + ".new"
        unlink(temporary)
        defer { unlink(temporary) }
        try write(bytes, to: temporary, for: path)
        // Unlike a renaming, a second name never takes the place of a file. Some shares know no second names.
        if link(temporary, path) != 0 {
            let code = errno
            if code == EEXIST, let others = try read(path) { return others }
            guard [EPERM, EOPNOTSUPP].contains(code), rename(temporary, path) == 0 else {
                throw PrivateFileError(path: path, problem: .notWritten(code))
            }
        }
        try synchronizeDirectory(of: path)
        return bytes
    }

    /// The file's bytes; nil where there is no file.
    private static func read(_ path: String) throws(PrivateFileError) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw PrivateFileError(path: path, problem: .notRead(errno))
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var length = 0
        while length < limit {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress?.advanced(by: length), limit - length) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw PrivateFileError(path: path, problem: .notRead(errno)) }
            if count == 0 { break }
            length += count
        }
        return Array(bytes.prefix(length))
    }

    private static func write(_ bytes: [UInt8], to temporary: String, for path: String) throws(PrivateFileError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count else { throw PrivateFileError(path: path, problem: .notWritten(written < 0 ? errno : ENOSPC)) }
        guard fsync(descriptor) == 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
    }

    /// A name, too, is there after a power cut only once its directory has been forced to disk.
    private static func synchronizeDirectory(of path: String) throws(PrivateFileError) {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw PrivateFileError(path: path, problem: .notWritten(errno)) }
    }
}

/// Why a private file can't be used, with the number of the system's error.
struct PrivateFileError: Error, Equatable, CustomStringConvertible {
    enum Problem: Equatable {
        case notRead(CInt)
        case notWritten(CInt)
    }

    let path: String
    let problem: Problem

    var description: String {
        switch problem {
        case .notRead(ENOENT): "\(path) is not there, or is no such file as it should be."
        case .notRead(EACCES):
            "\(path) is there, but may not be read by the user that runs the server. Give it to that user (chown), with mode 0600."
        case .notRead(let code):
            "\(path) is there, but can't be read: \(String(cString: strerror(code))). It was left as it is: repair it, or restore it from "
                + "your backup."
        case .notWritten(EEXIST):
            "\(path) is a link to a file that is not there. Bring back what it points to: is a disk not mounted?"
        case .notWritten(let code): "\(path) can't be written: \(String(cString: strerror(code)))."
        }
    }
}
