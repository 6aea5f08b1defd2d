import NIOCore
import Testing

@testable import Modbus

/// An arbitration with a clock of its own, and short words for what happens to it.
private struct Bench {
    var engine = Arbitration()
    var now = NIODeadline.uptimeNanoseconds(10_000_000_000)
    private var lastTicket: UInt64 = 0

    init(depth: Int = 16) { engine = Arbitration(.init(depth: depth)) }

    static func read(_ address: UInt16, _ count: Int = 2, unit: UInt8 = 1) throws -> PendingRequest {
        PendingRequest(unit: unit, request: .readHoldingRegisters(try #require(ReadRegistersRequest(address: address, count: count))))
    }

    static func write(_ address: UInt16, _ value: UInt16) -> PendingRequest {
        PendingRequest(unit: 1, request: .writeRegister(WriteRegister(address: address, value: value)))
    }

    /// Asks; the ticket is the number of the call.
    mutating func submit(_ request: PendingRequest, of client: UInt64, maxAge: TimeAmount = .zero) -> Arbitration.Admission {
        lastTicket += 1
        return engine.submit(lastTicket, request, of: ArbiterClient(client), maxAge: maxAge, now: now)
    }

    mutating func next() -> Arbitration.Step { engine.next(now: now) }

    mutating func connect() {
        #expect(next() == .connect)
        engine.connected(now: now)
    }

    mutating func answer(_ values: [UInt16]) throws -> [UInt64] {
        let response = ModbusResponse.readHoldingRegisters(try #require(ReadRegistersResponse(values: values)))
        return engine.exchanged(.success(response), now: now).map(\.ticket)
    }

    mutating func fail(_ error: ModbusError) -> [Arbitration.Completion] { engine.exchanged(.failure(error), now: now) }
}

struct ArbitrationTests {
    @Test func connectsForTheFirstRequestAndHangsUpAfterTheLast() throws {
        var bench = Bench()
        #expect(bench.next() == .rest(until: nil))
        let admission = bench.submit(try Bench.read(0), of: 1)
        #expect(admission == .waiting)
        bench.connect()
        #expect(bench.next() == .exchange(try Bench.read(0)))
        #expect(bench.next() == .rest(until: nil))
        let answered = try bench.answer([1, 2])
        #expect(answered == [1])
        let due = bench.now + .seconds(50)
        #expect(bench.next() == .rest(until: due))
        bench.now = due
        #expect(bench.next() == .hangUp)
        bench.engine.closed()
        #expect(bench.next() == .rest(until: nil))
        #expect(bench.engine.queued == 0)
    }

    @Test func servesClientsInTurn() throws {
        var bench = Bench()
        for address in 0..<3 { _ = bench.submit(try Bench.read(UInt16(address * 10)), of: 1) }
        _ = bench.submit(try Bench.read(100), of: 2)
        bench.connect()
        var order: [Arbitration.Step] = []
        for _ in 0..<4 {
            order.append(bench.next())
            _ = try bench.answer([0, 0])
        }
        let expected = try [0, 100, 10, 20].map { Arbitration.Step.exchange(try Bench.read($0)) }
        #expect(order == expected)
    }

    @Test func tellsAClientWithTooMuchWaitingThatTheDeviceIsBusy() throws {
        var bench = Bench(depth: 2)
        _ = bench.submit(try Bench.read(0), of: 1)
        _ = bench.submit(try Bench.read(10), of: 1)
        let third = bench.submit(try Bench.read(20), of: 1)
        #expect(third == .refused(.exception(.serverDeviceBusy)))
        let other = bench.submit(try Bench.read(20), of: 2)
        #expect(other == .waiting)
        #expect(bench.engine.tally.refused == 1)
    }

    @Test func answersFromWhatWasReadAsLongAsItIsFresh() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(100, 4), of: 1)
        bench.connect()
        _ = bench.next()
        let readAt = bench.now
        _ = try bench.answer([1, 2, 3, 4])
        bench.now = bench.now + .milliseconds(900)
        let part = bench.submit(try Bench.read(101, 2), of: 2, maxAge: .seconds(1))
        let values = ModbusResponse.readHoldingRegisters(try #require(ReadRegistersResponse(values: [2, 3])))
        #expect(part == .answered(ArbiterAnswer(values, at: readAt)))
        bench.now = bench.now + .milliseconds(200)
        let late = bench.submit(try Bench.read(101, 2), of: 2, maxAge: .seconds(1))
        #expect(late == .waiting)
        #expect(bench.engine.tally.cacheHits == 1)
    }

    @Test func letsEqualReadsShareOneQuestion() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = bench.submit(try Bench.read(0), of: 2)
        _ = bench.submit(try Bench.read(0), of: 3)
        let answered = try bench.answer([1, 2])
        #expect(answered == [1, 2, 3])
        #expect(bench.engine.tally.exchanges == 1)
        #expect(bench.engine.tally.joined == 2)
    }

    @Test func neverAnswersAReadAfterAWriteWithWhatWasBefore() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = bench.submit(Bench.write(0, 9), of: 2)
        // The same client reads: not the answer to the question that is on the way, nor what comes of it.
        let read = bench.submit(try Bench.read(0), of: 2, maxAge: .seconds(10))
        #expect(read == .waiting)
        let first = try bench.answer([1, 2])
        #expect(first == [1])
        let cached = bench.submit(try Bench.read(0), of: 2, maxAge: .seconds(10))
        #expect(cached == .waiting)
        #expect(bench.next() == .exchange(Bench.write(0, 9)))
        let written = bench.engine.exchanged(.success(.writeRegister(WriteRegister(address: 0, value: 9))), now: bench.now)
        #expect(written.map(\.ticket) == [2])
        // Nobody gets the value from before the write.
        let other = bench.submit(try Bench.read(0), of: 3, maxAge: .seconds(10))
        #expect(other == .waiting)
    }

