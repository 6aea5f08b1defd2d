import Glibc

/// The permissions of a file.
enum FileMode {
    struct NoFile: Error {}

    static func of(_ path: String) throws -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw NoFile() }
        return status.st_mode & 0o777
    }
}
