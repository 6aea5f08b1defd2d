import HTTPTypes
import Hummingbird

/// The proxies in front of this server, whose word counts on where a request comes from (`trustedProxies`, a list of addresses and networks,
/// default none; `FLEET_TRUSTED_PROXIES`, comma-separated).
struct TrustedProxies: Sendable, CustomStringConvertible {
    let description: String
    private let networks: [IPNetwork]

    init(_ texts: [String] = []) throws(ConfigurationProblem) {
        var networks: [IPNetwork] = []
        for text in texts {
            guard let network = IPNetwork(text) else {
                throw ConfigurationProblem(
                    key: "trustedProxies", value: text, expected: "a list of addresses and networks, such as 127.0.0.1, 10.1.0.0/16")
            }
            networks.append(network)
        }
        self.networks = networks
        description = texts.joined(separator: ", ")
    }

    /// Where the request comes from: from `peer`, or, where that is a proxy of ours, from where this says (`X-Forwarded-For`).
    ///
    /// The header grows at its end, and a client can write anything into it; so it is read backwards, as far as our own proxies wrote it.
    func client(of request: Request, peer: String) -> String {
        var client = peer
        let hops = request.headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        for hop in hops.reversed() {
            let address = String(hop.filter { !$0.isWhitespace })
            guard isTrusted(client), IPAddress(address) != nil else { break }
            client = address
        }
        return client
    }

    private func isTrusted(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return networks.contains { $0.contains(address) }
    }
}
