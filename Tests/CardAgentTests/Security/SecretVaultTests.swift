import Testing

@testable import CardAgent

@Suite struct SecretVaultTests {
    @Test func whatIsSealedOpensAgain() {
        let vault = SecretVault()
        for secret in [[], Array("public".utf8), Array(repeating: 0xFF, count: 128)] as [[UInt8]] {
            #expect(vault.opened(vault.sealed(secret, for: "a"), for: "a") == secret)
        }
    }

    @Test func theTextChangesWithTheSecretOnly() {
        let vault = SecretVault()
        #expect(vault.sealed([1, 2], for: "a") == vault.sealed([1, 2], for: "a"))
        #expect(vault.sealed([1, 2], for: "a") != vault.sealed([1, 3], for: "a"))
        #expect(vault.sealed([1, 2], for: "a") != vault.sealed([1, 2], for: "b"))
        #expect(!vault.sealed(Array("public".utf8), for: "a").contains("public"))
    }

    @Test func whatIsNotOursDoesNotOpen() {
        let vault = SecretVault()
        let text = vault.sealed(Array("public".utf8), for: "a")
        #expect(vault.opened(text, for: "b") == nil)
        #expect(SecretVault().opened(text, for: "a") == nil)
        #expect(vault.opened("sealed:", for: "a") == nil)
        #expect(vault.opened("public", for: "a") == nil)
        for length in 0..<text.count { #expect(vault.opened(String(text.prefix(length)), for: "a") == nil) }
    }

    @Test func theKeyIsKeptForTheOwnerAlone() throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let text = try SecretVault(directory: scratch.path).sealed([7], for: "a")
        #expect(try SecretVault(directory: scratch.path).opened(text, for: "a") == [7])
        #expect(try FileMode.of("\(scratch.path)/seal.key") == 0o600)
        try StateFile.write("no key\n", to: "\(scratch.path)/seal.key")
        #expect(throws: StateDirectoryError.self) { try SecretVault(directory: scratch.path) }
    }
}
