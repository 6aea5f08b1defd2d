import PowerDevice
import Testing

@testable import Alarming

/// Transcripts: what is said at which second, and what becomes of it.
struct AlarmTableTests {
    private static let onBattery = Alarm("upsAlarmOnBattery", "Operating on battery", .warning)
    private static let lowBattery = Alarm("upsAlarmLowBattery", "Battery low", .critical)
    private static let sensor = Alarm("upsTrapEmdTempHigh", "Sensor box: temperature too high", .critical)
    private static let unreachable = Alarm("cardUnreachable", "The card does not answer", .critical)

    private static func raised(_ alarm: Alarm = onBattery) -> [AlarmClaim] { [.raised(alarm, detail: nil)] }
    private static func cleared(_ alarm: Alarm = onBattery) -> [AlarmClaim] { [.cleared(alarm.name)] }

    /// A table whose steps are words: `raised upsAlarmOnBattery`.
    private struct Transcript {
        var table = AlarmTable()

        mutating func say(_ claims: [AlarmClaim], _ source: AlarmSource = .trap, asked: Double? = nil, at now: Double) -> [String] {
            table.take(claims, from: source, asked: asked ?? now, at: now, unseen: [AlarmTableTests.sensor.name]).map(Self.word)
        }

        mutating func poll(_ alarms: Set<Alarm>, asked: Double, at now: Double? = nil) -> [String] {
            say([.all(alarms)], .poll, asked: asked, at: now ?? asked + 0.1)
        }

        mutating func pass(_ now: Double) -> [String] { table.pass(now).map(Self.word) }

        static func word(_ step: AlarmStep) -> String { "\(step.change) \(step.alarm)" }
    }

    // MARK: - Trap and poll

    @Test func aTrapAndThePollAfterItAreOneAlarm() {
        var card = Transcript()
        #expect(card.say(Self.raised(), at: 10) == ["raised upsAlarmOnBattery"])
        #expect(card.poll([Self.onBattery], asked: 10.1) == [])
        #expect(card.say(Self.raised(), at: 70) == [], "the trap of each minute is no news")
        #expect(card.say(Self.cleared(), at: 90) == ["cleared upsAlarmOnBattery"])
        #expect(card.poll([], asked: 90.1) == [])
        #expect(card.table.open.isEmpty)
    }

    @Test func aPollAndTheTrapAfterItAreOneAlarm() {
        var card = Transcript()
        #expect(card.poll([Self.onBattery], asked: 10) == ["raised upsAlarmOnBattery"])
        #expect(card.say(Self.raised(), at: 10.5) == [])
        #expect(card.poll([], asked: 20) == ["cleared upsAlarmOnBattery"])
        #expect(card.say(Self.cleared(), at: 20.5) == [])
    }

