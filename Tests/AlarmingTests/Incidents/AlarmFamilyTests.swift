import PowerDevice
import Testing

@testable import Alarming

struct AlarmFamilyTests {
    @Test(arguments: Alarm.wellKnown + Alarm.stsWellKnown + RFC1628Alarms.all) func knowsEveryAlarm(of alarm: Alarm) {
        #expect(AlarmFamily.knows(alarm.name), "\(alarm.name) has no family: add it to the table, or to those that are alone")
    }

    @Test(arguments: [
        (Alarm.onBattery, "mains"), (.rectifierInputBad, "mains"), (.stsString2Alarm, "mains"), (.lowBattery, "battery"),
        (.imminentStop, "load"), (.temperature, "environment"), (.fanFailure, "upsAlarmFansFailure"),
        (.communicationLost, "upsAlarmCommunicationLost"),
    ])
    func namesTheCause(of alarm: Alarm, _ cause: String) { #expect(AlarmFamily(alarm: alarm.name).cause == cause) }

    @Test func rulesAndTheServersOwnAreByThemselves() {
        #expect(AlarmFamily(alarm: "rule:Battery hot") == .rule("rule:Battery hot"))
        #expect(AlarmFamily(alarm: "trapsLost", isOfServer: true) == .server("trapsLost"))
        #expect(AlarmFamily(alarm: "somethingNew") == .named("somethingNew"))
        #expect(AlarmFamily(alarm: AlarmFamily.silence) == .communication)
    }

    @Test func everyGraveAlarmIsOneThatIsKnown() {
        let known = Set((Alarm.wellKnown + Alarm.stsWellKnown + RFC1628Alarms.all).map(\.name))
        #expect(AlarmFamily.grave.isSubset(of: known))
    }
}
