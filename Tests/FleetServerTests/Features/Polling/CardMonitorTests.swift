import FoundationEssentials
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct CardMonitorTests {
    private let date = Date(timeIntervalSince1970: 1_000_000)

    private func state(_ source: OutputSource?, _ readings: [Variable: Double] = [:], alarms: Set<Alarm> = []) -> DeviceState {
        DeviceState(isCommunicating: true, outputSource: source, batteryStatus: .normal, alarms: alarms, readings: readings)
    }

    @Test func beginsAsUnknown() {
        #expect(CardMonitor().status.status == .unknown)
    }

    @Test func anAnswerGivesStatusAndValues() {
        var monitor = CardMonitor()
        monitor.answered(state(.inverter, [.load: 40]), at: date)
        #expect(monitor.status.status == .normal)
        #expect(monitor.status.readings == [.load: 40])
        #expect(monitor.status.lastSeen == date)
        #expect(monitor.status.problem == nil)
    }

    @Test func aStatusReadKeepsTheOtherValues() {
        var monitor = CardMonitor()
        monitor.answered(state(.inverter, [.load: 40, .batteryVoltage: 240, .batteryRuntime: 600]), at: date)
        monitor.answered(state(.inverter, [.load: 50]), scope: .status, at: date)
        #expect(monitor.status.readings == [.load: 50, .batteryVoltage: 240])
    }

    @Test func theTimeOfTheValuesIsThatOfTheOldest() {
        var monitor = CardMonitor()
        let later = date.addingTimeInterval(10)
        monitor.answered(state(.inverter, [.load: 40, .batteryVoltage: 240]), at: date)
        monitor.answered(state(.inverter, [.load: 50]), scope: .status, at: later)
        #expect(monitor.status.readingsAt == date && monitor.status.lastSeen == later)
        monitor.answered(state(.inverter, [.load: 50, .batteryVoltage: 241]), at: later)
        #expect(monitor.status.readingsAt == later)
    }

    @Test func silenceIsUnreachableAndKeepsTheLastTime() {
        var monitor = CardMonitor()
        monitor.answered(state(.inverter, [.load: 40]), at: date)
        monitor.silent("No answer.")
        #expect(monitor.status.status == .unreachable)
        #expect(monitor.status.lastSeen == date)
        #expect(monitor.failures == 1)
        monitor.answered(state(.eco), at: date)
        #expect(monitor.status.status == .eco)
        #expect(monitor.failures == 0)
    }

    @Test func withoutItsUPSTheCardShowsNoValues() {
        var monitor = CardMonitor()
        monitor.answered(state(.inverter, [.load: 40]), at: date)
        var lost = state(.unknown, [.load: 40], alarms: [.communicationLost])
        lost.isCommunicating = false
        monitor.answered(lost, at: date)
        #expect(monitor.status.status == .unknown)
        #expect(monitor.status.readings.isEmpty)
        #expect(monitor.status.problem == "The card has lost its UPS.")
    }

    @Test func aWarningChangesNoStatusAndStays() {
        var monitor = CardMonitor()
        monitor.warn(["Shares its engine id."])
        monitor.answered(state(.inverter), at: date)
        #expect(monitor.status.status == .normal)
        #expect(monitor.status.problem == nil)
        #expect(monitor.status.warnings == ["Shares its engine id."])
        let before = monitor.status
        monitor.warn([])
        #expect(before.looksDifferent(from: monitor.status))
    }

    @Test func aSilentSourceIsNeverNormal() {
        var monitor = CardMonitor()
        monitor.answered(state(nil, [.load: 1]), at: date)
        #expect(monitor.status.status == .unknown)
    }

    @Test func countsAlarms() {
        var monitor = CardMonitor()
        monitor.answered(state(.inverter, alarms: [.fanFailure, .generalAlarm]), at: date)
        #expect(monitor.status.alarmCount == 2)
        #expect(monitor.status.status == .warning)
        #expect(monitor.alarms == [.fanFailure, .generalAlarm])
    }
}
