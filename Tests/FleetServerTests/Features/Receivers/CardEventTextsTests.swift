import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardEventTextsTests {
    @Test(arguments: [
        ("Operating on Battery", Alarm.onBattery), ("[WARNING] Overload Alarm", .overload), ("UPS: load OFF", .outputOff),
        ("Rack 3: UPS Imminent Stop!", .imminentStop), ("End of Backup Time / Battery Low", .lowBattery),
        ("23/11/2026 21:35:00 Warning Bypass Input Supply not OK.", .bypassInputBad), ("UPS communication lost", .communicationLost),
        ("UPS not connected", .communicationLost), ("EMD Temperature over high Set point", .sensorTemperatureHigh),
        ("EMD Alarm-2 activated", .sensorInput2), ("General Alarm started", .generalAlarm), ("Load on bypass", .onBypass),
        ("Battery Test failed", .batteryTestFailed),
    ]) func linesRaiseAlarms(_ line: String, alarm: Alarm) {
        #expect(CardEventTexts.claim(in: line) == .raised(alarm))
    }

    @Test(arguments: [
        ("Operating on Battery has been removed", Alarm.onBattery), ("[INFO] Overload Alarm ended", .overload),
        ("UPS communication restored", .communicationLost), ("UPS connected", .communicationLost),
        ("EMD Temperature not over high Set point", .sensorTemperatureHigh), ("EMD Alarm-1 not active", .sensorInput1),
    ]) func linesClearAlarms(_ line: String, alarm: Alarm) {
        #expect(CardEventTexts.claim(in: line) == .cleared(alarm.name))
    }

    @Test(arguments: [
        "", " ", "Cold boot", "Mail sent", "Normal mode", "no Overload Alarm", "Overload Alarm was tested by admin", "Power Plugs 1 ON",
        "a b c d e f g h i j k l m n Overload Alarm", "Load protected by Inverter has been removed",
    ]) func otherLinesSayNothing(_ line: String) {
        #expect(CardEventTexts.claim(in: line) == nil)
    }

    /// What a card calls an alarm of its table is an alarm here, on every kind of device.
    @Test(arguments: DeviceMap.all.map(\.name)) func everyWellKnownAlarmOfOneBitHasALine(_ map: String) throws {
        let map = try #require(DeviceMap.named(map))
        let known = Set(CardEventTexts.meanings.values.map(\.alarm.name))
        for row in map.wellKnownAlarms {
            guard case .code(let code)? = row.expression, map.events.contains(where: { $0.condition == .code(code) }) else { continue }
            #expect(known.contains(row.alarm.name))
        }
    }
}
