import NIOCore
import Testing

@testable import TFTP

struct HostKeyTests {
    private func key(_ text: String, port: Int = 69) throws -> HostKey {
        try #require(HostKey(SocketAddress(ipAddress: text, port: port)))
    }

    @Test func portsDoNotCount() throws {
        #expect(try key("10.1.2.3", port: 69) == key("10.1.2.3", port: 40000))
        #expect(try key("2001:db8::1", port: 69) == key("2001:db8::1", port: 40000))
    }

    @Test func addressesCount() throws {
        #expect(try key("10.1.2.3") != key("10.1.2.4"))
        #expect(try key("2001:db8::1") != key("2001:db8::2"))
        #expect(try key("0.0.0.2") != key("::1"))
    }

    @Test(arguments: [("127.0.0.1", true), ("127.255.0.9", true), ("128.0.0.1", false), ("::1", true), ("::2", false), ("fe80::1", false)])
    func knowsTheLoopbackNetwork(text: String, isLoopback: Bool) throws {
        #expect(try key(text).isLoopback == isLoopback)
    }

    @Test func unixSocketsAreNoHosts() throws {
        #expect(HostKey(try SocketAddress(unixDomainSocketPath: "/s")) == nil)
    }
}
