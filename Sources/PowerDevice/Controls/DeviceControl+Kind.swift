extension DeviceControl {
    /// A control without its values: what a device offers, and what a profile names.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case transferToInverter
        case transferToBypass
        case lineInteractiveOn
        case lineInteractiveOff
        case ecoModeOn
        case ecoModeOff
        case standbyOn
        case standbyOff
        case acknowledgeAlarms
        case muteBuzzer
        case enableBuzzer
        case startBatteryTest
        case scheduleBatteryTest
        case scheduleStandby
        case closePlug1
        case openPlug1
        case closePlug2
        case openPlug2
        case closePlug3
        case openPlug3
        case closePlug4
        case openPlug4
        case setClock
        case transferToPreferredSource
        case transferToAlternateSource
        case preferSource1
        case preferSource2
    }

    /// Nil for a plug or a source that no device has.
    package var kind: Kind? {
        switch self {
        case .transferToInverter: .transferToInverter
        case .transferToBypass: .transferToBypass
        case .lineInteractiveOn: .lineInteractiveOn
        case .lineInteractiveOff: .lineInteractiveOff
        case .ecoModeOn: .ecoModeOn
        case .ecoModeOff: .ecoModeOff
        case .standbyOn: .standbyOn
        case .standbyOff: .standbyOff
        case .acknowledgeAlarms: .acknowledgeAlarms
        case .muteBuzzer: .muteBuzzer
        case .enableBuzzer: .enableBuzzer
        case .startBatteryTest: .startBatteryTest
        case .scheduleBatteryTest: .scheduleBatteryTest
        case .scheduleStandby: .scheduleStandby
        case .setPlug(let number, let isClosed): Kind(rawValue: "\(isClosed ? "close" : "open")Plug\(number)")
        case .setClock: .setClock
        case .transferToPreferredSource: .transferToPreferredSource
        case .transferToAlternateSource: .transferToAlternateSource
        case .preferSource(let number): Kind(rawValue: "preferSource\(number)")
        }
    }
}

extension DeviceControl.Kind {
    /// The control of this kind, where it has no values; nil for a schedule and a clock.
    package var control: DeviceControl? {
        switch self {
        case .transferToInverter: .transferToInverter
        case .transferToBypass: .transferToBypass
        case .lineInteractiveOn: .lineInteractiveOn
        case .lineInteractiveOff: .lineInteractiveOff
        case .ecoModeOn: .ecoModeOn
        case .ecoModeOff: .ecoModeOff
        case .standbyOn: .standbyOn
        case .standbyOff: .standbyOff
        case .acknowledgeAlarms: .acknowledgeAlarms
        case .muteBuzzer: .muteBuzzer
        case .enableBuzzer: .enableBuzzer
        case .startBatteryTest: .startBatteryTest
        case .closePlug1: .setPlug(1, isClosed: true)
        case .openPlug1: .setPlug(1, isClosed: false)
        case .closePlug2: .setPlug(2, isClosed: true)
        case .openPlug2: .setPlug(2, isClosed: false)
        case .closePlug3: .setPlug(3, isClosed: true)
        case .openPlug3: .setPlug(3, isClosed: false)
        case .closePlug4: .setPlug(4, isClosed: true)
        case .openPlug4: .setPlug(4, isClosed: false)
        case .transferToPreferredSource: .transferToPreferredSource
        case .transferToAlternateSource: .transferToAlternateSource
        case .preferSource1: .preferSource(1)
        case .preferSource2: .preferSource(2)
        case .scheduleBatteryTest, .scheduleStandby, .setClock: nil
        }
    }

    /// The control's number in the NVFleet profile: its command word, and its permission bit (docs/device-profiles.md). 0 is no control:
    /// its bit says that remote controls are enabled.
    package var number: UInt16 { UInt16(Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}
