import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct TrapEventTests {
    private let objects: [OID: SNMPValue] = [
        "1.3.6.1.4.1.4555.1.1.7.1.2.3.0": .integer(12), "1.3.6.1.4.1.4555.1.1.7.1.2.2.0": .integer(70),
        "1.3.6.1.2.1.33.1.2.3.0": .integer(12), "1.3.6.1.2.1.33.1.2.2.0": .integer(70), "1.3.6.1.2.1.33.1.9.7.0": .integer(2),
    ]
    private var row: AlarmTable.Row {
        var table = AlarmTable(lastID: 6)
        _ = table.update(active: [14], uptime: 0)
        return table.rows[0]
    }

    private func notification(_ trap: TrapEvent) throws -> SNMPNotification {
        try #require(trap.notification(uptime: 4711) { objects[$0] })
    }

    @Test func theNumbersAreThoseOfTheMIB() {
        let names = [
            UPSTrap.onBattery: "upsTrapOnBattery", UPSTrap.alarmEntryAdded: "upsTrapAlarmEntryAdded",
            UPSTrap.alarmEntryRemoved: "upsTrapAlarmEntryRemoved", UPSTrap.communicationLost: "upsTrapCommunicationLost",
            UPSTrap.communicationEstablished: "upsTrapComEstablished", UPSTrap.agentRestarting: "upsTrapAgentRestarting",
            UPSTrap.test: "upsTrapTest",
        ]
        for (number, name) in names { #expect(TrapFamily.netVision7.trap(number)?.name == name) }
        #expect(TrapFamily.netVision7.traps.map(\.number) == Array(UPSTrap.numbers))
    }

    @Test func aPrivateTrapHasTheZeroOfATranslatedV1Trap() throws {
        let sent = try notification(TrapEvent(15))
        #expect(sent == SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.15", uptime: 4711))
        #expect(TrapEvent(15).severity == .warning)
    }

    @Test func trapOneTellsTheTimes() throws {
        let sent = try notification(TrapEvent(1))
        #expect(sent.trapOID == "1.3.6.1.4.1.4555.1.1.7.2.0.1")
        #expect(
            sent.bindings == [
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.2.3.0", .integer(12)),
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.2.2.0", .integer(70)),
            ])
        let standard = try notification(TrapEvent(1, family: .rfc1628))
        #expect(standard.trapOID == "1.3.6.1.2.1.33.2.1")
        #expect(
            standard.bindings == [
                VariableBinding("1.3.6.1.2.1.33.1.2.3.0", .integer(12)), VariableBinding("1.3.6.1.2.1.33.1.2.2.0", .integer(70)),
                VariableBinding("1.3.6.1.2.1.33.1.9.7.0", .integer(2)),
            ])
    }

    @Test func trapsThreeAndFourNameTheRow() throws {
        #expect(
            try notification(TrapEvent(3, alarm: row)).bindings == [
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.2.1.1.7", .integer(7)),
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.2.1.2.7", .objectIdentifier("1.3.6.1.4.1.4555.1.1.7.1.6.3.14")),
            ])
        let removed = try notification(TrapEvent(4, alarm: row, family: .rfc1628))
        #expect(removed.trapOID == "1.3.6.1.2.1.33.2.4")
        #expect(
            removed.bindings == [
                VariableBinding("1.3.6.1.2.1.33.1.6.2.1.1.7", .integer(7)),
                VariableBinding("1.3.6.1.2.1.33.1.6.2.1.2.7", .objectIdentifier("1.3.6.1.2.1.33.1.6.3.14")),
            ])
    }
}
