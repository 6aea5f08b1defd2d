import Modbus
import NIOCore
import Testing

struct ModbusRequestTests {
    struct Vector: CustomTestStringConvertible {
        let hex: String
        let request: ModbusRequest?

        var testDescription: String { hex }
    }

    /// The examples of MODBUS Application Protocol V1.1b3 §6.3, 6.4, 6.6, 6.12.
    static let vectors = [
        Vector(hex: "03 00 6B 00 03", request: ReadRegistersRequest(address: 0x6B, count: 3).map { .readHoldingRegisters($0) }),
        Vector(hex: "04 00 08 00 01", request: ReadRegistersRequest(address: 8, count: 1).map { .readInputRegisters($0) }),
        Vector(hex: "06 00 01 00 03", request: .writeRegister(WriteRegister(address: 1, value: 3))),
        Vector(
            hex: "10 00 01 00 02 04 00 0A 01 02",
            request: WriteRegistersRequest(address: 1, values: [0x0A, 0x0102]).map { .writeRegisters($0) }),
    ]

    @Test(arguments: vectors) func decodesTheSpecificationsExamples(_ vector: Vector) throws {
        #expect(try ModbusRequest(decoding: bytes(vector.hex)) == vector.request)
    }

    @Test(arguments: vectors) func encodesTheSpecificationsExamples(_ vector: Vector) {
        #expect(vector.request?.encoded == bytes(vector.hex))
    }

    @Test(arguments: vectors) func survivesDamage(_ vector: Vector) {
        for variant in damaged(bytes(vector.hex)) {
            guard let request = try? ModbusRequest(decoding: variant) else { continue }
            #expect(request.encoded == variant)
        }
    }

    @Test(arguments: [
        ("03 00 00 00 00", ModbusDecodingError.Reason.countOutOfRange, 3),
        ("03 00 00 00 7E", .countOutOfRange, 3),
        ("03 00 00 00", .truncated, 3),
        ("03 00 00 00 01 00", .trailingBytes, 5),
        ("10 00 00 00 7C F8", .countOutOfRange, 3),
        ("10 00 00 00 01 03 00 00 00", .byteCountMismatch, 5),
        ("10 00 00 00 02 04 00 00 00", .truncated, 8),
        ("2B 0E 01 00", .unknownFunction(FunctionCode(rawValue: 0x2B)), 0),
        ("", .truncated, 0),
    ])
    func tellsWhatIsWrongAndWhere(hex: String, reason: ModbusDecodingError.Reason, offset: Int) {
        #expect(throws: ModbusDecodingError(reason, offset: offset)) { try ModbusRequest(decoding: bytes(hex)) }
    }

    @Test func limitsCounts() {
        #expect(ReadRegistersRequest(address: 0, count: 0) == nil)
        #expect(ReadRegistersRequest(address: 0, count: 125) != nil)
        #expect(ReadRegistersRequest(address: 0, count: 126) == nil)
        #expect(WriteRegistersRequest(address: 0, values: []) == nil)
        #expect(WriteRegistersRequest(address: 0, values: Array(repeating: 0, count: 123)) != nil)
        #expect(WriteRegistersRequest(address: 0, values: Array(repeating: 0, count: 124)) == nil)
    }
}
