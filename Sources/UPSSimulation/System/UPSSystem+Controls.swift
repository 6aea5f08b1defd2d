package import PowerDevice

/// What a UPS does when it is told to (manual 12.7.1 to 12.7.3, 12.8.1, 12.8.2).
extension UPSSystem {
    /// Carries a control out.
    /// - Parameter unit: the position (from 0) of the unit that was addressed; nil of the system.
    /// - Throws: why it is refused: remote controls disabled, values out of range, or not possible now.
    package mutating func perform(_ control: DeviceControl, unit: Int? = nil) throws(ControlProfile.Refusal) {
        if let fault = control.fault { throw .outOfRange(fault) }
        if control == .acknowledgeAlarms { return acknowledge() }
        guard isRemoteControlEnabled else { throw .remoteControlDisabled }
        if let obstacle = obstacle(to: control, unit: unit) { throw .notPermitted(obstacle) }
        carryOut(control, unit: unit)
        inform()
    }

    private mutating func carryOut(_ control: DeviceControl, unit: Int?) {
        switch control {
        case .transferToInverter, .ecoModeOff, .lineInteractiveOff: mode = .online
        case .transferToBypass: mode = .bypass
        case .ecoModeOn: mode = .eco
        case .lineInteractiveOn: mode = .lineInteractive
        case .standbyOn: mode = .standby
        case .standbyOff:
            mode = .online
            standbyTimer.cancel()
        case .acknowledgeAlarms: acknowledge()
        case .muteBuzzer: isBuzzerMuted = true
        case .enableBuzzer:
            isBuzzerEnabled = true
            isBuzzerMuted = false
        case .startBatteryTest: startBatteryTest(unit: unit)
        case .scheduleBatteryTest(let schedule): self.schedule(schedule)
        case .scheduleStandby(let schedule): standbyTimer.start(schedule)
        case .setPlug(let number, let isClosed): plugs[number - 1].isClosed = isClosed
        case .setClock(let clock): calendar.set(clock)
        case .transferToPreferredSource, .transferToAlternateSource, .preferSource: return
        }
    }

    /// Why the control is not possible now; nil where it is.
    func obstacle(to control: DeviceControl, unit: Int? = nil) -> String? {
        switch control {
        case .transferToInverter: units.contains(where: \.canInvert) ? nil : "no inverter can feed the load"
        case .transferToBypass: units.allSatisfy { $0.canTransfer || !$0.isOutputLive } ? nil : "the bypass can't take the load now"
        case .ecoModeOn: layout.hasBypass ? nil : "without a bypass there is no eco mode"
        case .ecoModeOff: nil
        case .lineInteractiveOn, .lineInteractiveOff: layout.hasLineInteractiveMode ? nil : "this UPS has no line-interactive mode"
        case .startBatteryTest:
            units.indices.contains { (unit ?? $0) == $0 && units[$0].isBatteryTestPossible } ? nil : "the battery can't be tested now"
        case .scheduleBatteryTest: layout.hasBattery ? nil : "there is no battery"
        case .setPlug(let number, _): plugObstacle(number)
        case .transferToPreferredSource, .transferToAlternateSource, .preferSource: "a UPS has one source"
        case .standbyOn, .standbyOff, .acknowledgeAlarms, .muteBuzzer, .enableBuzzer, .scheduleStandby, .setClock: nil
        }
    }

    /// A plug with a mode of its own obeys nobody (manual 12.8.1).
    private func plugObstacle(_ number: Int) -> String? {
        guard plugs.indices.contains(number - 1) else { return "there is no power share plug \(number)" }
        return plugs[number - 1].mode == .none ? nil : "plug \(number) follows its mode"
    }
}

/// What a transfer system does when it is told to (manual 13.8).
extension STSPhysics {
    package mutating func perform(_ control: DeviceControl) throws(ControlProfile.Refusal) {
        if let fault = control.fault { throw .outOfRange(fault) }
        if control == .acknowledgeAlarms { return acknowledge() }
        guard isRemoteControlEnabled else { throw .remoteControlDisabled }
        if let obstacle = obstacle(to: control) { throw .notPermitted(obstacle) }
        switch control {
        case .transferToPreferredSource: transfer(to: preferred)
        case .transferToAlternateSource: transfer(to: 3 - preferred)
        case .preferSource(let source):
            preferred = source
            isHeldOnAlternate = false
        case .setClock(let clock): calendar.set(clock)
        default: return
        }
        settle()
    }

    /// Why the control is not possible now; nil where it is.
    func obstacle(to control: DeviceControl) -> String? {
        switch control {
        case .transferToPreferredSource: obstacle(toTransferTo: preferred)
        case .transferToAlternateSource: obstacle(toTransferTo: 3 - preferred)
        case .preferSource, .setClock, .acknowledgeAlarms: nil
        default: "a transfer system has no such control"
        }
    }

    private func obstacle(toTransferTo source: Int) -> String? {
        if manualBypass != nil { return "a manual bypass feeds the load" }
        if feeding == source { return nil }
        if isTransferLocked || isLockedByDetections { return "transfers are locked" }
        if !quality(of: source).isUsable { return "source \(source) is not good" }
        return isInstantlySynchronised ? nil : "the sources are not synchronised"
    }
}
