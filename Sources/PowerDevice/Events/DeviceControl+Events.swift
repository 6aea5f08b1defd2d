extension DeviceControl {
    /// The texts under which the device's event log tells that the control has been carried out (manual 18.3); none for those that it does
    /// not name, or that show themselves in the device's state.
    ///
    /// - Parameter isScheduled: whether the card's own eco mode schedule has asked for it.
    package func events(isScheduled: Bool) -> [DeviceEvent] {
        let texts: [String] =
            switch self {
            case .transferToInverter: ["Transfer Load to Inverter"]
            case .transferToBypass: ["Transfer Load to Bypass"]
            case .ecoModeOn: (isScheduled ? ["Eco mode schedule sent"] : []) + ["Enable eco mode"]
            case .ecoModeOff: (isScheduled ? ["Eco mode schedule sent"] : []) + ["Disable eco mode"]
            case .standbyOn: ["Enable standby mode"]
            case .standbyOff: ["Disable standby mode"]
            case .acknowledgeAlarms: ["Alarm Acknowledgement"]
            case .scheduleStandby(let schedule): [schedule.kind == .restore ? "UPS shut off sent" : "Standby schedule sent"]
            case .lineInteractiveOn, .lineInteractiveOff, .muteBuzzer, .enableBuzzer, .startBatteryTest, .scheduleBatteryTest, .setPlug,
                .setClock, .transferToPreferredSource, .transferToAlternateSource, .preferSource:
                []
            }
        return texts.map { DeviceEvent(code: nil, severity: .information, text: $0) }
    }
}
