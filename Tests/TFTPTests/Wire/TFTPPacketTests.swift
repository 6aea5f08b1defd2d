import NIOCore
import Testing

@testable import TFTP

struct TFTPPacketTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let packet: TFTPPacket
        var testDescription: String { name }
    }

    /// Request and OACK as tftp-hpa and atftp put them on the wire; the rest from RFC 1350 §5.
    static let vectors = [
        Vector(
            name: "write request",
            bytes: [0, 2] + Array("a.bin\0octet\0blksize\01428\0tsize\05\0windowsize\016\0".utf8),
            packet: .request(
                TFTPRequest(
                    .write, filename: "a.bin",
                    options: [TFTPOption("blksize", 1428), TFTPOption("tsize", 5), TFTPOption("windowsize", 16)]))),
        Vector(
            name: "read request", bytes: [0, 1] + Array("settings.conf\0netascii\0".utf8),
            packet: .request(TFTPRequest(.read, filename: "settings.conf", mode: .netascii))),
        Vector(name: "data", bytes: [0, 3, 0x12, 0x34, 1, 2, 3], packet: .data(block: 0x1234, ByteBuffer(bytes: [1, 2, 3]))),
        Vector(name: "empty data", bytes: [0, 3, 0, 9], packet: .data(block: 9, ByteBuffer())),
        Vector(name: "acknowledgement", bytes: [0, 4, 0xFF, 0xFF], packet: .acknowledgement(block: 65535)),
        Vector(name: "error", bytes: [0, 5, 0, 2, 0x6E, 0x6F, 0], packet: .error(.accessViolation, message: "no")),
        Vector(
            name: "option acknowledgement", bytes: [0, 6] + Array("tsize\0100\0".utf8),
            packet: .optionAcknowledgement([TFTPOption("tsize", 100)])),
    ]

    @Test(arguments: vectors) func decodesKnownBytes(vector: Vector) throws {
        #expect(try TFTPPacket(decoding: ByteBuffer(bytes: vector.bytes)) == vector.packet)
    }

    @Test(arguments: vectors) func encodesToKnownBytes(vector: Vector) {
        #expect(Array(vector.packet.encoded().readableBytesView) == vector.bytes)
    }

    /// Whatever it is, it decodes to something that encodes again, or throws: it never traps.
    @Test(arguments: vectors) func survivesEveryPrefixAndMutation(vector: Vector) throws {
        for length in 0..<vector.bytes.count { try survive(Array(vector.bytes.prefix(length))) }
        for index in vector.bytes.indices {
            for value in UInt8.min...UInt8.max {
                var bytes = vector.bytes
                bytes[index] = value
                try survive(bytes)
            }
        }
    }

    private func survive(_ bytes: [UInt8]) throws {
        do {
            let packet = try TFTPPacket(decoding: ByteBuffer(bytes: bytes))
            #expect(packet.encoded().readableBytes >= 2)
        } catch {
            #expect(error.offset <= bytes.count)
        }
    }

    struct Malformed: Sendable {
        let bytes: [UInt8]
        let reason: TFTPDecodingError.Reason
    }

    @Test(arguments: [
        Malformed(bytes: [], reason: .truncated), Malformed(bytes: [0, 4, 0], reason: .truncated),
        Malformed(bytes: [0, 9, 0, 0], reason: .unknownOpcode), Malformed(bytes: [0, 4, 0, 1, 0], reason: .trailingBytes),
        Malformed(bytes: [0, 1, 65], reason: .unterminatedText),
        Malformed(bytes: [0, 1] + Array("a\0gopher\0".utf8), reason: .unknownMode),
        Malformed(bytes: [0, 1] + Array("a\0octet\0blksize\0".utf8), reason: .unterminatedText),
        Malformed(bytes: [0, 6] + Array("tsize\01\0TSIZE\02\0".utf8), reason: .malformedOption),
        Malformed(bytes: [0, 1] + [UInt8](repeating: 65, count: 600), reason: .oversized),
    ])
    func refusesMalformedPackets(malformed: Malformed) {
        #expect {
            try TFTPPacket(decoding: ByteBuffer(bytes: malformed.bytes))
        } throws: {
            ($0 as? TFTPDecodingError)?.reason == malformed.reason
        }
    }

    @Test func optionNamesAndModesCountInEitherCase() throws {
        let packet = try TFTPPacket(decoding: ByteBuffer(bytes: [0, 2] + Array("f\0OcTeT\0BLKSIZE\0512\0".utf8)))
        #expect(packet == .request(TFTPRequest(.write, filename: "f", options: [TFTPOption("blksize", 512)])))
    }

    @Test func encodesARunOfBlocksAndWrapsTheirNumbers() {
        let file = ByteBuffer(repeating: 7, count: 65536 * 8 + 3)
        var run = ByteBuffer()
        TFTPPacket.encodeData(65535..<65540, of: file, blockSize: 8, into: &run)
        #expect(run.readableBytes == 12 + 12 + 7)
        #expect(run.getInteger(at: 2, as: UInt16.self) == 65535)
        #expect(run.getInteger(at: 14, as: UInt16.self) == 0)
        #expect(run.getInteger(at: 26, as: UInt16.self) == 1)
    }

    @Test func leavesOutBlocksThatTheFileDoesNotHave() {
        var run = ByteBuffer()
        TFTPPacket.encodeData(0..<1, of: ByteBuffer(string: "abc"), blockSize: 8, into: &run)
        TFTPPacket.encodeData(5..<9, of: ByteBuffer(string: "abc"), blockSize: 8, into: &run)
        #expect(run.readableBytes == 0)
    }
}
