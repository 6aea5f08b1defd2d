/// Lets the global options stand before the command: `nvexplorer --direct list` means `nvexplorer list --direct`.
enum ArgumentOrder {
    private static let flags: Set<String> = ["--direct", "--json"]
    private static let options: Set<String> = ["--server", "--port-offset", "--timeout", "--community", "--snmp-users"]

    /// The arguments with leading global options moved behind the rest, before a `--` if there is one.
    static func globalOptionsLast(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var global: [String] = []
        while let first = rest.first {
            let name = first.prefix { $0 != "=" }
            if flags.contains(first) || (options.contains(String(name)) && name != first) {
                global.append(rest.removeFirst())
            } else if options.contains(first), rest.count > 1 {
                global += [rest.removeFirst(), rest.removeFirst()]
            } else {
                break
            }
        }
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + global + Array(rest[end...])
    }
}