    @Test func aPollThatBeganBeforeTheTrapDoesNotEndWhatItTold() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 10)
        #expect(card.poll([], asked: 9.9, at: 10.2) == [])
        #expect(card.poll([], asked: 10 + AlarmTable.lag / 2) == [], "the card's objects may lag behind its traps")
        #expect(card.table.open.count == 1)
    }

    @Test func aLostClearTrapIsHealedByThePoll() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 10)
        #expect(card.poll([], asked: 20) == ["cleared upsAlarmOnBattery"])
    }

    @Test func aPollThatBeganBeforeTheClearTrapDoesNotRaiseAgain() {
        var card = Transcript()
        _ = card.poll([Self.onBattery], asked: 10)
        #expect(card.say(Self.cleared(), at: 20) == ["cleared upsAlarmOnBattery"])
        #expect(card.poll([Self.onBattery], asked: 19.9, at: 20.3) == [])
        #expect(card.poll([Self.onBattery], asked: 20 + AlarmTable.lag / 2) == [])
        #expect(card.poll([Self.onBattery], asked: 30) == ["raised upsAlarmOnBattery"], "it is there all the same")
    }

    @Test func aClearTrapWhoseRaiseWasLostHoldsThePollUnderWay() {
        var card = Transcript()
        #expect(card.say(Self.cleared(), at: 20) == [])
        #expect(card.poll([Self.onBattery], asked: 19.9, at: 20.3) == [])
    }

    @Test func aRepeatedTrapIsLaterThanThePollUnderWay() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 10)
        _ = card.say(Self.raised(), at: 70)
        #expect(card.poll([], asked: 69.9, at: 70.2) == [])
    }

    @Test func aTrapThatComesAgainAfterItsClearIsANewAlarm() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 10)
        _ = card.say(Self.cleared(), at: 11)
        #expect(card.say(Self.raised(), at: 12) == ["raised upsAlarmOnBattery"])
    }

    // MARK: - Who may end what

    @Test func whatPollsCannotSeeEndsByItsOwnTrapOnly() {
        var card = Transcript()
        _ = card.say(Self.raised(Self.sensor), at: 10)
        #expect(card.poll([], asked: 1000) == [])
        #expect(card.say(Self.cleared(Self.sensor), at: 2000) == ["cleared upsTrapEmdTempHigh"])
    }

    @Test func whatAPollHasListedItCanEnd() {
        var card = Transcript()
        _ = card.poll([Self.sensor], asked: 10)
        #expect(card.poll([], asked: 20) == ["cleared upsTrapEmdTempHigh"])
    }

    @Test(arguments: [AlarmSource.communication, .rule, .server]) func alarmsOfOthersEndByTheirOwnSourceOnly(_ source: AlarmSource) {
        var card = Transcript()
        #expect(card.say(Self.raised(Self.unreachable), source, at: 10) == ["raised cardUnreachable"])
        #expect(card.poll([], asked: 20) == [])
        #expect(card.say(Self.cleared(Self.unreachable), .trap, at: 21) == [])
        #expect(card.say(Self.raised(Self.unreachable), .trap, at: 22) == [])
        #expect(card.say(Self.cleared(Self.unreachable), source, at: 30) == ["cleared cardUnreachable"])
    }

    @Test func allOfARuleEndsTheRulesAlarmsAndNoOthers() {
        var card = Transcript()
        _ = card.poll([Self.onBattery], asked: 1)
        _ = card.say(Self.raised(Self.lowBattery), .rule, at: 2)
        #expect(card.say([.all([])], .rule, at: 3) == ["cleared upsAlarmLowBattery"])
        #expect(card.table.open.keys.sorted() == ["upsAlarmOnBattery"])
    }

    @Test func aPollNamesEachChangeOnce() {
        var card = Transcript()
        #expect(card.poll([Self.onBattery, Self.lowBattery], asked: 1) == ["raised upsAlarmLowBattery", "raised upsAlarmOnBattery"])
        #expect(card.poll([Self.lowBattery], asked: 2) == ["cleared upsAlarmOnBattery"])
        #expect(card.poll([Self.lowBattery], asked: 3) == [])
    }

    // MARK: - Severity

    @Test func anotherGradeIsAChangeOfSeverity() {
        let worse = Alarm(Self.onBattery.name, "Operating on battery", .critical)
        var card = Transcript()
        _ = card.poll([Self.onBattery], asked: 1)
        #expect(card.poll([worse], asked: 2) == ["severity upsAlarmOnBattery"])
        #expect(card.poll([worse], asked: 3) == [])
    }

    @Test func trapsAndPollsThatGradeOtherwiseDoNotQuarrel() {
        let worse = Alarm(Self.onBattery.name, "Operating on battery", .critical)
        var card = Transcript()
        _ = card.say(Self.raised(), at: 1)
        #expect(card.say(Self.raised(worse), at: 2) == ["severity upsAlarmOnBattery"])
        #expect(card.say(Self.raised(), at: 3) == [])
        #expect(card.poll([Self.onBattery], asked: 10) == ["severity upsAlarmOnBattery"], "what is polled counts")
        #expect(card.say(Self.raised(worse), at: 11) == [])
    }

    // MARK: - Flapping

    /// Five raises and four clears in 80 seconds.
    private func flapping() -> Transcript {
        var card = Transcript()
        for number in 0..<4 {
            _ = card.say(Self.raised(), at: Double(number * 20))
            _ = card.say(Self.cleared(), at: Double(number * 20 + 10))
        }
        #expect(card.say(Self.raised(), at: 80) == ["raised upsAlarmOnBattery", "flapping upsAlarmOnBattery"])
        return card
    }

    @Test func whatComesAndGoesIsOneOpenAlarm() {
        var card = flapping()
        #expect(card.say(Self.cleared(), at: 90) == [])
        #expect(card.table.open.count == 1)
        #expect(card.say(Self.raised(), at: 100) == ["counted upsAlarmOnBattery"])
        #expect(card.table.open.values.first?.occurrences == 6)
    }

    @Test func afterTenQuietMinutesItIsOverIfItIsNotThere() {
        var card = flapping()
        _ = card.say(Self.cleared(), at: 90)
        #expect(card.pass(689) == [])
        #expect(card.pass(690) == ["settled upsAlarmOnBattery", "cleared upsAlarmOnBattery"])
        #expect(card.say(Self.raised(), at: 700) == ["raised upsAlarmOnBattery"])
    }

    @Test func afterTenQuietMinutesItStaysIfItIsThere() {
        var card = flapping()
        #expect(card.poll([Self.onBattery], asked: 300) == [])
        #expect(card.pass(680) == ["settled upsAlarmOnBattery"])
        #expect(card.say(Self.cleared(), at: 700) == ["cleared upsAlarmOnBattery"])
    }

    @Test func fourRaisesWithinTheWindowAreNotFlapping() {
        var card = Transcript()
        for number in 0..<12 {
            #expect(card.say(Self.raised(), at: Double(number) * 160) == ["raised upsAlarmOnBattery"])
            #expect(card.say(Self.cleared(), at: Double(number) * 160 + 5) == ["cleared upsAlarmOnBattery"])
        }
    }

    // MARK: - Bounds and records

    @Test func aTableIsBoundedWhateverIsSaid() {
        var card = Transcript()
        for number in 0..<1000 {
            _ = card.say([.raised(Alarm("a\(number)", "", .warning), detail: nil)], at: Double(number))
            _ = card.say([.cleared("b\(number)")], at: Double(number))
        }
        #expect(card.table.open.count == AlarmTable.maximumOpen)
        #expect(card.table.refused == 1000 - AlarmTable.maximumOpen)
    }

    @Test func whatIsPastIsForgotten() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 1)
        _ = card.say(Self.cleared(), at: 2)
        #expect(!card.table.isEmpty)
        _ = card.pass(700)
        #expect(card.table.isEmpty)
    }

    @Test func whatIsOpenByTheRecordsIsNoNews() {
        var card = Transcript()
        card.table.adopt(Self.onBattery, from: .trap, isFlapping: false, occurrences: 1, at: 10)
        #expect(card.poll([Self.onBattery], asked: 11) == [])
        #expect(card.poll([], asked: 20) == ["cleared upsAlarmOnBattery"])
    }

    @Test func whatAnOperatorHasEndedAPollUnderWayDoesNotRaise() {
        var card = Transcript()
        _ = card.say(Self.raised(), at: 1)
        card.table.drop(Self.onBattery.name, at: 10)
        #expect(card.poll([Self.onBattery], asked: 9.5, at: 10.5) == [])
        #expect(card.poll([Self.onBattery], asked: 11) == ["raised upsAlarmOnBattery"])
    }
}
