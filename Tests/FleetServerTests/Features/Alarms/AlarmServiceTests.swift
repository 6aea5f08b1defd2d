import Alarming
import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

@Suite(.timeLimit(.minutes(2))) struct AlarmServiceTests {
    /// Later than what was reported just now, and the card's lag.
    private var later: Date { SteadyClock.process.now.addingTimeInterval(60) }

    /// 2,000 cards at once, each with its trap and its alarm's entry, and again and again.
    @Test func aStormIsEachAlarmOnce() async throws {
        let bench = try await AlarmBench(cards: 2000)
        let service = bench.service()
        for _ in 0..<5 {
            for card in bench.ids {
                service.report([AlarmBench.report(card, .raised(.onBattery)), AlarmBench.report(card, .raised(.rectifierInputBad))])
            }
        }
        #expect(service.waiting == 4000)
        #expect(await service.flush())
        for card in bench.ids { service.report([AlarmBench.report(card, .raised(.onBattery))]) }
        #expect(service.waiting == 0)
        #expect(try await bench.open().count == 4000)
        #expect(try await bench.events().count == 4000)
        #expect(service.lost == 0)
    }

    @Test func tellsWatchersAndWhoReadsTheEvents() async throws {
        let bench = try await AlarmBench()
        let service = bench.service()
        let events = try #require(bench.hub.watch())
        service.report([AlarmBench.report(bench.ids[0], .raised(.onBattery, detail: "15 minutes"))])
        await service.flush()
        #expect(bench.told.value == 1)
        let event = try #require(await events.first { _ in true })
        let data = try ReadJSON(event.data)
        #expect(event.kind == .alarm)
        #expect(data["name"]?.string == "upsAlarmOnBattery" && data["state"]?.string == "raised" && data["source"]?.string == "trap")
        #expect(data["id"]?.double == 1)
    }

    @Test func aLostClearTrapIsHealedByThePoll() async throws {
        let bench = try await AlarmBench()
        let service = bench.service()
        service.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        await service.flush()
        service.report([AlarmBench.poll(bench.ids[0], [], askedAt: SteadyClock.process.now.addingTimeInterval(-1))])
        await service.flush()
        #expect(try await bench.open().count == 1)
        service.report([AlarmBench.poll(bench.ids[0], [], askedAt: later)])
        await service.flush()
        #expect(try await bench.open().isEmpty)
    }

    /// The wall clock jumps two hours back, and three ahead: what is ordered is ordered by what arrives.
    @Test(arguments: [-7200.0, 10_800]) func aWallClockThatJumpsChangesNothing(_ jump: Double) async throws {
        let bench = try await AlarmBench()
        let (card, service) = (bench.ids[0], bench.service())
        let jumped = AlarmBench.start.addingTimeInterval(jump)
        service.report([AlarmBench.report(card, .raised(.onBattery))])
        service.report([AlarmBench.report(card, .cleared(Alarm.onBattery.name), at: jumped)])
        service.report([AlarmBench.report(card, .raised(.onBattery), at: jumped.addingTimeInterval(1))])
        let stale = SteadyClock.process.now.addingTimeInterval(-1)
        service.report([AlarmReport(card: card, source: .poll, at: jumped.addingTimeInterval(2), askedAt: stale, claims: [.all([])])])
        await service.flush()
        #expect(try await bench.events().map { String($0.prefix(6)) } == ["raised", "cleare", "raised"])
        #expect(try await bench.open().count == 1)
    }

    @Test func afterAStartWhatIsOpenIsKnown() async throws {
        let bench = try await AlarmBench()
        let before = bench.service()
        before.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        await before.flush()
        let after = bench.service()
        try await after.load()
        after.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        #expect(after.waiting == 0)
        after.report([AlarmBench.poll(bench.ids[0], [], askedAt: later)])
        await after.flush()
        #expect(try await bench.events() == ["raised upsAlarmOnBattery", "cleared upsAlarmOnBattery"])
    }

    @Test func whatAnotherServerRaisedIsFollowedAndEnded() async throws {
        let bench = try await AlarmBench()
        let (one, two) = (bench.service(), bench.service())
        one.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        await one.flush()
        try await two.follow()
        two.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        #expect(two.waiting == 0)
        two.report([AlarmBench.poll(bench.ids[0], [], askedAt: later)])
        await two.flush()
        try await one.follow()
        one.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        await one.flush()
        #expect(try await bench.events().map { String($0.prefix(6)) } == ["raised", "cleare", "raised"])
    }

    @Test func twoServersThatHearTheSameTrapRaiseOneAlarm() async throws {
        let bench = try await AlarmBench()
        let servers = [bench.service(), bench.service()]
        for server in servers { server.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))]) }
        for server in servers { await server.flush() }
        #expect(try await bench.events() == ["raised upsAlarmOnBattery"])
    }

    @Test func ofARetiredCardNothingIsKept() async throws {
        let bench = try await AlarmBench(cards: 2)
        let service = bench.service()
        service.report(bench.ids.map { AlarmBench.report($0, .raised(.onBattery)) })
        await service.flush()
        try await bench.cards.retire(bench.ids[0], now: AlarmBench.start)
        try await service.follow()
        service.report([AlarmBench.report(bench.ids[0], .raised(.lowBattery))])
        #expect(await service.flush())
        #expect(service.waiting == 0)
        #expect(try await bench.open().map(\.card) == [bench.ids[1]])
    }

    @Test func whatTheDatabaseDoesNotTakeIsKeptAndStoredLater() async throws {
        let bench = try await AlarmBench()
        let service = bench.service()
        try await bench.database.write { try $0.execute("ALTER TABLE alarm RENAME TO elsewhere") }
        service.report([AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        #expect(await !service.flush())
        service.report([AlarmBench.report(bench.ids[0], .raised(.lowBattery)), AlarmBench.report(bench.ids[0], .raised(.onBattery))])
        #expect(service.waiting == 2)
        try await bench.database.write { try $0.execute("ALTER TABLE elsewhere RENAME TO alarm") }
        #expect(await service.flush())
        #expect(try await bench.open().map(\.name) == ["upsAlarmOnBattery", "upsAlarmLowBattery"])
    }

    @Test func whatDoesNotFitIsCountedAndAlarmed() async throws {
        let bench = try await AlarmBench(cards: 3)
        let service = bench.service(capacity: 2)
        service.report(bench.ids.map { AlarmBench.report($0, .raised(.onBattery)) })
        #expect(service.lost == 1)
        await service.flush()
        service.report([AlarmBench.report(bench.ids[2], .raised(.onBattery))])
        await service.flush()
        await service.lookAround()
        await service.flush()
        let open = try await bench.open()
        #expect(open.count == 4)
        #expect(open.last?.name == "alarmsLost" && open.last?.card == nil && open.last?.detail?.hasPrefix("1 changes") == true)
    }

    @Test func whatATrapHasRaisedAnOperatorCanEnd() async throws {
        let bench = try await AlarmBench()
        let service = bench.service()
        service.report([AlarmBench.report(bench.ids[0], .raised(.sensorInput1))])
        service.report([AlarmBench.report(bench.ids[0], .raised(.lowBattery), source: .poll)])
        await service.flush()
        try await service.clear(1, AlarmDeed(username: "eva", at: AlarmBench.start))
        #expect(try await bench.open().map(\.name) == ["upsAlarmLowBattery"])
        await #expect(throws: Problem.self) { try await service.clear(2, AlarmDeed(username: "eva", at: AlarmBench.start)) }
        service.report([AlarmBench.report(bench.ids[0], .raised(.sensorInput1))])
        await service.flush()
        #expect(try await bench.open().map(\.name) == ["upsAlarmLowBattery", "upsTrapEmdFirstInputActive"])
    }

    @Test func aSilentCardKeepsItsAlarmsAndItsFirstAnswerEndsTheSilence() async throws {
        let bench = try await AlarmBench()
        let (card, service, at) = (bench.ids[0], bench.service(), AlarmBench.start)
        var monitor = CardMonitor()
        monitor.answered(DeviceState(isCommunicating: true, outputSource: .inverter, alarms: [.lowBattery]), at: at)
        service.report([.answered(card, monitor, at: at, askedAt: later)])
        monitor.silent("no answer")
        for _ in 0..<2 { service.report([.communication(card, monitor, hasAnswered: false, at: at)]) }
        await service.flush()
        #expect(try await bench.open().map(\.name) == ["upsAlarmLowBattery", "cardUnreachable"])
        monitor.fade()
        service.report([.communication(card, monitor, hasAnswered: false, at: at)])
        monitor.answered(DeviceState(isCommunicating: false, alarms: [.communicationLost]), at: at)
        service.report([.communication(card, monitor, hasAnswered: true, at: at), .answered(card, monitor, at: at, askedAt: later)])
        await service.flush()
        #expect(try await bench.open().map(\.name) == ["upsAlarmLowBattery", Alarm.communicationLost.name], "no data is not normal")
    }
}
