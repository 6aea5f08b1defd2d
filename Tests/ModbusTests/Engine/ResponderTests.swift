import Modbus
import NIOCore
import Testing

struct ResponderTests {
    /// A bank with a bug of its own: it returns one register too few.
    struct ShortBank: RegisterBank {
        func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] { Array(repeating: 0, count: count - 1) }
        func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) { throw .serverDeviceBusy }
    }

    @Test(arguments: [
        ("03 00 02 00 02", "03 04 00 02 00 03"),
        ("04 00 00 00 01", "04 02 00 00"),
        ("06 00 01 00 63", "06 00 01 00 63"),
        ("10 00 01 00 02 04 00 0A 01 02", "10 00 01 00 02"),
        // Beyond the bank, and beyond register 65535.
        ("03 00 FF 00 02", "83 02"),
        ("03 FF FF 00 02", "83 02"),
        ("10 FF FF 00 02 04 00 00 00 00", "90 02"),
        // Counts and lengths that the functions can't have.
        ("03 00 00 00 00", "83 03"),
        ("03 00 00 00 7E", "83 03"),
        ("03 00 00 00 01 00", "83 03"),
        ("10 00 00 00 01 04 00 00 00 00", "90 03"),
        // Functions that no register device has.
        ("01 00 00 00 01", "81 01"),
        ("2B 0E 01 00", "AB 01"),
        ("83 00", "83 01"),
    ])
    func answers(request: String, response: String) {
        let responder = Responder(bank: RegisterFile(), allowsWrites: true)
        #expect(responder.response(to: bytes(request), unit: 1).encoded == bytes(response))
    }

    @Test func writesReachTheBank() {
        let bank = RegisterFile()
        _ = Responder(bank: bank, allowsWrites: true).response(to: bytes("10 00 01 00 02 04 00 0A 01 02"), unit: 1)
        #expect(bank[1] == 0x0A)
        #expect(bank[2] == 0x0102)
    }

    @Test(arguments: [("06 00 01 00 63", "86 01"), ("10 00 01 00 01 02 00 0A", "90 01"), ("10 00", "90 01")])
    func refusesWritesWhereTheyAreNotAllowed(request: String, response: String) {
        let bank = RegisterFile()
        #expect(Responder(bank: bank, allowsWrites: false).response(to: bytes(request), unit: 1).encoded == bytes(response))
        #expect(bank[1] == 1)
    }

    @Test func passesOnTheBanksRefusal() {
        let responder = Responder(bank: ShortBank(), allowsWrites: true)
        #expect(responder.response(to: bytes("06 00 01 00 63"), unit: 1).encoded == bytes("86 06"))
    }

    @Test func ownsUpToABankThatReturnsTooLittle() {
        let responder = Responder(bank: ShortBank(), allowsWrites: true)
        #expect(responder.response(to: bytes("03 00 01 00 02"), unit: 1).encoded == bytes("83 04"))
    }

    @Test func repeatsTransactionAndUnit() {
        let responder = Responder(bank: RegisterFile(), allowsWrites: true)
        let answer = responder.answer(to: TCPFrame(transaction: 9, unit: 255, pdu: bytes("03 00 02 00 01")))
        #expect(answer == TCPFrame(transaction: 9, unit: 255, pdu: bytes("03 02 00 02")))
    }

    @Test func saysThatAForeignUnitDidNotRespond() {
        let responder = Responder(bank: RegisterFile(), allowsWrites: true, units: [1])
        let answer = responder.answer(to: TCPFrame(transaction: 9, unit: 2, pdu: bytes("03 00 02 00 01")))
        #expect(answer.pdu == bytes("83 0B"))
    }

    @Test func isSilentForAForeignUnitOnASerialLine() {
        let responder = Responder(bank: RegisterFile(), allowsWrites: true, units: [1])
        #expect(responder.answer(to: RTUFrame(unit: 2, pdu: bytes("03 00 02 00 01"))) == nil)
        #expect(responder.answer(to: RTUFrame(unit: 1, pdu: bytes("03 00 02 00 01"))) != nil)
    }

    @Test func obeysABroadcastSilently() {
        let bank = RegisterFile()
        let responder = Responder(bank: bank, allowsWrites: true, units: [1])
        #expect(responder.answer(to: RTUFrame(unit: 0, pdu: bytes("06 00 01 00 63"))) == nil)
        #expect(bank[1] == 0x63)
    }

    @Test func survivesEveryDamage() {
        let responder = Responder(bank: RegisterFile(), allowsWrites: true)
        for request in ["03 00 02 00 02", "06 00 01 00 63", "10 00 01 00 02 04 00 0A 01 02"] {
            for variant in damaged(bytes(request)) {
                let answer = responder.response(to: variant, unit: 1).encoded
                #expect((try? ModbusResponse(decoding: answer)) != nil)
            }
        }
    }
}
