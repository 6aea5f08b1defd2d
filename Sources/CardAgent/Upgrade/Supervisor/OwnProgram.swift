import CProcess
import Glibc

/// The program that this process runs.
enum OwnProgram {
    /// Where it is, to be executed again. After the file was replaced by a newer one: still the one that runs.
    static var path: String {
        let link = "/proc/self/exe"
        var room = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink(link, &room, room.count)
        guard length > 0, length < room.count else { return link }
        let path = String(decoding: room.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.hasSuffix(" (deleted)") ? link : path
    }

    /// Goes on as the same program, from its beginning, in the same process. Returns only the reason why that can't be.
    ///
    /// - Parameter variables: added to the environment, as NAME=value.
    static func startAgain(adding variables: [String]) -> StateDirectoryError {
        let path = path
        let code = CStrings.with(CommandLine.arguments) { arguments in
            CStrings.with(variables) { variables in process_replace(path, arguments, variables) }
        }
        return StateDirectoryError(path: path, errno: -code)
    }
}

/// Swift texts as C's lists of strings.
enum CStrings {
    /// Lends the texts to `body` as a list that ends with NULL.
    static func with<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
        let copies = texts.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return copies.withUnsafeBufferPointer { list in
            // There is always the NULL.
            guard let first = list.baseAddress else { preconditionFailure("a list with an end has a beginning") }
            return body(first)
        }
    }
}
