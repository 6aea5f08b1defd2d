import NIOCore
import Testing

@testable import SNMP

/// Discovery of the engine, and the time window.
extension LocalEngineTests {
    @Test func tellsItsEngineIDAndTimes() throws {
        let lab = try EngineLaboratory()
        let octets = SecureFixture.discovery
        guard case .answer(let buffer) = lab.receive(octets) else { throw Unexpected(action: "") }
        let expected = SecureFixture.discovered
        // As snmpd answers, but for boots and time.
        let message = try SecureMessage(decoding: buffer)
        #expect(EngineTime(boots: message.boots, time: message.time) == EngineTime(boots: 3, time: 100))
        let theirs = try SecureMessage(decoding: ByteBuffer(bytes: expected))
        #expect(message.messageID == theirs.messageID)
        #expect(message.level == theirs.level)
        #expect(Array(buffer.readableBytesView)[message.engineID] == expected[theirs.engineID])
        #expect(Array(Array(buffer.readableBytesView)[message.scopedData]) == Array(expected[theirs.scopedData]))
        #expect(lab.engine.statistics.unknownEngineIDs == 1)
    }

    @Test func reportsAnotherEnginesMessagesAndThoseOfIllegalIDs() throws {
        let lab = try EngineLaboratory()
        let other = try #require(EngineID(octets: [1, 2, 3, 4, 5]))
        let plain = try Self.plain.get()
        #expect(
            try report(lab.receive(lab.message(plain, .noAuthNoPriv, Self.request, engineID: other)), to: plain).counter
                == .unknownEngineIDs)
        let answer = try report(
            lab.receive(lab.message(Self.strong.get(), .authPriv, Self.request, engineID: other)), to: Self.strong.get())
        #expect(answer.counter == .unknownEngineIDs)
        #expect(answer.value == 2)
        // It can't read what is encrypted for another engine.
        #expect(answer.requestID == 0)
        let illegal = SecureMessageTests.Draft(engineID: [1]).octets
        guard case .answer = lab.receive(illegal) else { throw Unexpected(action: "") }
    }

    @Test func synchronisesAManagerThatKnowsNoTime() throws {
        let lab = try EngineLaboratory()
        (lab.boots, lab.time) = (0, 0)
        let signing = try Self.signing.get()
        let answer = try report(lab.receive(lab.message(signing, .authNoPriv, Self.request)), to: signing, .authNoPriv)
        #expect(answer.counter == .notInTimeWindows)
        #expect(answer.requestID == 77)
        (lab.boots, lab.time) = (answer.time.boots, answer.time.time)
        #expect(try accepted(lab.receive(lab.message(signing, .authNoPriv, Self.request))).level == .authNoPriv)
    }

    @Test func refusesTimesOutOfTheWindow() throws {
        let lab = try EngineLaboratory()
        let strong = try Self.strong.get()
        lab.now = Self.start + .seconds(1000)
        for (boots, time, isFresh) in [
            (3, 850, true), (3, 849, false), (3, 1150, true), (3, 1151, false), (2, 1000, false), (4, 1000, false), (0, 0, false),
        ] as [(Int32, Int32, Bool)] {
            (lab.boots, lab.time) = (boots, time)
            let action = lab.receive(lab.message(strong, .authPriv, Self.request))
            if isFresh {
                #expect(throws: Never.self) { try accepted(action) }
            } else {
                #expect(try report(action, to: strong, .authNoPriv).counter == .notInTimeWindows)
            }
        }
        #expect(lab.engine.statistics.notInTimeWindows == 5)
    }

    @Test func refusesAMessagePlayedAgainLater() throws {
        let lab = try EngineLaboratory()
        let signing = try Self.signing.get()
        let octets = lab.message(signing, .authNoPriv, Self.request)
        #expect(throws: Never.self) { try accepted(lab.receive(octets)) }
        // Within the window a duplicate is answered again, as datagrams may come twice.
        #expect(throws: Never.self) { try accepted(lab.receive(octets)) }
        lab.now = lab.now + .seconds(151)
        #expect(try report(lab.receive(octets), to: signing, .authNoPriv).counter == .notInTimeWindows)
        // After a restart as well.
        let restarted = try EngineLaboratory(boots: 4)
        #expect(try report(restarted.receive(octets), to: signing, .authNoPriv).counter == .notInTimeWindows)
    }

    @Test func refusesEverythingOnceItsBootsAreUsedUp() throws {
        let lab = try EngineLaboratory(boots: .max)
        lab.boots = .max
        let signing = try Self.signing.get()
        #expect(
            try report(lab.receive(lab.message(signing, .authNoPriv, Self.request)), to: signing, .authNoPriv).counter == .notInTimeWindows)
    }

    @Test func aClockThatGoesBackwardsIsItsStart() throws {
        let lab = try EngineLaboratory()
        lab.now = Self.start - .seconds(1)
        lab.time = 0
        #expect(throws: Never.self) { try accepted(lab.receive(lab.message(Self.signing.get(), .authNoPriv, Self.request))) }
    }
}
