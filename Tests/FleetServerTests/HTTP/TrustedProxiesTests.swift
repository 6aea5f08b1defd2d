import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import FleetServer

/// Who asks, behind proxies: a client writes what it likes into the header, and our proxies write behind that.
struct TrustedProxiesTests {
    private func client(peer: String, forwarded: [String], trusted: [String]) throws -> String {
        var head = HTTPRequest(method: .post, scheme: "http", authority: "fleet", path: "/api/v1/session")
        for value in forwarded { head.headerFields.append(HTTPField(name: .forwardedFor, value: value)) }
        return try TrustedProxies(trusted).client(of: Request(head: head, body: .init(buffer: ByteBuffer())), peer: peer)
    }

    @Test(arguments: [
        (["9.9.9.9"], [], "127.0.0.1"),
        (["9.9.9.9"], ["10.0.0.1"], "127.0.0.1"),
        (["9.9.9.9"], ["127.0.0.1"], "9.9.9.9"),
        (["1.1.1.1, 9.9.9.9"], ["127.0.0.1"], "9.9.9.9"),
        (["1.1.1.1", "9.9.9.9, 10.0.0.7"], ["127.0.0.1", "10.0.0.0/8"], "9.9.9.9"),
        (["9.9.9.9, unknown"], ["127.0.0.1"], "127.0.0.1"),
        (["2001:db8::5"], ["127.0.0.0/8"], "2001:db8::5"),
        ([], ["127.0.0.1"], "127.0.0.1"),
    ])
    func theLastWordOfAProxyOfOursCounts(forwarded: [String], trusted: [String], client: String) throws {
        #expect(try self.client(peer: "127.0.0.1", forwarded: forwarded, trusted: trusted) == client)
    }

    @Test func aSocketForBothVersionsGivesMappedAddresses() throws {
        #expect(try client(peer: "::ffff:127.0.0.1", forwarded: ["9.9.9.9"], trusted: ["127.0.0.1"]) == "9.9.9.9")
        #expect(try client(peer: "::1", forwarded: ["9.9.9.9"], trusted: ["127.0.0.0/8"]) == "::1")
        #expect(try client(peer: "::1", forwarded: ["9.9.9.9"], trusted: ["::/0"]) == "9.9.9.9")
    }

    @Test(arguments: ["proxy.example", "10.0.0.0/33", "::1/129", "10.0.0.1/", "10.0.0.0/-1", "/8"]) func whatIsNoNetworkIsRefused(
        _ text: String
    ) {
        #expect(throws: ConfigurationProblem.self) { try TrustedProxies([text]) }
    }
}
