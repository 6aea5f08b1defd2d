import Foundation

/// Hosts in network namespaces of their own, on one Ethernet switch. Gone with the test.
///
///     server (br0) ─┬─ card A
///                   ├─ card B
///                   └─ …
struct SwitchedNetwork: Sendable {
    /// The namespace that holds the switch, and the server.
    let server: String
    private let stem: String
    private let scratch: Scratch

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter addresses: of the switch's own interface, with their lengths.
    static func with<Result>(_ addresses: [String], in scratch: Scratch, _ body: (SwitchedNetwork) async throws -> Result) async throws
        -> Result
    {
        let stem = "nv\(UUID().uuidString.prefix(6).lowercased())"
        let network = SwitchedNetwork(server: "\(stem)s", stem: stem, scratch: scratch)
        do {
            try await network.ip("netns", "add", network.server)
            try await network.ip("-n", network.server, "link", "set", "lo", "up")
            try await network.ip("-n", network.server, "link", "add", "br0", "type", "bridge")
            for address in addresses { try await network.ip("-n", network.server, "addr", "add", address, "brd", "+", "dev", "br0") }
            try await network.ip("-n", network.server, "link", "set", "br0", "up")
            let result = try await body(network)
            await network.remove()
            return result
        } catch {
            await network.remove()
            throw error
        }
    }

    /// Plugs a host in; gives its namespace back.
    ///
    /// - Parameters:
    ///   - address: with its length; nil: it has none until somebody leases it one.
    ///   - mac: of its network card; nil: any.
    func host(_ name: String, _ address: String? = nil, mac: String? = nil) async throws -> String {
        let namespace = stem + name
        try await ip("netns", "add", namespace)
        try await ip("-n", server, "link", "add", "v\(name)", "type", "veth", "peer", "name", "eth0", "netns", namespace)
        try await ip("-n", server, "link", "set", "v\(name)", "master", "br0", "up")
        if let mac { try await ip("-n", namespace, "link", "set", "eth0", "address", mac) }
        if let address { try await ip("-n", namespace, "addr", "add", address, "brd", "+", "dev", "eth0") }
        for device in ["lo", "eth0"] { try await ip("-n", namespace, "link", "set", device, "up") }
        return namespace
    }

    /// Plugs a host in that has a whole network behind it: every address of `range` is its own. Gives its namespace back.
    func router(_ name: String, _ address: String, to range: String) async throws -> String {
        let namespace = try await host(name, "\(address)/24")
        try await ip("-n", namespace, "route", "add", "local", range, "dev", "lo")
        try await ip("-n", namespace, "route", "add", "default", "dev", "eth0")
        try await ip("-n", server, "route", "add", range, "via", address)
        return namespace
    }

    /// Pulls a host's cable at the switch.
    func unplug(_ name: String) async throws { try await ip("-n", server, "link", "set", "v\(name)", "down") }

    func plug(_ name: String) async throws { try await ip("-n", server, "link", "set", "v\(name)", "up") }

    /// What a namespace's name begins with is this network's alone.
    private func remove() async {
        let all = try? await Peer.run("ip", ["netns", "list"], in: scratch)
        for name in (all?.lines ?? []).compactMap({ $0.split(separator: " ").first.map(String.init) }) where name.hasPrefix(stem) {
            _ = try? await Peer.run("ip", ["netns", "del", name], in: scratch)
        }
    }

    private func ip(_ arguments: String...) async throws {
        let output = try await Peer.run("ip", arguments, in: scratch)
        guard output.exitCode == 0 else { throw Failed(description: "ip \(arguments.joined(separator: " ")): \(output)") }
    }
}
