import Modbus
import NIOCore
import Testing

struct TransactionTableTests {
    let request: ModbusRequest
    let answer = bytes("03 02 00 05")

    init() throws {
        request = try ModbusRequest(decoding: bytes("03 00 00 00 01"))
    }

    @Test func completesTheRequestThatIsAnswered() throws {
        var table = TransactionTable(firstTransaction: 7)
        #expect(table.begin(request, unit: 3) == TCPFrame(transaction: 7, unit: 3, pdu: request.encoded))
        let response = try ModbusResponse(decoding: answer)
        #expect(table.received(TCPFrame(transaction: 7, unit: 3, pdu: answer)) == .complete(transaction: 7, response))
        #expect(table.count == 0)
    }

    @Test func dropsADuplicate() {
        var table = TransactionTable()
        _ = table.begin(request, unit: 3)
        _ = table.received(TCPFrame(transaction: 1, unit: 3, pdu: answer))
        #expect(table.received(TCPFrame(transaction: 1, unit: 3, pdu: answer)) == .drop(.unknownTransaction))
    }

    @Test func dropsALateAnswer() {
        var table = TransactionTable()
        _ = table.begin(request, unit: 3)
        table.abandonAll()
        _ = table.begin(request, unit: 3)
        #expect(table.received(TCPFrame(transaction: 1, unit: 3, pdu: answer)) == .drop(.unknownTransaction))
        #expect(table.count == 1)
    }

    @Test func acceptsAnswersInAnyOrder() throws {
        var table = TransactionTable()
        _ = table.begin(request, unit: 3)
        _ = table.begin(request, unit: 4)
        let response = try ModbusResponse(decoding: answer)
        #expect(table.received(TCPFrame(transaction: 2, unit: 4, pdu: answer)) == .complete(transaction: 2, response))
        #expect(table.received(TCPFrame(transaction: 1, unit: 3, pdu: answer)) == .complete(transaction: 1, response))
    }

    @Test func dropsAnotherUnitsAndAnotherFunctionsAnswer() {
        var table = TransactionTable()
        _ = table.begin(request, unit: 3)
        #expect(table.received(TCPFrame(transaction: 1, unit: 4, pdu: answer)) == .drop(.wrongUnit))
        #expect(table.received(TCPFrame(transaction: 1, unit: 3, pdu: bytes("04 02 00 05"))) == .drop(.wrongFunction))
        #expect(table.received(TCPFrame(transaction: 1, unit: 3, pdu: bytes(""))) == .drop(.wrongFunction))
        #expect(table.count == 1)
    }

    @Test func failsOnAnAnswerOfTheWrongSize() {
        var table = TransactionTable()
        _ = table.begin(request, unit: 3)
        let wrong = TCPFrame(transaction: 1, unit: 3, pdu: bytes("03 04 00 05 00 06"))
        #expect(table.received(wrong) == .fail(transaction: 1, ModbusDecodingError(.answersAnotherRequest, offset: 1)))
        #expect(table.count == 0)
    }

    @Test func isBounded() {
        var table = TransactionTable(capacity: 2)
        _ = table.begin(request, unit: 1)
        _ = table.begin(request, unit: 1)
        #expect(table.begin(request, unit: 1) == nil)
    }

    @Test func countsTransactionsRoundTheCorner() {
        var table = TransactionTable(firstTransaction: .max)
        #expect(table.begin(request, unit: 1)?.transaction == .max)
        #expect(table.begin(request, unit: 1)?.transaction == 0)
    }
}
