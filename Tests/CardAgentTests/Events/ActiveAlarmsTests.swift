import PowerDevice
import Testing

@testable import CardAgent

@Suite struct ActiveAlarmsTests {
    private let table = ActiveAlarms()

    private func follow(_ codes: [PointCode], at now: Int64, map: DeviceMap = .vuMap) {
        table.follow(map.events.filter { event in event.code.map { codes.contains($0) } ?? false }, at: now)
    }

    @Test func rowsAreInTheOrderOfTheirComing() {
        follow(["A054"], at: 100)
        follow(["A000", "A054"], at: 160)
        let contents = table.contents
        #expect(contents.rows.map(\.code) == ["A054", "A000"])
        #expect(contents.rows.map(\.since) == [100, 160])
        #expect(contents.rows.map(\.description) == ["FAN Failure", "UPS Imminent Stop"])
        #expect(contents.rows.map(\.level) == [.warning, .critical])
        #expect(contents.last?.code == "A000" && table.count == 2)
    }

    @Test func lastAlarmIsRememberedWhenItIsOver() {
        follow(["A054"], at: 100)
        follow([], at: 120)
        #expect(table.count == 0)
        #expect(table.contents.last?.description == "FAN Failure")
        follow(["A054"], at: 140)
        #expect(table.contents.rows.map(\.since) == [140])
    }

    @Test func statesAreNoAlarms() {
        follow(["S000", "S002", "A015"], at: 1)
        #expect(table.contents.rows.map(\.code) == ["A015"])
    }

    @Test func anotherDeviceHasAnAlarmOfTheSameCode() {
        follow(["STS:0x0148.3"], at: 1, map: .sts)
        follow(["A00"], at: 2, map: .jbusp)
        #expect(table.contents.rows.map(\.description) == ["General Alarm"])
    }

    @Test func cardThatStartsKnowsNothing() {
        follow(["A015"], at: 1)
        table.reset()
        #expect(table.contents == ActiveAlarms.Contents())
    }
}
