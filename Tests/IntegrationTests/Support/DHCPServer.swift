import Foundation

/// Addresses given out by dnsmasq and taken by udhcpc.
enum DHCPServer {
    /// A host that asks, and its MAC address.
    typealias Client = (namespace: String, mac: String)

    /// Each client asks a DHCP server for a lease; gives back what they have afterwards.
    ///
    /// - Parameter addresses: what the server has for them, in their order.
    static func lease(_ addresses: [String], to clients: [Client], on lan: SwitchedNetwork, in scratch: Scratch) async throws -> [String] {
        let fixed = zip(clients, addresses).map { "--dhcp-host=\($0.mac),\($1)" }
        let network = addresses.first.map { $0.split(separator: ".").dropLast().joined(separator: ".") } ?? ""
        let server = try ProgramUnderTest.start(
            executable: Executable.peer("dnsmasq"),
            [
                "--keep-in-foreground", "--log-facility=-", "--conf-file=/dev/null", "--user=root", "--group=root", "--pid-file=",
                "--port=0",
                "--interface=br0", "--bind-interfaces", "--leasefile-ro", "--dhcp-authoritative", "--dhcp-range=\(network).0,static,2m",
            ] + fixed, in: scratch, namespace: lan.server)
        defer { server.discard() }
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "discovery/lease.sh")
        var leases: [String] = []
        for client in clients {
            let lease = scratch.path(scratch.unusedName("lease"))
            let output = try await Peer.run(
                "ip",
                [
                    "netns", "exec", client.namespace, try Executable.peer("udhcpc"), "-f", "-q", "-n", "-t", "20", "-T", "1", "-i", "eth0",
                    "-s", script.path,
                ], in: scratch, environment: ["LEASE": lease], within: .seconds(30))
            guard output.exitCode == 0 else { throw SwitchedNetwork.Failed(description: "\(client.mac): \(output)\n\(server.lastWords)") }
            leases.append(try String(contentsOfFile: lease, encoding: .utf8).trimmingCharacters(in: .newlines))
        }
        return leases
    }
}
