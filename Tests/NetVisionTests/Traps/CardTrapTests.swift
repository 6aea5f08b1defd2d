import PowerDevice
import SNMP
import Testing

@testable import NetVision

struct CardTrapTests {
    private static let old: OID = "1.3.6.1.4.1.4555.1.1.1"
    private static let new: OID = "1.3.6.1.4.1.4555.1.1.7"

    @Test(arguments: TrapFamily.allCases) func theNumbersHaveNoGap(_ family: TrapFamily) {
        let first: Int32 = family == .generic ? 0 : 1
        #expect(family.traps.map(\.number) == Array(first..<first + Int32(family.traps.count)))
        #expect(Set(family.traps.map(\.name)).count == family.traps.count)
        #expect(family.trap(first - 1) == nil)
        #expect(family.trap(first + Int32(family.traps.count)) == nil)
        #expect(family.trap(.min) == nil && family.trap(.max) == nil)
    }

    @Test func theTablesAreAsLongAsTheMIBs() {
        #expect(TrapFamily.allCases.map(\.traps.count) == [27, 42, 23, 10, 4, 6])
    }

    @Test(arguments: TrapFamily.allCases) func whatIsClearedIsRaisedByAnotherTrap(_ family: TrapFamily) {
        let raised = Set(family.traps.flatMap(\.raises))
        // A bad input raises no trap of its own, only an entry of the alarm table.
        for trap in family.traps {
            #expect(trap.clears.allSatisfy { raised.contains($0) || $0 == .rectifierInputBad }, "\(trap.name)")
            #expect(trap.clears.isEmpty || trap.severity == .information, "\(trap.name)")
        }
    }

    @Test func theSameNumberMeansSomethingElseInAnotherFamily() {
        #expect(CardTrap(SNMPNotification(Self.old.appending(2, 0, 15)))?.name == "upsTrapRedoundancyLost")
        #expect(CardTrap(SNMPNotification(Self.new.appending(2, 0, 15)))?.name == "upsTrapOnBatteryPower")
        #expect(CardTrap(SNMPNotification("1.3.6.1.4.1.4555.1.1.10.2.0.15"))?.name == "stsTrapEmdHumidityHigh")
        #expect(CardTrap(SNMPNotification("1.3.6.1.2.1.33.2.15")) == nil)
        #expect(CardTrap(SNMPNotification("1.3.6.1.4.1.318.0.15")) == nil)
    }

    @Test(arguments: TrapFamily.allCases) func everyTrapIsKnownInAllItsForms(_ family: TrapFamily) throws {
        for trap in family.traps where trap.variables == .none || trap.variables == .text {
            let sent = try #require(family.notification(trap.number, uptime: 5, sender: Self.new))
            let first = try #require(CardTrap(sent))
            #expect(first.family == family)
            #expect(first.definition == trap)
            let version1 = try #require(sent.trapV1(from: .init(10, 0, 0, 5)))
            #expect(version1.specificTrap == (family == .generic ? 0 : trap.number))
            #expect(version1.genericTrap == (family == .generic ? trap.number : 6))
            #expect(version1.enterprise == (family == .generic ? Self.new : family.enterprise))
            #expect(try #require(SNMPNotification(version1).flatMap(CardTrap.init)).definition == trap)
            #expect(family == .generic || SNMPNotification(family.enterprise.appending(UInt32(trap.number))).cardTrap?.definition == trap)
        }
    }