    @Test func passesOnWhatTheDeviceRefuses() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        let refusal = ModbusResponse.exception(.init(function: .readHoldingRegisters, exception: .illegalDataAddress))
        let completions = bench.engine.exchanged(.success(refusal), now: bench.now)
        #expect(completions == [.init(ticket: 1, result: .success(ArbiterAnswer(refusal, at: bench.now)))])
        // A refusal is not remembered.
        let again = bench.submit(try Bench.read(0), of: 1, maxAge: .seconds(10))
        #expect(again == .waiting)
    }

    @Test func reconnectsWhenTheDeviceHasClosedAnIdleConnection() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = try bench.answer([1, 2])
        bench.now = bench.now + .seconds(10)
        // Noticed before sending.
        _ = bench.submit(Bench.write(0, 1), of: 1)
        _ = bench.next()
        let unsent = bench.engine.unsent(now: bench.now)
        #expect(unsent.isEmpty)
        bench.connect()
        #expect(bench.next() == .exchange(Bench.write(0, 1)))
        _ = bench.engine.exchanged(.success(.writeRegister(WriteRegister(address: 0, value: 1))), now: bench.now)
        // Noticed while sending.
        _ = bench.submit(try Bench.read(0), of: 1)
        _ = bench.next()
        let completions = bench.fail(.linkFailed(.lost))
        #expect(completions.isEmpty)
        bench.connect()
        #expect(bench.next() == .exchange(try Bench.read(0)))
        let answered = try bench.answer([1, 2])
        #expect(answered == [3])
    }

    @Test func doesNotRepeatAWriteThatHasLeft() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = try bench.answer([1, 2])
        _ = bench.submit(Bench.write(0, 1), of: 1)
        _ = bench.next()
        let completions = bench.fail(.linkFailed(.lost))
        #expect(completions == [.init(ticket: 2, result: .failure(.linkFailed(.lost)))])
        #expect(bench.next() == .rest(until: nil))
    }

    @Test func saysThatTheDeviceHasAnotherClientAndLeavesItAlone() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        _ = bench.submit(try Bench.read(10), of: 2)
        bench.connect()
        _ = bench.next()
        let first = bench.fail(.linkFailed(.lost))
        #expect(first.isEmpty)
        bench.connect()
        _ = bench.next()
        let second = bench.fail(.linkFailed(.lost))
        #expect(second.map(\.ticket) == [1, 2])
        #expect(second.allSatisfy { $0.result == .failure(.linkFailed(.occupied)) })
        let soon = bench.submit(try Bench.read(0), of: 1)
        #expect(soon == .refused(.linkFailed(.occupied)))
        bench.now = bench.now + BackOff.first
        let later = bench.submit(try Bench.read(0), of: 1)
        #expect(later == .waiting)
        #expect(bench.next() == .connect)
    }

    @Test func aConnectionThatIsClosedBeforeItsFirstUseIsARefusalToo() throws {
        var bench = Bench()
        _ = bench.submit(Bench.write(0, 1), of: 1)
        bench.connect()
        _ = bench.next()
        let first = bench.engine.unsent(now: bench.now)
        #expect(first.isEmpty)
        bench.connect()
        _ = bench.next()
        let second = bench.engine.unsent(now: bench.now)
        #expect(second == [.init(ticket: 1, result: .failure(.linkFailed(.occupied)))])
        #expect(bench.next() == .rest(until: nil))
    }

    @Test func aWriteThatCouldNotBeSentIsNotSentForAClientThatIsGone() throws {
        var bench = Bench()
        _ = bench.submit(Bench.write(0, 1), of: 1)
        bench.connect()
        _ = bench.next()
        _ = bench.engine.leave(ArbiterClient(1))
        let completions = bench.engine.unsent(now: bench.now)
        #expect(completions.isEmpty)
        #expect(bench.next() == .rest(until: nil))
    }

    @Test func waitsLongerAfterEachFailureUpToALimit() throws {
        var bench = Bench()
        var pauses: [TimeAmount] = []
        for _ in 0..<7 {
            _ = bench.submit(try Bench.read(0), of: 1)
            #expect(bench.next() == .connect)
            let failed = bench.engine.connectFailed(.noDescriptors, now: bench.now)
            #expect(failed.map(\.result) == [.failure(.linkFailed(.noDescriptors))])
            pauses.append(bench.engine.backOff.until - bench.now)
            bench.now = bench.engine.backOff.until
        }
        #expect(pauses == [0.5, 1, 2, 4, 8, 8, 8].map { .milliseconds(Int64($0 * 1000)) })
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = try bench.answer([1, 2])
        #expect(bench.engine.backOff.failures == 0)
    }

    @Test func asksASilentDeviceAgainByANewConnectionAndThenGivesUp() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0, unit: 7), of: 1)
        _ = bench.submit(try Bench.read(10, unit: 7), of: 2)
        _ = bench.submit(try Bench.read(0), of: 3)
        bench.connect()
        _ = bench.next()
        let first = bench.fail(.noResponse(attempts: 1))
        #expect(first.isEmpty)
        #expect(bench.next() == .hangUp)
        bench.engine.closed()
        bench.connect()
        #expect(bench.next() == .exchange(try Bench.read(0, unit: 7)))
        let second = bench.fail(.noResponse(attempts: 1))
        // Another client's question to the silent unit would only cost time.
        #expect(second.map(\.ticket) == [1, 2])
        let soon = bench.submit(try Bench.read(0, unit: 7), of: 1)
        #expect(soon == .refused(.noResponse(attempts: 2)))
        #expect(bench.next() == .hangUp)
        bench.engine.closed()
        bench.connect()
        #expect(bench.next() == .exchange(try Bench.read(0)))
        let other = try bench.answer([1, 2])
        #expect(other == [3])
    }

    @Test func forgetsWhatAClientThatIsGoneWaitedFor() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = bench.submit(try Bench.read(0), of: 2)
        _ = bench.submit(Bench.write(0, 1), of: 2)
        let gone = bench.engine.leave(ArbiterClient(2))
        #expect(gone.sorted() == [2, 3])
        let answered = try bench.answer([1, 2])
        #expect(answered == [1])
        #expect(bench.next() == .rest(until: bench.now + .seconds(50)))
    }

    @Test func countsALateAnswerToNobody() throws {
        var bench = Bench()
        let nothing = try bench.answer([1, 2])
        #expect(nothing.isEmpty)
        let alsoNothing = bench.fail(.noResponse(attempts: 1))
        #expect(alsoNothing.isEmpty)
    }

    @Test func failsEveryoneWhenItEnds() throws {
        var bench = Bench()
        _ = bench.submit(try Bench.read(0), of: 1)
        bench.connect()
        _ = bench.next()
        _ = bench.submit(try Bench.read(10), of: 2)
        let ended = bench.engine.end(.superseded)
        #expect(ended.map(\.ticket) == [1, 2])
        #expect(ended.map(\.result) == Array(repeating: .failure(.linkFailed(.superseded)), count: 2))
        #expect(bench.engine.queued == 0)
    }
}
