extension DeviceControl.Kind {
    /// What an operator reads.
    package var title: String {
        switch self {
        case .transferToInverter: "Transfer load to inverter"
        case .transferToBypass: "Transfer load to bypass"
        case .lineInteractiveOn: "Enable line-interactive mode"
        case .lineInteractiveOff: "Disable line-interactive mode"
        case .ecoModeOn: "Enable eco mode"
        case .ecoModeOff: "Disable eco mode"
        case .standbyOn: "Enable standby mode"
        case .standbyOff: "Disable standby mode"
        case .acknowledgeAlarms: "Acknowledge alarms"
        case .muteBuzzer: "Mute buzzer"
        case .enableBuzzer: "Enable buzzer"
        case .startBatteryTest: "Start battery test"
        case .scheduleBatteryTest: "Battery test schedule"
        case .scheduleStandby: "UPS shut-off"
        case .closePlug1: "Close plug 1"
        case .openPlug1: "Open plug 1"
        case .closePlug2: "Close plug 2"
        case .openPlug2: "Open plug 2"
        case .closePlug3: "Close plug 3"
        case .openPlug3: "Open plug 3"
        case .closePlug4: "Close plug 4"
        case .openPlug4: "Open plug 4"
        case .setClock: "Set clock"
        case .transferToPreferredSource: "Switch to the preferred source"
        case .transferToAlternateSource: "Switch to the alternate source"
        case .preferSource1: "Prefer source 1"
        case .preferSource2: "Prefer source 2"
        }
    }

    /// The controls of the page "UPS control" (manual 12.7.1) or "STS control" (13.8), in its order.
    package static func page(of kind: DeviceKind) -> [DeviceControl.Kind] {
        switch kind {
        case .ups:
            [
                .transferToInverter, .transferToBypass, .lineInteractiveOn, .lineInteractiveOff, .ecoModeOn, .ecoModeOff, .standbyOn,
                .standbyOff, .acknowledgeAlarms,
            ]
        case .sts: [.transferToPreferredSource, .transferToAlternateSource, .preferSource1, .preferSource2, .acknowledgeAlarms]
        }
    }
}

extension ControlProfile {
    /// What the control page of a device shows now: what the device permits, and always the acknowledgement (which, on a device without a
    /// register for it, is the card's own). An STS does not offer to prefer the source that it prefers.
    package func offered(on map: DeviceMap, registers: RegisterFile) -> [DeviceControl.Kind] {
        let permitted = permitted(on: map, registers: registers)
        let prefersSource1 = map.kind == .sts ? registers[0x0141].map { $0 & 1 == 1 } : nil
        return DeviceControl.Kind.page(of: map.kind).filter { kind in
            switch kind {
            case .acknowledgeAlarms: true
            case .preferSource1: permitted.contains(kind) && prefersSource1 != true
            case .preferSource2: permitted.contains(kind) && prefersSource1 != false
            default: permitted.contains(kind)
            }
        }
    }
}
