import PowerDevice
import Testing

@testable import Alarming

@Suite struct IncidentEngineTests {
    @Test(arguments: [false, true]) func oneSiteOnBatteryIsOneMessageAndOneWhenItIsOver(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...60)
        try fleet.pass(1)
        try fleet.raise(61...100)
        #expect(fleet.tells.isEmpty)
        try fleet.pass(2)
        #expect(fleet.kinds == [.opened])
        #expect(fleet.tells[0].title == "Lyon: mains failure, 100 cards")
        try fleet.pass(300)
        #expect(fleet.kinds == [.opened])
        try fleet.clear(1...100)
        try fleet.pass(14)
        #expect(fleet.kinds == [.opened])
        try fleet.pass(2)
        #expect(fleet.kinds == [.opened, .ended])
        #expect(fleet.tells[1].title == "Lyon: mains is back, 100 of 100 cards recovered")
        #expect(fleet.engine.incidents.isEmpty && fleet.engine.incidentOf.isEmpty && fleet.engine.mainsOf.isEmpty)
    }

    @Test func relapsesWithinTheIncidentAreNotTold() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.pass(5)
        for _ in 0..<5 {
            try fleet.clear(1...10)
            try fleet.pass(10)
            try fleet.raise(1...10)
            try fleet.pass(10)
        }
        #expect(fleet.kinds == [.opened])
        #expect(fleet.engine.incidents.count == 1)
    }

    @Test func aGreaterSeverityIsToldAtOnceAndAGreaterSizeAfterAMinute() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...4)
        try fleet.pass(3)
        try fleet.raise(5...8)
        try fleet.pass(56)
        #expect(fleet.kinds == [.opened])
        try fleet.pass(5)
        #expect(fleet.kinds == [.opened, .changed])
        try fleet.take([fleet.news(.severity, 1, severity: .critical)])
        try fleet.pass(1)
        #expect(fleet.kinds == [.opened, .changed, .changed])
        #expect(fleet.tells[2].severity == .critical)
        #expect(fleet.tells[2].body.hasPrefix("Now critical, was warning."))
    }

    @Test func oneMoreCardIsToldWhenNoOthersFollow() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...3)
        try fleet.pass(300)
        try fleet.raise([4])
        try fleet.pass(119)
        #expect(fleet.kinds == [.opened])
        try fleet.pass(2)
        #expect(fleet.kinds == [.opened, .changed])
    }

    @Test func aTrickleOfCardsIsToldSeldom() throws {
        var fleet = IncidentTranscript()
        for card in Int64(1)...100 {
            try fleet.raise([card])
            try fleet.pass(10)
        }
        #expect(fleet.kinds == [.opened, .changed, .changed, .changed])
    }

    @Test(arguments: [false, true]) func aLowBatteryIsToldByItselfAndNotAsAnotherIncident(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...100)
        try fleet.pass(60)
        try fleet.raise(1...17, "upsAlarmLowBattery")
        try fleet.pass(4)
        #expect(fleet.kinds == [.opened] + Array(repeating: .single, count: 17))
        #expect(fleet.tells[1].card == 1 && fleet.tells[1].title == "card 1: upsAlarmLowBattery")
        #expect(fleet.engine.incidents.count == 1)
        try fleet.clear(1...17, "upsAlarmLowBattery")
        try fleet.clear(1...100)
        try fleet.pass(100)
        #expect(fleet.kinds.dropFirst(18) == [.ended], "the end covers what had messages of its own")
    }

    @Test func whatALookFindsInAnyOrderIsOneIncident() throws {
        var fleet = IncidentTranscript(restarts: true)
        let low = fleet.news(.raised, 1, "upsAlarmLowBattery")
        let stop = fleet.news(.raised, 1, "upsAlarmImminentStop", severity: .critical)
        let mains = fleet.news(.raised, 1)
        try fleet.take([low, stop, mains])
        try fleet.pass(5)
        #expect(fleet.kinds == [.opened, .single])
        #expect(fleet.tells[1].severity == .critical)
    }

    @Test func aLowBatteryJustBeforeTheMainsAlarmJoinsIt() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise([1], "upsAlarmLowBattery")
        try fleet.pass(1)
        try fleet.raise([1])
        try fleet.pass(5)
        #expect(fleet.kinds == [.opened, .single])
        #expect(fleet.engine.incidents.count == 1)
    }

    @Test func aCardThatGetsEvenWorseIsToldOnceMore() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.pass(10)
        try fleet.raise([1], "upsAlarmLowBattery")
        try fleet.pass(30)
        let stop = fleet.news(.raised, 1, "upsAlarmImminentStop", severity: .critical)
        try fleet.take([stop])
        try fleet.pass(20)
        #expect(fleet.kinds == [.opened, .single])
        try fleet.pass(60)
        #expect(fleet.kinds == [.opened, .single, .single])
    }

    @Test func whenMostCardsGetWorseTheyAreToldTogether() throws {
        var fleet = IncidentTranscript()
        try fleet.raise(1...100)
        try fleet.pass(70)
        try fleet.raise(1...90, "upsAlarmLowBattery")
        try fleet.pass(10)
        #expect(fleet.kinds.count { $0 == .single } == 25)
        #expect(fleet.kinds.count { $0 == .changed } == 1)
    }

    @Test(arguments: [false, true]) func whoDoesNotComeBackIsToldByItselfAndTheRestInOneMessage(restarts: Bool) throws {
        var fleet = IncidentTranscript(restarts: restarts)
        try fleet.raise(1...100)
        try fleet.pass(60)
        try fleet.clear(1...95)
        try fleet.pass(59)
        #expect(fleet.kinds == [.opened])
        try fleet.pass(2)
        #expect(fleet.kinds == [.opened] + Array(repeating: .single, count: 5) + [.ended])
        #expect(fleet.tells.last?.title == "Lyon: mains is back, 95 of 100 cards recovered, 5 did not")
        try fleet.raise([96], AlarmFamily.silence)
        try fleet.pass(60)
        #expect(fleet.kinds.count == 7, "its silence is no news")
        try fleet.clear(96...99)
        try fleet.clear([96], AlarmFamily.silence)
        try fleet.pass(16)
        #expect(fleet.kinds.dropFirst(7) == [.singleEnded, .singleEnded, .singleEnded, .singleEnded])
        try fleet.raise(1...50)
        try fleet.pass(4)
        #expect(fleet.kinds.last == .opened, "the next failure is another incident")
    }

    @Test func aCardLeftBehindWhoseBatteryRunsLowIsToldAgain() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.pass(10)
        try fleet.clear(1...9)
        try fleet.pass(70)
        try fleet.raise([10], "upsAlarmLowBattery")
        try fleet.pass(5)
        #expect(fleet.kinds == [.opened, .single, .ended, .single])
    }

    @Test func aCardThatFallsSilentOnBatteryIsToldOnceAndStaysActive() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...100)
        try fleet.pass(10)
        try fleet.raise([7], AlarmFamily.silence)
        try fleet.pass(20)
        #expect(fleet.kinds == [.opened, .single])
        try fleet.clear((1...100).filter { $0 != 7 })
        try fleet.pass(70)
        #expect(fleet.kinds == [.opened, .single, .ended])
        #expect(fleet.tells[2].title.hasSuffix("1 did not"))
        try fleet.clear([7], AlarmFamily.silence)
        try fleet.clear([7])
        try fleet.pass(16)
        #expect(fleet.kinds.last == .singleEnded)
    }

    @Test func shelvedAlarmsAreMembersAndNotTold() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise([1], "upsAlarmFansFailure")
        try fleet.take([fleet.news(.shelved, 1, "upsAlarmFansFailure")])
        try fleet.pass(60)
        #expect(fleet.tells.isEmpty)
        try fleet.take([fleet.news(.unshelved, 1, "upsAlarmFansFailure")])
        try fleet.pass(1)
        #expect(fleet.kinds == [.opened])
    }

    @Test func neighboursFaultsLaterAreIncidentsOfTheirOwn() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise([1], "upsAlarmFansFailure")
        try fleet.pass(100)
        try fleet.raise([2], "upsAlarmFansFailure")
        try fleet.pass(10)
        #expect(fleet.engine.incidents.count == 1)
        try fleet.pass(121)
        try fleet.raise([3], "upsAlarmFansFailure")
        try fleet.pass(10)
        #expect(fleet.engine.incidents.count == 2)
    }

    @Test func placesAreSitesOrNetworks() throws {
        var fleet = IncidentTranscript()
        try fleet.raise([1, 2], site: nil)
        try fleet.raise([3], site: "Bern")
        try fleet.take([fleet.news(.raised, nil, "trapsLost"), fleet.news(.raised, nil, "alarmsLost")])
        try fleet.pass(4)
        #expect(
            fleet.tells.map(\.title).sorted() == [
                "Network 10.1.2.0/24: mains failure, 2 cards", "alarmsLost", "card 3: upsAlarmOnBattery", "trapsLost",
            ])
    }

    @Test func isAcknowledgedWithTheLastOfItsAlarms() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...2)
        try fleet.pass(5)
        try fleet.take([fleet.news(.acknowledged, 1, by: "ann")])
        #expect(fleet.acknowledged.isEmpty)
        try fleet.take([fleet.news(.acknowledged, 2, by: "bob")])
        #expect(fleet.acknowledged == [1: "bob"])
        try fleet.take([fleet.news(.unacknowledged, 2, by: "bob")])
        #expect(fleet.acknowledged.isEmpty)
    }

    @Test func aClockThatJumpsChangesNothing() throws {
        var fleet = IncidentTranscript(restarts: true)
        try fleet.raise(1...10)
        try fleet.pass(5)
        fleet.jump = 86_400 * 30
        try fleet.pass(5)
        try fleet.clear(1...5)
        fleet.jump = -86_400 * 30
        try fleet.pass(10)
        try fleet.raise(1...5)
        try fleet.pass(100)
        #expect(fleet.kinds == [.opened])
        try fleet.clear(1...10)
        try fleet.pass(16)
        #expect(fleet.kinds == [.opened, .ended])
    }

    @Test func whatHappenedLongAgoIsToldAndMarked() throws {
        var fleet = IncidentTranscript()
        var news: [AlarmNews] = []
        for card in Int64(1)...50 { news.append(fleet.news(.raised, card)) }
        fleet.seconds += 1800
        for card in Int64(1)...50 { news.append(fleet.news(.cleared, card)) }
        fleet.seconds += 3600
        try fleet.take(news)
        try fleet.pass(20)
        #expect(fleet.kinds == [.opened, .ended])
        #expect(fleet.tells.allSatisfy { $0.body.contains("Told late") })
        #expect(fleet.tells[0].at == 1_000_000_000 && fleet.tells[1].at == 1_001_800_000)
    }
}
