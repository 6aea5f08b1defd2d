import Modbus
import NetVision
import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

/// What a running card writes into its event logs.
@Suite struct CardJournalTests {
    private func lines(_ card: Card, _ log: LogKind) async throws -> [String] {
        try await card.logs.events(log, LogQuery(count: 200)).records.sorted { $0.sequence < $1.sequence }
            .map { "\($0.severity) \($0.text)" }
    }

    private func eventually(_ card: Card, _ log: LogKind, has line: String) async throws -> Bool {
        try await CardAgentTests.eventually { try await lines(card, log).contains(line) }
    }

    @Test func startAndRestartAreTold() async throws {
        try await withCard(.vuMap()) { card async throws in
            let card = card.card
            #expect(try await eventually(card, .deviceEvents, has: "information Load protected by Inverter"))
            #expect(try await lines(card, .cardEvents) == ["information Cold boot", "information Network link up"])
            card.restart()
            #expect(try await eventually(card, .cardEvents, has: "information Warm boot"))
            #expect(
                try await lines(card, .cardEvents) == [
                    "information Cold boot", "information Network link up", "information NET VISION UPS Agent Restart",
                    "information Warm boot",
                ])
            // What is found at a start is told, whether or not it was told before it.
            #expect(
                try await CardAgentTests.eventually {
                    try await lines(card, .deviceEvents).filter { $0 == "information Load protected by Inverter" }.count == 2
                })
        }
    }

    @Test func anAlarmIsInTheLogAndInTheTable() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            let card = card.card
            device.set("A059", 1)
            #expect(try await eventually(card, .deviceEvents, has: "critical UPS Power Off"))
            let row = try #require(card.alarms.contents.rows.first)
            #expect(row.code == "A059" && row.level == .critical && row.description == "UPS Power Off")
            #expect(abs(row.since - card.clock.now) <= 20)
            device.set("A059", 0)
            #expect(try await eventually(card, .deviceEvents, has: "information UPS Power Off has been removed"))
            #expect(card.alarms.count == 0 && card.alarms.contents.last == row)
        }
    }

    @Test func aLostUPSIsToldInBothLogsAndItsAlarmsStand() async throws {
        let device = RecordingDevice.vuMap()
        device.set("A054", 1)
        try await withCard(device) { card async throws in
            let card = card.card
            #expect(try await eventually(card, .deviceEvents, has: "warning FAN Failure"))
            device.behave(.silent)
            #expect(try await eventually(card, .cardEvents, has: "critical UPS communication lost"))
            #expect(try await eventually(card, .deviceEvents, has: "critical UPS not connected"))
            #expect(card.alarms.contents.rows.map(\.code) == ["A054"])
            device.behave(.obeys)
            #expect(try await eventually(card, .cardEvents, has: "information UPS communication restored"))
            #expect(try await eventually(card, .deviceEvents, has: "information UPS connected"))
            #expect(try await lines(card, .deviceEvents).filter { $0.hasSuffix("FAN Failure") }.count == 1)
        }
    }

    @Test func aControlIsToldOnceItIsDone() async throws {
        let device = RecordingDevice.vuMap()
        try await withCard(device) { card async throws in
            let card = card.card
            #expect(try await eventually(card, .deviceEvents, has: "information Load protected by Inverter"))
            try await card.controls.controller.perform(.acknowledgeAlarms, by: .user("admin"))
            try await card.controls.controller.perform(.ecoModeOn, by: .schedule)
            #expect(try await eventually(card, .deviceEvents, has: "information Enable eco mode"))
            let told = try await lines(card, .deviceEvents)
            #expect(told.contains("information Alarm Acknowledgement"))
            #expect(told.contains("information Eco mode schedule sent"))
            #expect(try await eventually(card, .cardEvents, has: "information UPS control done via login by admin: acknowledge alarms"))
        }
    }

    @Test func theSensorIsToldOf() async throws {
        let sensor = EnvironmentSimulator()
        try sensor.apply(temperature: 22, humidity: 35, inputs: [false, false], isPresent: true)
        try await withCard(.vuMap(), sensor: CardSensor(.direct(sensor))) { card async throws in
            let card = card.card
            #expect(try await CardAgentTests.eventually { card.sensor?.record.contents.isPresent == true })
            try sensor.apply(temperature: 55, inputs: [false, true])
            #expect(try await eventually(card, .cardEvents, has: "warning EMD Temperature over high Set point"))
            #expect(try await eventually(card, .cardEvents, has: "critical EMD Alarm-2 activated"))
            try sensor.apply(temperature: 22, inputs: [false, false])
            #expect(try await eventually(card, .cardEvents, has: "information EMD Temperature not over high Set point"))
            #expect(try await eventually(card, .cardEvents, has: "information EMD Alarm-2 not active"))
        }
    }

    @Test func aClockThatIsSetIsToldOf() async throws {
        try await withCard(.vuMap()) { card async throws in
            let card = card.card
            try card.clock.set(utc: 1_795_406_400, by: ChangeOrigin(.console, by: "admin"))
            #expect(try await eventually(card, .cardEvents, has: "information \(card.address) Time changed by user"))
            #expect(abs(card.clock.now - 1_795_406_400) < 60)
        }
    }

    @Test func aLogThatIsClearedSaysSo() async throws {
        try await withCard(.vuMap()) { card async throws in
            let card = card.card
            #expect(try await eventually(card, .deviceEvents, has: "information Load protected by Inverter"))
            card.logs.clear(.deviceEvents, by: ChangeOrigin(.snmp, by: "127.0.0.1"))
            card.logs.clear(.cardEvents, by: ChangeOrigin(.snmp, by: "127.0.0.1"))
            #expect(try await lines(card, .deviceEvents).isEmpty)
            #expect(try await lines(card, .cardEvents) == ["information NET VISION UPS Agent event log cleared"])
        }
    }
}
