import Glibc

/// The terminal, if there is one.
enum Terminal {
    static var isInput: Bool { isatty(STDIN_FILENO) == 1 }
    static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns and rows; 80 × 24 where they can't be had.
    static var size: (columns: Int, rows: Int) {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else { return (80, 24) }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    /// Asks on the terminal without showing what is typed. Throws where there is no terminal.
    static func askSecret(_ question: String) throws -> String {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw CommandFailure(.usage, "There is no terminal to ask for the password. Give it on standard input.")
        }
        defer { close(terminal) }
        var saved = termios()
        guard tcgetattr(terminal, &saved) == 0 else { throw CommandFailure(.usage, "The password can't be asked without showing it.") }
        var silent = saved
        // Signals off too: the program reads Ctrl-C itself, so that it never leaves a terminal that shows nothing.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer { tcsetattr(terminal, TCSAFLUSH, &saved) }
        put(question, on: terminal)
        defer { put("\n", on: terminal) }
        return try readSecret(from: terminal)
    }

    private static func readSecret(from terminal: CInt) throws -> String {
        var bytes: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw CancellationError() }
            switch byte {
            case 0x0A, 0x0D: return String(decoding: bytes, as: UTF8.self)
            case 0x03, 0x04: throw CancellationError()
            case 0x08, 0x7F:
                // A character is its first byte and all that continue it.
                while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
            default:
                if bytes.count < 1024 { bytes.append(byte) }
            }
        }
    }

    /// Asks a question that is answered with yes or no; everything but `y` and `yes` is a no.
    static func confirm(_ question: String) -> Bool {
        put("\(question) [y/N] ", on: STDERR_FILENO)
        let answer = readLine(strippingNewline: true)?.lowercased() ?? ""
        return answer == "y" || answer == "yes"
    }

    static func put(_ text: String, on descriptor: CInt) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
