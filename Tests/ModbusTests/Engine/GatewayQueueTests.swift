import NIOCore
import Testing

@testable import Modbus

struct GatewayQueueTests {
    static let request = "00 07 00 00 00 06 05 03 00 00 00 02"

    private func response(_ values: [UInt16]) throws -> ModbusResponse {
        .readHoldingRegisters(try #require(ReadRegistersResponse(values: values)))
    }

    @Test func answersInTheOrderOfTheRequestsWithTheirTransactionAndUnit() throws {
        var queue = GatewayQueue()
        queue.append(bytes("\(Self.request) 00 08 00 00 00 06 05 03 00 00 00 02"))
        let first = try #require(try queue.next())
        let second = try #require(try queue.next())
        queue.answer(second.number, with: try response([3, 4]))
        #expect(queue.takeAnswers().isEmpty)
        queue.answer(first.number, with: try response([1, 2]))
        let frames = queue.takeAnswers()
        #expect(
            frames.map(\.encoded) == [
                bytes("00 07 00 00 00 07 05 03 04 00 01 00 02"), bytes("00 08 00 00 00 07 05 03 04 00 03 00 04"),
            ])
        // Twice is once.
        queue.answer(first.number, with: try response([9, 9]))
        #expect(queue.takeAnswers().isEmpty)
    }

    @Test func takesNoMoreThanItCanOwe() throws {
        var queue = GatewayQueue()
        for _ in 0..<(GatewayQueue.capacity + 5) { queue.append(bytes(Self.request)) }
        var taken = 0
        while try queue.next() != nil { taken += 1 }
        #expect(taken == GatewayQueue.capacity)
        #expect(queue.isFull)
        queue.answer(1, with: try response([1, 2]))
        #expect(queue.takeAnswers().count == 1)
        #expect(try queue.next() != nil)
    }

    @Test func neverTrapsOnDamagedRequests() {
        for damaged in damaged(bytes(Self.request)) {
            var queue = GatewayQueue()
            queue.append(damaged)
            guard let taken = try? queue.next() else { continue }
            switch RequestGate(allowsWrites: true).admit(taken.frame.pdu) {
            case .success(let request): #expect(request.registers.upperBound <= 0x1_0000)
            case .failure(let refusal): queue.answer(taken.number, with: .exception(refusal))
            }
            _ = queue.takeAnswers()
        }
    }
}
