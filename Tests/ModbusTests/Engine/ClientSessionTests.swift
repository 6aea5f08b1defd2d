import Modbus
import NIOCore
import Testing

struct ClientSessionTests {
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    let request: ModbusRequest
    let answer: ModbusResponse
    let timing = RTUTiming(.baud9600)

    init() throws {
        request = try ModbusRequest(decoding: bytes("03 00 00 00 01"))
        answer = try ModbusResponse(decoding: bytes("03 02 00 05"))
    }

    func onLine(_ hex: String, unit: UInt8 = 1) -> ByteBuffer { RTUFrame(unit: unit, pdu: bytes(hex)).encoded }

    @Test func tcpAnswersOverTwoReads() throws {
        var session = ClientSession(.tcp)
        _ = session.begin(request, unit: 1, now: start)
        #expect(session.received(bytes("00 01 00 00 00 05 01"), at: start) == .wait(silenceDue: nil))
        #expect(session.received(bytes("03 02 00 05"), at: start) == .complete(answer))
    }

    @Test func tcpSkipsALateAnswer() {
        var session = ClientSession(.tcp)
        _ = session.begin(request, unit: 1, now: start)
        session.abandon(answerDue: start)
        _ = session.begin(request, unit: 1, now: start)
        #expect(session.received(bytes("00 01 00 00 00 05 01 03 02 00 09"), at: start) == .wait(silenceDue: nil))
        #expect(session.received(bytes("00 02 00 00 00 05 01 03 02 00 05"), at: start) == .complete(answer))
    }

    @Test func tcpDisconnectsWhatIsNoModbus() {
        var session = ClientSession(.tcp)
        #expect(
            session.received(bytes("53 53 48 2D 32 2E"), at: start)
                == .disconnect(ModbusDecodingError(.foreignProtocol, offset: 2)))
    }

    @Test func rtuCompletesWithItsAnswer() {
        var session = ClientSession(.rtu(timing))
        let departure = session.begin(request, unit: 1, now: start)
        #expect(departure.at == start)
        #expect(departure.bytes == onLine("03 00 00 00 01"))
        #expect(session.received(onLine("03 02 00 05"), at: start) == .complete(answer))
    }

    @Test func rtuKeepsSilenceBeforeTheNextRequest() {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        _ = session.received(onLine("03 02 00 05"), at: start)
        #expect(session.begin(request, unit: 1, now: start).at == start + timing.silence)
    }

    @Test func rtuDropsAnswersOfOthers() {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        #expect(session.received(onLine("03 02 00 09", unit: 2), at: start) == .wait(silenceDue: nil))
        #expect(session.received(onLine("04 02 00 09"), at: start) == .wait(silenceDue: nil))
        #expect(session.received(onLine("03 04 00 09 00 09"), at: start) == .wait(silenceDue: nil))
        #expect(session.received(onLine("03 02 00 05"), at: start) == .complete(answer))
    }

    @Test func rtuWaitsForAnAnswerThatIsStillOwed() {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        session.abandon(answerDue: start + .seconds(1))
        #expect(session.begin(request, unit: 1, now: start).at == start + .seconds(1))
        let late = session.received(onLine("03 02 00 09"), at: start + .milliseconds(500))
        #expect(late == .wait(silenceDue: nil))
        #expect(session.received(onLine("03 02 00 05"), at: start + .milliseconds(1100)) == .complete(answer))
    }

    @Test func rtuLetsOthersFinishBeforeItSends() {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        _ = session.received(onLine("03 02 00 05"), at: start)
        _ = session.begin(request, unit: 1, now: start)
        let late = start + .milliseconds(3)
        #expect(session.received(onLine("03 02 00 09"), at: late) == .wait(silenceDue: nil))
        #expect(session.departure == late + timing.silence)
        #expect(session.received(onLine("03 02 00 05"), at: late + timing.silence) == .complete(answer))
    }

    @Test func rtuDoesNotWaitForSilenceForever() {
        var session = ClientSession(.rtu(timing))
        let first = session.begin(request, unit: 1, now: start).at
        for millisecond in Int64(0)..<1100 {
            _ = session.received(bytes("FF"), at: start + .milliseconds(millisecond))
        }
        _ = session.begin(request, unit: 1, now: first + .milliseconds(1099))
        for millisecond in Int64(1100)..<3000 {
            _ = session.received(bytes("FF"), at: start + .milliseconds(millisecond))
        }
        #expect(session.departure <= start + .milliseconds(1099) + timing.silence + .seconds(1))
    }

    @Test(arguments: [(1, 15), (125, 263)]) func rtuGrantsTheTimeOfBothFrames(count: Int, characters: Int) throws {
        var session = ClientSession(.rtu(timing))
        let range = try #require(ReadRegistersRequest(address: 0, count: count))
        let departure = session.begin(.readHoldingRegisters(range), unit: 1, now: start)
        #expect(departure.transfer == timing.transferTime(of: characters))
    }

    @Test func rtuExpectsNoAnswerToABroadcast() throws {
        var session = ClientSession(.rtu(timing))
        let departure = session.begin(.writeRegister(WriteRegister(address: 0, value: 1)), unit: 0, now: start)
        #expect(departure.transfer == timing.transferTime(of: 8))
    }

    @Test func rtuFindsItsAnswerBehindGarbageAfterSilence() {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        var noisy = bytes("01 03 F0")
        noisy.writeImmutableBuffer(onLine("03 02 00 05"))
        #expect(session.received(noisy, at: start) == .wait(silenceDue: start + timing.silence))
        #expect(session.silenceReached() == .complete(answer))
    }

    @Test func rtuAwaitsASilenceInAnAnswerOnce() throws {
        var session = ClientSession(.rtu(timing))
        _ = session.begin(request, unit: 1, now: start)
        var rest = onLine("03 02 00 05")
        let beginning = rest.readSlice(length: 3)
        let head = try #require(beginning)
        #expect(session.received(head, at: start) == .wait(silenceDue: start + timing.silence))
        #expect(session.silenceReached() == .wait(silenceDue: nil))
        #expect(session.received(rest, at: start + .milliseconds(10)) == .complete(answer))
    }
}
