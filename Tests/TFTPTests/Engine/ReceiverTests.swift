import NIOCore
import Testing

@testable import TFTP

struct ReceiverTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let port = 4000

    private func server(window: Int = 1, size: Int? = nil, limit: Int = 1000, stall: Double? = nil) -> Receiver {
        var parameters = TransferParameters()
        parameters.blockSize = 8
        parameters.windowSize = window
        parameters.size = size
        return Receiver(
            answering: port, parameters: parameters, acknowledged: [TFTPOption("blksize", 8)], limit: limit, stall: stall,
            timing: TransferTiming(), now: start)
    }

    private func data(_ block: UInt16, _ length: Int = 8) -> TFTPPacket { .data(block: block, ByteBuffer(repeating: 1, count: length)) }
    private func ack(_ block: UInt16) -> TFTPPacket { .acknowledgement(block: block) }

    @Test func withholdsTheLastAcknowledgementUntilItIsDecided() {
        var receiver = server()
        #expect(receiver.opening == .send(.optionAcknowledgement([TFTPOption("blksize", 8)])))
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: ack(1)))
        #expect(receiver.received(data(2, 3), from: port, now: start) == .complete)
        #expect(receiver.received(data(2, 3), from: port, now: start) == .none)
        #expect(receiver.deadline == .distantFuture)
        #expect(receiver.decided(nil, now: start) == .send(ack(2)))
        #expect(receiver.received(data(2, 3), from: port, now: start) == .send(ack(2)))
        #expect(receiver.deadlineReached(now: start + .seconds(3)) == .finished)
        #expect(receiver.receivedBytes == 11)
    }

    @Test func refusesABadFileInTheWordsOfWhoeverDecided() {
        var receiver = server()
        #expect(receiver.received(data(1, 0), from: port, now: start) == .complete)
        let refusal = TFTPErrorReply(.accessViolation, "not signed")
        let aborted = TFTPError.aborted(code: .accessViolation, message: "not signed")
        #expect(receiver.decided(refusal, now: start) == .abort(.accessViolation, aborted))
        #expect(receiver.decided(nil, now: start) == .none)
    }

    @Test func repeatsTheAcknowledgementThatWasLost() {
        var receiver = server()
        _ = receiver.received(data(1), from: port, now: start)
        #expect(receiver.received(data(1), from: port, now: start) == .send(ack(1)))
        #expect(receiver.received(data(2), from: port, now: start) == .append(reply: ack(2)))
        #expect(receiver.received(data(1), from: port, now: start) == .none)
        #expect(receiver.receivedBytes == 16)
    }

    @Test func acknowledgesOncePerWindow() {
        var receiver = server(window: 3)
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: nil))
        #expect(receiver.received(data(2), from: port, now: start) == .append(reply: nil))
        #expect(receiver.received(data(3), from: port, now: start) == .append(reply: ack(3)))
    }

    @Test func tellsOfAGapOncePerWindow() {
        var receiver = server(window: 4)
        _ = receiver.received(data(1), from: port, now: start)
        #expect(receiver.received(data(3), from: port, now: start) == .send(ack(1)))
        #expect(receiver.received(data(4), from: port, now: start) == .none)
        // The sender rolled back, and lost the first block again.
        #expect(receiver.received(data(3), from: port, now: start) == .send(ack(1)))
        #expect(receiver.received(data(2), from: port, now: start) == .append(reply: nil))
        #expect(receiver.receivedBytes == 16)
    }

    @Test func aCopyOfAWindowIsNotAnsweredButItsRepetitionIs() {
        var receiver = server(window: 2)
        _ = receiver.received(data(1), from: port, now: start)
        _ = receiver.received(data(2), from: port, now: start)
        #expect(receiver.received(data(2), from: port, now: start + .milliseconds(1)) == .none)
        #expect(receiver.received(data(1), from: port, now: start + .milliseconds(300)) == .none)
        #expect(receiver.received(data(2), from: port, now: start + .milliseconds(300)) == .send(ack(2)))
    }

    @Test func aPacketFromAnotherPortIsRejectedAndDisturbsNothing() {
        var receiver = server()
        #expect(receiver.received(data(1), from: 4001, now: start) == .reject)
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: ack(1)))
    }

    @Test func endsAFileAboveTheLimit() {
        var receiver = server(limit: 10)
        _ = receiver.received(data(1), from: port, now: start)
        #expect(receiver.received(data(2), from: port, now: start) == .abort(.diskFull, .tooLarge(limit: 10)))
        #expect(receiver.received(data(2), from: port, now: start) == .none)
    }

    @Test func endsABlockAboveTheAgreedSize() {
        var receiver = server()
        #expect(receiver.received(data(1, 9), from: port, now: start) == .abort(.illegalOperation, .protocolViolation))
    }

    @Test func fallsSilentWhereItShallStall() {
        var receiver = server(size: 40, stall: 0.4)
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: ack(1)))
        #expect(receiver.received(data(2), from: port, now: start) == .append(reply: nil))
        #expect(receiver.received(data(2), from: port, now: start + .seconds(1)) == .none)
        #expect(receiver.received(data(3), from: port, now: start + .seconds(1)) == .none)
        #expect(receiver.deadlineReached(now: start + .seconds(2)) == .none)
        #expect(receiver.deadlineReached(now: start + .seconds(30)) == .fail(.timeout(repetitions: 1)))
    }

    @Test func stallsBeforeTheLastAcknowledgementOfAFileOfUnknownSize() {
        var receiver = server(stall: 0.4)
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: ack(1)))
        #expect(receiver.received(data(2, 0), from: port, now: start) == .none)
    }

    @Test func readsFromAServerWithoutOptions() {
        var receiver = Receiver(reading: "f", limit: 2000, options: .lan, timing: TransferTiming(), now: start)
        #expect(receiver.received(data(1, 512), from: port, now: start) == .append(reply: ack(1)))
        #expect(receiver.received(data(2, 1), from: port, now: start) == .complete)
        #expect(receiver.decided(nil, now: start) == .send(ack(2)))
    }

    @Test func readsWithOptionsAndChecksTheAnnouncedSize() {
        var receiver = Receiver(reading: "f", limit: 2000, options: .lan, timing: TransferTiming(), now: start)
        let small = TFTPPacket.optionAcknowledgement([TFTPOption("tsize", 2000), TFTPOption("blksize", 1428)])
        #expect(receiver.received(small, from: port, now: start) == .send(ack(0)))
        #expect(receiver.parameters.blockSize == 1428)
        var other = Receiver(reading: "f", limit: 2000, options: .lan, timing: TransferTiming(), now: start)
        let large = TFTPPacket.optionAcknowledgement([TFTPOption("tsize", 2001)])
        #expect(other.received(large, from: port, now: start) == .abort(.diskFull, .tooLarge(limit: 2000)))
    }

    @Test func blockNumbersWrapAround() {
        var receiver = server(limit: .max)
        for block in 1...65536 {
            let expected = Receiver.Action.append(reply: ack(UInt16(truncatingIfNeeded: block)))
            guard receiver.received(data(UInt16(truncatingIfNeeded: block)), from: port, now: start) == expected else {
                Issue.record("block \(block)")
                return
            }
        }
        #expect(receiver.received(data(1), from: port, now: start) == .append(reply: ack(1)))
        #expect(receiver.receivedBytes == 65537 * 8)
    }

    @Test func aSenderThatGivesUpEndsTheDecision() {
        var receiver = server()
        _ = receiver.received(data(1, 0), from: port, now: start)
        let error = TFTPPacket.error(.undefined, message: "bye")
        #expect(receiver.received(error, from: port, now: start) == .fail(.refused(code: .undefined, message: "bye")))
        #expect(receiver.decided(nil, now: start) == .none)
    }
}
