import Modbus
import NIOCore
import Testing

struct ModbusResponseTests {
    struct Vector: CustomTestStringConvertible {
        let hex: String
        let response: ModbusResponse?

        var testDescription: String { hex }
    }

    /// The examples of MODBUS Application Protocol V1.1b3 §6.3, 6.4, 6.6, 6.12 and §7.
    static let vectors = [
        Vector(hex: "03 06 02 2B 00 00 00 64", response: ReadRegistersResponse(values: [555, 0, 100]).map { .readHoldingRegisters($0) }),
        Vector(hex: "04 02 00 0A", response: ReadRegistersResponse(values: [10]).map { .readInputRegisters($0) }),
        Vector(hex: "06 00 01 00 03", response: .writeRegister(WriteRegister(address: 1, value: 3))),
        Vector(
            hex: "10 00 01 00 02",
            response: WriteRegistersRequest(address: 1, values: [10, 258]).map { .writeRegisters(WriteRegistersResponse(confirming: $0)) }),
        Vector(
            hex: "83 02",
            response: .exception(ExceptionResponse(function: .readHoldingRegisters, exception: .illegalDataAddress))),
        Vector(
            hex: "90 77",
            response: .exception(ExceptionResponse(function: .writeMultipleRegisters, exception: ModbusException(rawValue: 0x77)))),
    ]

    @Test(arguments: vectors) func decodesTheSpecificationsExamples(_ vector: Vector) throws {
        #expect(try ModbusResponse(decoding: bytes(vector.hex)) == vector.response)
    }

    @Test(arguments: vectors) func encodesTheSpecificationsExamples(_ vector: Vector) {
        #expect(vector.response?.encoded == bytes(vector.hex))
    }

    @Test(arguments: vectors) func survivesDamage(_ vector: Vector) {
        for variant in damaged(bytes(vector.hex)) {
            guard let response = try? ModbusResponse(decoding: variant) else { continue }
            #expect(response.encoded == variant)
        }
    }

    @Test(arguments: [
        ("03 00", ModbusDecodingError.Reason.countOutOfRange, 1),
        ("03 03 00 00 00", .byteCountMismatch, 1),
        ("03 04 00 00", .byteCountMismatch, 1),
        ("03 02 00 00 00", .trailingBytes, 4),
        ("83", .truncated, 1),
        ("83 02 00", .trailingBytes, 2),
        ("10 00 01 00 00", .countOutOfRange, 3),
        ("11 01 00", .unknownFunction(FunctionCode(rawValue: 0x11)), 0),
    ])
    func tellsWhatIsWrongAndWhere(hex: String, reason: ModbusDecodingError.Reason, offset: Int) {
        #expect(throws: ModbusDecodingError(reason, offset: offset)) { try ModbusResponse(decoding: bytes(hex)) }
    }

    @Test(arguments: [
        ("03 00 00 00 01", "03 02 00 05", true),
        ("03 00 00 00 02", "03 02 00 05", false),
        ("03 00 00 00 01", "04 02 00 05", false),
        ("03 00 00 00 01", "83 0B", true),
        ("03 00 00 00 01", "84 0B", false),
        ("06 00 01 00 03", "06 00 01 00 03", true),
        ("06 00 01 00 03", "06 00 01 00 04", false),
        ("10 00 01 00 01 02 00 07", "10 00 01 00 01", true),
        ("10 00 01 00 01 02 00 07", "10 00 02 00 01", false),
    ])
    func knowsWhatItAnswers(request: String, response: String, isAnswer: Bool) throws {
        let asked = try ModbusRequest(decoding: bytes(request))
        #expect(try ModbusResponse(decoding: bytes(response)).answers(asked) == isAnswer)
    }
}
