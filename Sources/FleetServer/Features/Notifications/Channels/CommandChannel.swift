import CProcess
import FoundationEssentials
import Glibc
import NIOPosix

/// Runs a program with a message on its standard input. No shell is between them.
struct CommandChannel: NotificationChannel {
    private static let seconds: Int32 = 30
    /// Of what it says that is kept.
    private static let answerLength = 4096
    /// EX_USAGE: the program does not understand the message, and never will.
    private static let usageError = 64

    let path: String
    let arguments: [String]

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        let input = Array(JSONCodingText.of(message).utf8)
        let environment = Self.environment(message)
        do {
            return try await NIOThreadPool.singleton.runIfActive { run(input, environment) }
        } catch {
            return .failed("The server is stopping.")
        }
    }

    /// Nothing of the server's own environment, which may hold secrets.
    static func environment(_ message: NotificationMessage) -> [String] {
        let values = MessageTemplate.values(of: message).map { name, value in
            ("NVFLEET_\(name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : $1.uppercased() })", value)
        }
        let fixed = [("PATH", "/usr/local/bin:/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("NVFLEET_MESSAGE", message.title)]
        return (fixed + values.sorted { $0.0 < $1.0 }).map { name, value in
            "\(name)=\(String(value.prefix(4000)).replacing("\0", with: " "))"
        }
    }

    private func run(_ input: [UInt8], _ environment: [String]) -> DeliveryOutcome {
        var output = [UInt8](repeating: 0, count: Self.answerLength)
        var length = 0
        let status = withCStrings([path] + arguments) { arguments in
            withCStrings(environment) { environment in
                process_run(path, arguments, environment, input, input.count, &output, output.count, &length, Self.seconds)
            }
        }
        let words = String(decoding: output[..<length], as: UTF8.self)
        let said = words.isEmpty ? "" : ": \(words)"
        switch status {
        case 0: return .delivered("Exit code 0\(said)")
        case PROCESS_TIMED_OUT: return .failed("It had not ended after \(Self.seconds) s, and was killed\(said)")
        case ..<0: return .failed("It can't be run: \(String(cString: strerror(-status)))")
        case 256...: return .failed("Ended by signal \(status - 256)\(said)")
        case Int32(Self.usageError), 126, 127: return .refused("Exit code \(status)\(said)")
        default: return .failed("Exit code \(status)\(said)")
        }
    }

    private func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = texts.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            // It has at least the nil at its end.
            guard let base = buffer.baseAddress else { preconditionFailure("a list ends with nil") }
            return body(base)
        }
    }
}