    @Test func anEntryOfTheAlarmTableNamesItsAlarm() throws {
        let added = try #require(TrapFamily.netVision7.notification(3, .alarm(id: 12, number: 2), uptime: 0))
        #expect(
            added.bindings == [
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.2.1.1.12", .integer(12)),
                VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.2.1.2.12", .objectIdentifier("1.3.6.1.4.1.4555.1.1.7.1.6.3.2")),
            ])
        let trap = try #require(CardTrap(added))
        #expect(trap.alarmID == 12)
        #expect(trap.alarm?.number == 2)
        #expect(trap.raises == [.overload])
        #expect(trap.clears.isEmpty)
        let removed = try #require(TrapFamily.netVision7.notification(4, .alarm(id: 12, number: 2), uptime: 0).flatMap(CardTrap.init))
        #expect(removed.raises.isEmpty)
        #expect(removed.clears == [.overload])
    }

    @Test func theNumbersOfAlarmsAreThoseOfTheFamilysMIB() throws {
        let old = try #require(TrapFamily.netVision5.notification(3, .alarm(id: 1, number: 2), uptime: 0).flatMap(CardTrap.init))
        #expect(old.alarm?.alarm == .onBattery)
        let standard = try #require(TrapFamily.rfc1628.notification(3, .alarm(id: 1, number: 8), uptime: 0).flatMap(CardTrap.init))
        #expect(standard.alarm?.alarm == .overload)
        #expect(standard.alarm?.module == MIBModule.rfc1628.root)
    }

    @Test(
        arguments: [
            ("1.3.6.1.4.1.4555.1.1.7.1.6.3.62", 62), ("1.3.6.1.4.1.4555.1.1.7.1.6.3.2.0", 2), ("1.3.6.1.2.1.33.1.6.3.24", 24),
            ("1.3.6.1.4.1.4555.1.1.1.1.6.3.82", 82), ("1.3.6.1.4.1.4555.1.1.7.1.6.3.0", nil), ("1.3.6.1.4.1.4555.1.1.7.1.6.3.63", nil),
            ("1.3.6.1.4.1.4555.1.1.7.1.6.3", nil), ("1.3.6.1.4.1.4555.1.1.7.1.6.3.2.1", nil), ("1.3.6.1.2.1.33.1.6.3.4294967295", nil),
            ("0.0", nil),
        ] as [(OID, Int?)])
    func readsTheDescriptionOfAnAlarm(_ description: OID, _ number: Int?) {
        #expect(AlarmReference(description)?.number == number)
    }

    @Test func theTrapOnBatteryTellsTheTimes() throws {
        let content = TrapFamily.Content.battery(minutesRemaining: 12, secondsOnBattery: 60, lowBatteryTime: 2)
        let trap = try #require(TrapFamily.netVision7.notification(1, content, uptime: 0).flatMap(CardTrap.init))
        #expect(trap.minutesRemaining == 12)
        #expect(trap.secondsOnBattery == 60)
        #expect(trap.raises == [.onBattery])
        #expect(TrapFamily.netVision7.notification(1, content, uptime: 0)?.bindings.count == 2)
        let standard = try #require(TrapFamily.rfc1628.notification(1, content, uptime: 0))
        #expect(standard.trapOID == "1.3.6.1.2.1.33.2.1")
        #expect(standard.bindings.last == VariableBinding("1.3.6.1.2.1.33.1.9.7.0", .integer(2)))
        let unknown = TrapFamily.Content.battery(minutesRemaining: 65535, secondsOnBattery: -1)
        let silent = try #require(TrapFamily.netVision7.notification(1, unknown, uptime: 0).flatMap(CardTrap.init))
        #expect(silent.minutesRemaining == nil && silent.secondsOnBattery == nil)
    }

    @Test func olderFamiliesCarryAText() throws {
        let sent = try #require(TrapFamily.netVision5.notification(8, .text("Rack 7"), uptime: 0))
        #expect(sent.bindings == [VariableBinding("1.3.6.1.4.1.4555.1.1.1.1.10.50.0", .text("Rack 7"))])
        #expect(CardTrap(sent)?.text == "Rack 7")
        #expect(TrapFamily.sts.notification(1, uptime: 0)?.bindings.first?.name == "1.3.6.1.4.1.4555.1.1.10.1.7.1.0")
        #expect(TrapFamily.netVision7.notification(15, uptime: 0)?.bindings == [])
    }

    @Test func refusesContentsThatAreNotTheTraps() {
        #expect(TrapFamily.netVision7.notification(43, uptime: 0) == nil)
        #expect(TrapFamily.netVision7.notification(5, .text("x"), uptime: 0) == nil)
        #expect(TrapFamily.netVision7.notification(3, uptime: 0) == nil)
        #expect(TrapFamily.netVision7.notification(3, .alarm(id: 1, number: 63), uptime: 0) == nil)
        #expect(TrapFamily.netVision7.notification(3, .alarm(id: 0, number: 1), uptime: 0) == nil)
        #expect(TrapFamily.netVision7.notification(5, .battery(minutesRemaining: 1, secondsOnBattery: 1), uptime: 0) == nil)
    }

    @Test func aStrangersGenericTrapIsKnownToo() throws {
        let trap = try #require(CardTrap(SNMPNotification("1.3.6.1.6.3.1.1.5.1", trapEnterprise: "1.3.6.1.4.1.9")))
        #expect(trap.family == .generic)
        #expect(trap.name == "coldStart")
    }
}

extension SNMPNotification {
    fileprivate var cardTrap: CardTrap? { CardTrap(self) }
}
