import NIOCore
import Testing

@testable import TFTP

struct SenderTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let port = 4000

    private func client(size: Int, options: TransferOptions = .none) -> Sender {
        Sender(writing: "f", size: size, options: options, timing: TransferTiming(), now: start)
    }

    /// A client whose server has agreed on windows of four blocks of 8 bytes.
    private func windowed(size: Int) -> Sender {
        var sender = client(size: size, options: TransferOptions(blockSize: 8, windowSize: 4))
        let options = TFTPPacket.optionAcknowledgement([TFTPOption("blksize", 8), TFTPOption("windowsize", 4)])
        #expect(sender.received(options, from: port, now: start + .milliseconds(10)) == .sendBlocks(1..<5))
        return sender
    }

    private func ack(_ block: UInt16) -> TFTPPacket { .acknowledgement(block: block) }

    @Test func writesInLockStepToAServerWithoutOptions() {
        var sender = client(size: 1024, options: .lan)
        #expect(sender.received(ack(0), from: port, now: start) == .sendBlocks(1..<2))
        #expect(sender.parameters.blockSize == 512)
        #expect(sender.received(ack(1), from: port, now: start) == .sendBlocks(2..<3))
        #expect(sender.received(ack(2), from: port, now: start) == .sendBlocks(3..<4))
        #expect(sender.received(ack(3), from: port, now: start) == .finished)
        #expect(sender.received(ack(3), from: port, now: start) == .none)
    }

    @Test func sendsOneEmptyBlockForAnEmptyFile() {
        var sender = client(size: 0)
        #expect(sender.received(ack(0), from: port, now: start) == .sendBlocks(1..<2))
        #expect(sender.received(ack(1), from: port, now: start) == .finished)
    }

    @Test func aDuplicateAcknowledgementSendsNothingInLockStep() {
        var sender = client(size: 2000)
        _ = sender.received(ack(0), from: port, now: start)
        _ = sender.received(ack(1), from: port, now: start)
        #expect(sender.received(ack(1), from: port, now: start + .seconds(9)) == .none)
        #expect(sender.received(ack(0), from: port, now: start + .seconds(9)) == .none)
        #expect(sender.received(ack(7), from: port, now: start + .seconds(9)) == .none)
        #expect(sender.received(ack(2), from: port, now: start + .seconds(9)) == .sendBlocks(3..<4))
    }

    @Test func aPacketFromAnotherPortIsRejectedAndDisturbsNothing() {
        var sender = client(size: 2000)
        _ = sender.received(ack(0), from: port, now: start)
        #expect(sender.received(ack(1), from: 4001, now: start) == .reject)
        #expect(sender.received(.error(.undefined, message: ""), from: 4001, now: start) == .reject)
        #expect(sender.received(ack(1), from: port, now: start) == .sendBlocks(2..<3))
    }

    @Test(arguments: [TFTPErrorCode.optionRefused, .illegalOperation])
    func asksAgainWithoutOptionsWhereTheyAreRefused(code: TFTPErrorCode) {
        var sender = client(size: 10, options: .lan)
        let plain = TFTPPacket.request(TFTPRequest(.write, filename: "f"))
        #expect(sender.received(.error(code, message: "no"), from: port, now: start) == .send(plain))
        // The refusing port's late copy is not a second refusal.
        #expect(sender.received(.error(code, message: "no"), from: port, now: start) == .none)
        #expect(sender.received(ack(0), from: port + 1, now: start) == .sendBlocks(1..<2))
    }

    @Test func aRefusalWithoutOptionsIsFinal() {
        var sender = client(size: 10)
        let error = TFTPError.refused(code: .optionRefused, message: "no")
        #expect(sender.received(.error(.optionRefused, message: "no"), from: port, now: start) == .fail(error))
    }

    @Test func answersUnaskedOptionsWithErrorEight() {
        var sender = client(size: 10, options: TransferOptions(blockSize: 512))
        let action = sender.received(.optionAcknowledgement([TFTPOption("blksize", 1024)]), from: port, now: start)
        #expect(action == .abort(.optionRefused, .optionsUnacceptable))
    }

    @Test func aWindowRollsBackToWhatWasAcknowledged() {
        var sender = windowed(size: 100)
        #expect(sender.received(ack(4), from: port, now: start + .milliseconds(20)) == .sendBlocks(5..<9))
        #expect(sender.received(ack(6), from: port, now: start + .milliseconds(30)) == .sendBlocks(7..<11))
        #expect(sender.received(ack(10), from: port, now: start + .milliseconds(40)) == .sendBlocks(11..<14))
        #expect(sender.received(ack(13), from: port, now: start + .milliseconds(50)) == .finished)
    }

    @Test func aLostFirstBlockRepeatsTheWindowButACopyOfAnAcknowledgementDoesNot() {
        var sender = windowed(size: 100)
        #expect(sender.received(ack(4), from: port, now: start + .milliseconds(20)) == .sendBlocks(5..<9))
        // At once: a copy made by the network.
        #expect(sender.received(ack(4), from: port, now: start + .milliseconds(20)) == .none)
        // A round trip later: the answer to a gap.
        #expect(sender.received(ack(4), from: port, now: start + .milliseconds(40)) == .sendBlocks(5..<9))
    }

    @Test func duplicateAcknowledgementsRepeatAWindowThreeTimesAtMost() {
        var sender = windowed(size: 100)
        var repeated = 0
        for second in 1...9 where sender.received(ack(0), from: port, now: start + .seconds(Int64(second))) != .none { repeated += 1 }
        #expect(repeated == 3)
    }

    @Test func blockNumbersWrapAround() {
        var sender = client(size: 70000 * 512)
        _ = sender.received(ack(0), from: port, now: start)
        for block in 1...69999 {
            let action = sender.received(ack(UInt16(truncatingIfNeeded: block)), from: port, now: start)
            guard action == .sendBlocks(block + 1..<block + 2) else {
                Issue.record("block \(block): \(action)")
                return
            }
        }
        #expect(sender.received(ack(UInt16(truncatingIfNeeded: 70000)), from: port, now: start) == .sendBlocks(70001..<70002))
        #expect(sender.received(ack(UInt16(truncatingIfNeeded: 70001)), from: port, now: start) == .finished)
    }

    @Test func repeatsWithBackOffAndGivesUpAfterItsPatience() {
        var sender = client(size: 10)
        var now = start
        var waits: [Int64] = []
        while true {
            let wait = sender.deadline - now
            now = sender.deadline
            let action = sender.deadlineReached(now: now)
            waits.append(wait.nanoseconds / 1_000_000)
            guard action == .send(.request(TFTPRequest(.write, filename: "f"))) else {
                #expect(action == .abort(.undefined, .timeout(repetitions: waits.count - 1)))
                break
            }
        }
        #expect(waits.prefix(4) == [1000, 2000, 4000, 4000])
        #expect(now - start == .seconds(30))
        #expect(sender.deadlineReached(now: now + .hours(1)) == .none)
    }

    @Test func repeatsTheUnacknowledgedBlocks() {
        var sender = windowed(size: 100)
        _ = sender.received(ack(2), from: port, now: start + .milliseconds(20))
        #expect(sender.deadlineReached(now: sender.deadline) == .sendBlocks(3..<7))
        #expect(sender.deadlineReached(now: start) == .none)
    }

    @Test func givesUpOnAPeerThatDrips() {
        var sender = Sender(
            writing: "f", size: 512 * 10000, options: .none, timing: TransferTiming(longest: .seconds(60)), now: start)
        _ = sender.received(ack(0), from: port, now: start)
        var block: UInt16 = 0
        for second in stride(from: Int64(10), to: 60, by: 10) {
            block += 1
            _ = sender.received(ack(block), from: port, now: start + .seconds(second))
        }
        #expect(sender.deadlineReached(now: start + .seconds(60)) == .abort(.undefined, .timeout(repetitions: 0)))
    }

    @Test func aServerSendsItsOptionsThenItsBlocks() {
        var parameters = TransferParameters()
        parameters.blockSize = 8
        var sender = Sender(
            answering: port, parameters: parameters, acknowledged: [TFTPOption("blksize", 8)], size: 10, timing: TransferTiming(),
            now: start)
        #expect(sender.opening == .send(.optionAcknowledgement([TFTPOption("blksize", 8)])))
        #expect(sender.received(ack(0), from: port, now: start) == .sendBlocks(1..<2))
        #expect(sender.received(ack(1), from: port, now: start) == .sendBlocks(2..<3))
        #expect(sender.received(ack(2), from: port, now: start) == .finished)
    }

    @Test func dataFromThePeerEndsAWrite() {
        var sender = client(size: 10)
        _ = sender.received(ack(0), from: port, now: start)
        #expect(sender.received(.data(block: 1, ByteBuffer()), from: port, now: start) == .abort(.illegalOperation, .protocolViolation))
    }
}
