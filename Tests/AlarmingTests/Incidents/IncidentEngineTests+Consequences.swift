import PowerDevice
import Testing

@testable import Alarming

// Alarms that follow of themselves from a mains failure.

extension IncidentEngineTests {
    private var general: String { Alarm.generalAlarm.name }

    private func roles(_ fleet: IncidentTranscript, _ incident: Int64 = 1) -> [IncidentMember.Role] {
        fleet.engine.incidents[incident]?.members.sorted { $0.key < $1.key }.map(\.value.role) ?? []
    }

    @Test(arguments: [false, true]) func aGeneralAlarmInAMainsFailureIsListedAndToldToNobody(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...10)
        try fleet.pass(10)
        try fleet.raise(1...10, general)
        try fleet.pass(100)
        #expect(fleet.kinds == [.opened])
        #expect(fleet.engine.incidents.count == 1)
        #expect(fleet.engine.incidents[1]?.cards == 10 && fleet.engine.incidents[1]?.grave == 0)
        #expect(roles(fleet) == Array(repeating: .group, count: 10) + Array(repeating: .consequence, count: 10))
        try fleet.clear(1...10)
        try fleet.pass(10)
        try fleet.clear(1...10, general)
        try fleet.pass(6)
        #expect(fleet.kinds == [.opened, .ended], "its end is that of what it follows from")
        #expect(fleet.tells[1].title == "Lyon: mains is back, 10 of 10 cards recovered")
        #expect(fleet.engine.incidents.isEmpty && fleet.engine.incidentOf.isEmpty)
    }

    @Test(arguments: [false, true]) func aGeneralAlarmJustBeforeTheMainsAlarmJoinsIt(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...3, general)
        try fleet.pass(2)
        try fleet.raise(1...2)
        try fleet.pass(10)
        #expect(fleet.tells.map(\.title).sorted() == ["Lyon: mains failure, 2 cards", "card 3: \(general)"])
        #expect(fleet.engine.incidents.count == 2)
        #expect(roles(fleet, 2) == [.consequence, .consequence, .group, .group])
        #expect(roles(fleet, 1) == [.group])
    }

    @Test func whatALookFindsWithTheMainsAlarmLastOpensNoOther() throws {
        var fleet = IncidentTranscript(restarts: true)
        let news = [fleet.news(.raised, 1, general), fleet.news(.raised, 1, "upsAlarmShutdownPending"), fleet.news(.raised, 1)]
        try fleet.take(news)
        try fleet.pass(100)
        #expect(fleet.kinds == [.opened])
        #expect(fleet.engine.incidents.count == 1)
    }

    @Test func withoutAMainsFailureAGeneralAlarmIsAnIncident() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise([1])
        try fleet.raise([2], general)
        try fleet.pass(5)
        #expect(fleet.tells.map(\.title).sorted() == ["card 1: upsAlarmOnBattery", "card 2: \(general)"])
    }

    @Test func itsGraverAlarmIsToldAllTheSame() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.raise([1], general)
        try fleet.pass(5)
        try fleet.raise([1], "upsAlarmLowBattery")
        try fleet.pass(5)
        #expect(fleet.kinds == [.opened, .single])
        #expect(fleet.tells[1].title == "card 1: upsAlarmLowBattery")
    }

    @Test(arguments: [false, true]) func aGeneralAlarmThatOutlivesTheIncidentIsReleased(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...3)
        let lasting = fleet.news(.raised, 3, general)
        try fleet.take([lasting])
        try fleet.raise(1...2, general)
        try fleet.pass(10)
        try fleet.clear(1...3)
        try fleet.clear(1...2, general)
        try fleet.pass(59)
        #expect(fleet.kinds == [.opened, .ended])
        #expect(fleet.engine.incidentOf[lasting.alarm] == 1, "it may follow late")
        try fleet.pass(2)
        #expect(fleet.engine.incidents.isEmpty && fleet.engine.incidentOf.isEmpty)
        // As it is found by who looks for open alarms that are in no incident.
        try fleet.take([lasting])
        try fleet.pass(4)
        #expect(fleet.kinds == [.opened, .ended, .opened])
        #expect(fleet.tells[2].title == "card 3: \(general)")
    }

    @Test func ofACardThatIsLeftBehindItIsReleasedOnceTheCardRecovers() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.raise([10], general)
        try fleet.pass(10)
        try fleet.clear(1...9)
        try fleet.pass(70)
        #expect(fleet.kinds == [.opened, .single, .ended])
        #expect(fleet.engine.incidentOf.count == 2, "the card's mains alarm, and what follows from it")
        try fleet.clear([10])
        try fleet.pass(61)
        #expect(fleet.kinds.last == .singleEnded)
        #expect(fleet.engine.incidents.isEmpty && fleet.engine.incidentOf.isEmpty)
    }

    @Test func aCardThatRecoveredLongAgoHasAGeneralAlarmOfItsOwn() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...3)
        try fleet.raise([2], general)
        try fleet.pass(5)
        try fleet.clear(1...2)
        try fleet.raise([3], "upsAlarmFansFailure")
        try fleet.clear([3], "upsAlarmFansFailure")
        try fleet.raise([4])
        try fleet.pass(61)
        #expect(!roles(fleet).contains(.consequence), "released while others are still without mains")
        try fleet.raise([1], general)
        try fleet.pass(4)
        #expect(fleet.tells.last?.title == "card 1: \(general)")
        #expect(fleet.engine.incidents[1]?.isOpen == true)
    }
}
