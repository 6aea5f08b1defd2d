/// Where a device's description is: an `http` URL with a dotted address. Names are not looked up: a search goes to no third party.
package struct DescriptionLocation: Equatable, Sendable {
    static let maximumLength = 1024

    package let host: String
    package let port: Int
    /// With the query, at least `/`.
    package let path: String

    /// Nil if the URL is none that may be fetched from a device at `address`.
    ///
    /// - Parameter address: who has sent the URL: nobody else is asked, whatever the URL says.
    package init?(_ url: String, from address: String) {
        guard url.utf8.count <= Self.maximumLength, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            url.prefix(7).lowercased() == "http://"
        else { return nil }
        let rest = url.dropFirst(7)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard 1...2 ~= parts.count, parts[0] == address else { return nil }
        guard let port = parts.count == 2 ? Int(parts[1]) : 80, 1...65_535 ~= port else { return nil }
        host = address
        self.port = port
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        self.path = path.hasPrefix("/") ? String(path) : "/" + path
    }
}
