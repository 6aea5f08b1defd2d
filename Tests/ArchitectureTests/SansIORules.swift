/// `Wire/`, `Engine/`, `MIB/` and the protocols' `Security/` are pure: bytes and events in, values and actions out; time and randomness are
/// passed in.
enum SansIORules {
    /// What pure files may import beside the modules of their own layers, by their folder.
    static let allowedImports: [String: Set<String>] = [
        "Wire": ["NIOCore"], "Engine": ["NIOCore"], "MIB": [], "Security": ["NIOCore", "Crypto", "CryptoExtras", "COpenSSL"],
    ]

    /// Programs have folders of these names too; what is in them may use files and sockets.
    static let programs: Set<String> = ["FleetServer", "nvexplorer", "CardAgent", "upssim"]

    struct Forbidden: Sendable {
        let pattern: String
        let instead: String
    }

    static let forbidden = [
        Forbidden(pattern: #"\b[A-Z]\w*\.now\b"#, instead: "take the time as a parameter (now:)"),
        Forbidden(pattern: #"\b(ContinuousClock|SuspendingClock)\(\)"#, instead: "take the time as a parameter (now:)"),
        Forbidden(pattern: #"\bDate\(\)"#, instead: "take the time as a parameter (now:)"),
        Forbidden(pattern: #"\.random\((?![^)\n]*using:)"#, instead: "take the random value, or a generator, as a parameter"),
        Forbidden(pattern: #"\b(SystemRandomNumberGenerator|UUID)\(\)"#, instead: "take the random value, or a generator, as a parameter"),
        Forbidden(
            pattern: #"\b(socket|sendto|recvfrom|getenv|time|clock_gettime)\("#, instead: "do it in Transport/ and hand the result in"),
        Forbidden(
            pattern: #"\b(EventLoop|EventLoopFuture|EventLoopPromise|ChannelHandlerContext|Channel|ChannelHandler)\b"#,
            instead: "keep channels and futures in Transport/; return an action and let Transport/ run it"),
        Forbidden(pattern: #"\bTask(\.\w+)?\s*(\{|\()"#, instead: "return an action; the transport's run() owns the work"),
        Forbidden(pattern: #"\b(async|await)\b"#, instead: "return an action; nothing waits in here"),
        Forbidden(pattern: #"\b(Logger|print)\("#, instead: "return what happened; Transport/ logs it"),
    ]

    /// The pure folder in which a file is, if it is in one.
    static func pureFolder(of path: String) -> String? {
        let folders = path.split(separator: "/").dropLast().map(String.init)
        guard folders.count > 2, folders[0] == "Sources" else { return nil }
        return folders.dropFirst(2).first { allowedImports[$0] != nil && ($0 != "Security" || !programs.contains(folders[1])) }
    }

    static func violations(in file: SourceTree.File) -> [Violation] {
        guard let folder = pureFolder(of: file.path) else { return [] }
        let text = file.swift
        let allowed = (allowedImports[folder] ?? []).union(Set(ImportRules.layers.keys).subtracting(ImportRules.systemLibraries))
        let imports = ImportRules.imports(in: text).filter { !allowed.contains($0.module) }.map {
            Violation(path: file.path, line: $0.line, message: "\(folder)/ may not import \($0.module). \(advice(for: $0.module))")
        }
        let code = text.joinedCode
        return imports
            + forbidden.flatMap { rule in
                occurrences(of: rule.pattern, in: code).map { found in
                    Violation(
                        path: file.path, line: found.line,
                        message: "\(folder)/ is pure, but here is \"\(found.text)\": \(rule.instead).")
                }
            }
    }

    private static func advice(for module: String) -> String {
        module.hasPrefix("Crypto") || ImportRules.systemLibraries.contains(module)
            ? "Keys and authenticators go to a folder Security/ beside it."
            : "Only NIOCore and modules of a lower layer; the rest goes to Transport/."
    }
}
