import NIOCore
import Testing

@testable import SNMP

struct RemoteEngineTests {
    private let start = NIODeadline.uptimeNanoseconds(5_000_000_000)
    private let id: EngineID

    init() throws { id = try #require(EngineID(octets: [1, 2, 3, 4, 5])) }

    @Test func itsClockRunsOnBetweenMessages() {
        var engine = RemoteEngine()
        #expect(engine.known == nil)
        let isNew = engine.heard(id, boots: 3, time: 100, now: start)
        #expect(isNew)
        #expect(engine.known?.secondsUp(at: start + .seconds(42)) == 142)
        #expect(engine.known?.secondsUp(at: start - .seconds(1)) == 100)
    }

    @Test func believesAnAuthenticClockForwardsAndBackwards() {
        var engine = RemoteEngine()
        _ = engine.heard(id, boots: 3, time: 100, now: start)
        _ = engine.heard(id, boots: 4, time: 1, now: start)
        #expect(engine.known?.boots == 4)
        let isAnother = engine.heard(id, boots: 1, time: 7, now: start)
        #expect(!isAnother)
        #expect(engine.known == RemoteEngine.Known(id: id, boots: 1, time: 7, at: start))
    }

    @Test func noticesAnotherEngine() throws {
        var engine = RemoteEngine()
        _ = engine.heard(id, boots: 3, time: 100, now: start)
        let other = try #require(EngineID(octets: [9, 9, 9, 9, 9]))
        let isNew = engine.heard(other, boots: 1, time: 1, now: start)
        #expect(isNew)
    }

    @Test func itsClockStandsAtItsEnd() {
        var engine = RemoteEngine()
        _ = engine.heard(id, boots: 3, time: .max - 1, now: start)
        #expect(engine.known?.secondsUp(at: start + .hours(1)) == .max)
    }
}
