import Testing

@testable import nvexplorer

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", false), ("127.0.0.1:8080/", "http://127.0.0.1:8080", false),
        ("HTTPS://Fleet.example/nv/", "https://fleet.example/nv", false), ("fleet.example:80", "http://fleet.example:80", true),
        ("http://localhost", "http://localhost", false), ("http://[::1]:8080", "http://[::1]:8080", false),
    ])
    func isNamedInOneWay(text: String, name: String, isOpen: Bool) throws {
        let address = try #require(ServerAddress(text))
        #expect(address.text == name)
        #expect(address.isOpen == isOpen)
    }

    @Test(arguments: ["", "ftp://x", "http://", "http://user@x", "http://x?y", "http://x#y", "http://a b"])
    func anythingElseIsNone(text: String) { #expect(ServerAddress(text) == nil) }
}
