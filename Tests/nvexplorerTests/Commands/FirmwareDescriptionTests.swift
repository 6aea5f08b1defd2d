import NIOCore
import NetVision
import Testing

@testable import nvexplorer

@Suite struct FirmwareDescriptionTests {
    private let key = FirmwarePrivateKey()
    private let image: FirmwareImage

    init() throws {
        let version = try #require(FirmwareVersion("8.41"))
        image = try FirmwareImage(packing: .init(product: "CardAgent", version: version, payload: ByteBuffer(string: "payload")))
    }

    @Test func tellsHowFarTheSignatureIsToBeTrusted() throws {
        #expect(FirmwareDescription(image.encoded, trusting: [key.publicKey]).signature == .none)
        let signed = try image.signed(with: key).encoded
        #expect(FirmwareDescription(signed, trusting: []).signature == .signed)
        let trusted = FirmwareDescription(signed, trusting: [key.publicKey])
        #expect(trusted.signature == .trusted)
        #expect(trusted.problem == nil)
        #expect(trusted.keyId == "\(key.publicKey.id)")
        #expect(trusted.version == "8.41")
    }

    @Test func changedPayloadIsTold() throws {
        var bytes = try image.signed(with: key).encoded
        bytes.setInteger(UInt8(ascii: "X"), at: bytes.writerIndex - 1)
        let description = FirmwareDescription(bytes, trusting: [key.publicKey])
        #expect(description.signature == .invalid)
        #expect(description.problem != nil)
    }

    @Test func everyPrefixIsDescribed() throws {
        let whole = try image.signed(with: key).encoded
        for length in 4..<whole.readableBytes {
            let cut = try #require(whole.getSlice(at: 0, length: length))
            #expect(FirmwareDescription(cut, trusting: [key.publicKey]).problem != nil)
        }
    }

    @Test func anythingElseIsAVendorsFile() {
        let description = FirmwareDescription(ByteBuffer(string: "BIN"), trusting: [])
        #expect(description.format == .vendor)
        #expect(description.problem == nil)
        #expect(description.sha256.count == 64)
    }
}
