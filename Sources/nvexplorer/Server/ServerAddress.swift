import FoundationEssentials

/// Where a FleetServer is: `http://192.0.2.1:8080`, possibly with a path before `/api/v1`.
struct ServerAddress: Sendable, Hashable {
    static let standard = "http://127.0.0.1:8080"

    /// Without a slash at the end; the name under which a session is kept.
    let text: String
    /// Whether what is sent can be read on the way.
    let isOpen: Bool

    /// Takes `HOST:PORT` for `http://HOST:PORT`. Nil if it is no address, or has a user, a query or a fragment.
    init?(_ text: String) {
        let full = text.contains("://") ? text : "http://" + text
        guard let parts = URLComponents(string: full), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        let name = host.lowercased()
        self.text = scheme + "://" + name + (parts.port.map { ":\($0)" } ?? "") + path
        let isLoopback = name == "localhost" || name == "[::1]" || name.hasPrefix("127.")
        isOpen = scheme == "http" && !isLoopback
    }
}
