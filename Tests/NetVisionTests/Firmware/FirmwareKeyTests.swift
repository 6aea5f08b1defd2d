import Foundation
import Testing

@testable import NetVision

struct FirmwareKeyTests {
    @Test func keysSurviveTheirText() throws {
        let key = FirmwarePrivateKey()
        #expect(try #require(FirmwarePrivateKey(text: key.text)).publicKey.id == key.publicKey.id)
        #expect(try #require(FirmwarePublicKey(text: key.publicKey.text)).id == key.publicKey.id)
        #expect(key.publicKey.id.description.count == 16)
    }

    @Test func theHalvesAreNotMistakenForEachOther() {
        let key = FirmwarePrivateKey()
        #expect(FirmwarePublicKey(text: key.text) == nil)
        #expect(FirmwarePrivateKey(text: key.publicKey.text) == nil)
        #expect(FirmwarePrivateKey(text: "") == nil)
    }

    @Test func aPrivateKeyDescribesItselfWithoutItsSecret() {
        let key = FirmwarePrivateKey()
        #expect(!"\(key)".contains(key.text.split(separator: "\n")[1]))
    }

    @Test func keyFilesAreForTheirOwnerAndAreNotOverwritten() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { for file in [path, path + ".pub"] { try? FileManager.default.removeItem(atPath: file) } }
        let key = FirmwarePrivateKey()
        try key.write(to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == key.text)
        #expect(try String(contentsOfFile: path + ".pub", encoding: .utf8) == key.publicKey.text)
        #expect(throws: (any Error).self) { try FirmwarePrivateKey().write(to: path) }
    }
}
