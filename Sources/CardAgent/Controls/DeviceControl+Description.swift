import PowerDevice

/// The name under which a control is logged.
extension DeviceControl {
    var summary: String {
        switch self {
        case .transferToInverter: "transfer to inverter"
        case .transferToBypass: "transfer to bypass"
        case .lineInteractiveOn: "line-interactive mode on"
        case .lineInteractiveOff: "line-interactive mode off"
        case .ecoModeOn: "eco mode on"
        case .ecoModeOff: "eco mode off"
        case .standbyOn: "standby on"
        case .standbyOff: "standby off"
        case .acknowledgeAlarms: "acknowledge alarms"
        case .muteBuzzer: "mute buzzer"
        case .enableBuzzer: "enable buzzer"
        case .startBatteryTest: "battery test"
        case .scheduleBatteryTest(let schedule):
            schedule.weeks == 0
                ? "no scheduled battery test"
                : "battery test every \(schedule.weeks) weeks on weekday \(schedule.weekday) at \(schedule.hour) h"
        case .scheduleStandby(let schedule):
            schedule.kind == .none
                ? "no scheduled standby" : "standby (\(schedule.kind)) in \(schedule.delay) s for \(schedule.standby) min"
        case .setPlug(let plug, let isClosed): "plug \(plug) \(isClosed ? "closed" : "open")"
        case .setClock(let clock): "clock \(clock.text)"
        case .transferToPreferredSource: "transfer to preferred source"
        case .transferToAlternateSource: "transfer to alternate source"
        case .preferSource(let source): "prefer source \(source)"
        }
    }
}
