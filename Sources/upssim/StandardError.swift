import Glibc

/// Where a program complains.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Nobody is left to tell when this fails.
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
