extension UPSPhysics {
    /// What this unit's control board knows.
    var readout: Readout {
        let model = unit.model
        let hasBypass = build.hasBypass
        var readout = Readout(
            flags: flags, load: measuredLoad, power: outputPower, realpower: outputRealpower,
            powerFactor: measuredLoad > 0 ? unit.powerFactor : 0, crestFactor: isOutputLive ? unit.crestFactor : 0,
            neutralCurrent: model.outputLines == 3 ? neutralCurrent : 0, outputFrequency: outputFrequency,
            output: (0..<model.outputLines).map(outputLine), input: (0..<model.inputLines).map(inputLine), inputFrequency: inputFrequency,
            bypass: hasBypass ? (0..<model.outputLines).map(bypassLine) : [], bypassFrequency: hasBypass ? bypassFrequency : nil,
            battery: build.hasBattery ? batteryReadout : nil, ambient: ambient)
        if build.modules > 1 { readout.parts = (0..<build.modules).map(module) }
        if readout.isTroubled || !failedModules.isEmpty { readout.flags.insert(.generalAlarm) }
        return readout
    }

    private func outputLine(_ line: Int) -> Readout.Line {
        Readout.Line(
            voltage: outputVoltage(line), current: outputCurrent(line), power: linePower(line),
            realpower: linePower(line) * unit.powerFactor, load: lineLoad(line))
    }

    private func inputLine(_ line: Int) -> Readout.Line {
        Readout.Line(voltage: inputVoltage(line), current: rectifierCurrent(line), realpower: rectifierLinePower)
    }

    private func bypassLine(_ line: Int) -> Readout.Line {
        Readout.Line(
            voltage: bypassVoltage(line), current: bypassCurrent(line),
            realpower: isBypassConducting ? linePower(line) * unit.powerFactor : 0)
    }

    private var batteryReadout: Readout.BatteryReadout {
        Readout.BatteryReadout(
            voltage: battery.voltage, current: battery.current, charge: battery.charge * 100,
            capacity: battery.charge * battery.capacity, nominalCapacity: unit.model.battery.capacity, runtime: runtime,
            secondsOnBattery: secondsOnBattery, temperature: battery.temperature)
    }

    private func module(_ index: Int) -> Readout.Part {
        let works = !failedModules.contains(index) && !isFailed
        return Readout.Part(
            isOperating: works && supply.isFromInverter, isAvailable: works && hasDirectCurrent && supply != .standby,
            hasGeneralAlarm: !works,
            isStopping: works && isStopImminent)
    }

    private var flags: Set<Readout.Flag> {
        var flags = Set<Readout.Flag>()
        for (flag, isTrue) in supplyFlags + pathFlags + batteryFlags + alarmFlags where isTrue { flags.insert(flag) }
        if build.modules > 1 { flags.formUnion(redundancy(of: build.modules, working: workingModules, load: measuredLoad)) }
        return flags
    }

    private var supplyFlags: [(Readout.Flag, Bool)] {
        [
            (.inverterFeeds, supply == .inverter), (.bypassFeeds, isBypassConducting),
            (.maintenanceBypassFeeds, supply == .maintenanceBypass),
            (.loadOff, supply == .off || supply == .standby), (.eco, supply == .eco), (.lineInteractive, supply == .lineInteractive),
            (.standby, supply == .standby), (.operating, isOutputLive), (.available, canInvert && supply != .standby),
            (.isolated, supply == .off && others.areFeeding), (.starting, inverterStart != nil),
            (.outputSwitchClosed, supply != .maintenanceBypass), (.maintenanceBypassClosed, mode == .maintenanceBypass),
        ]
    }

    private var pathFlags: [(Readout.Flag, Bool)] {
        let inverts = supply.isFromInverter
        return [
            (.singlePhaseInput, unit.model.inputLines == 1), (.rectifierBreakerClosed, true), (.bypassBreakerClosed, build.hasBypass),
            (.inputPresent, rectifierMains.isPresent), (.rectifierOn, rectifier == .on),
            (.chargerOn, rectifier == .on && hasBattery), (.rectifierStarting, isRectifierStarting), (.inverterOn, inverts),
            (.inverterSwitchClosed, inverts), (.bypassPresent, build.hasBypass && bypassMains.isPresent),
            (.bypassClosed, isBypassConducting), (.synchronised, inverts && isSynchronised),
        ]
    }

    private var batteryFlags: [(Readout.Flag, Bool)] {
        guard build.hasBattery else { return [] }
        return [
            (.batteryOK, !isBatteryDischarged && battery.isConnected && batteryTest.result != .failed),
            (.batteryCharged, !isOnBattery && !battery.isCharging && !batteryTest.isRunning && battery.charge >= 0.99),
            (.batteryCharging, battery.isCharging), (.batteryTesting, batteryTest.isRunning),
            (.batteryTestWaiting, !isBatteryTestPossible && !batteryTest.isRunning && supply.isFromInverter && rectifier == .on),
            (.batteryTestSupported, true), (.batteryTestInterrupted, batteryTest.result == .interrupted),
            (.batteryOpen, !battery.isConnected), (.batteryDisconnected, !battery.isConnected),
            (.batteryDischarged, isBatteryDischarged), (.batteryLow, isBatteryLow), (.onBattery, isOnBattery),
            (.batteryHot, isBatteryHot), (.batteryTestFailed, batteryTest.result == .failed),
            (.batteryAlarm, batteryTest.result == .failed || !battery.isConnected),
        ]
    }

    private var alarmFlags: [(Readout.Flag, Bool)] {
        [
            (.imminentStop, isStopImminent), (.overload, isOverloaded), (.ambientHot, isAmbientHot),
            (.transferImpossible, isTransferImpossible), (.hourOnBypass, secondsOnBypass >= 3600), (.inputBad, !isRectifierInputGood),
            (.inverterHot, isInverterHot), (.inverterFault, isFailed || workingModules == 0),
            (.overloadStop, overload.isTripped), (.bypassBad, build.hasBypass && !isBypassGood),
            (.bypassFrequencyBad, build.hasBypass && bypassMains.isPresent && !isBypassFrequencyGood),
            (.rotation, build.hasBypass && bypassMains.isPresent && bypassMains.isRotationReversed),
            (.maintenanceBypassAlarm, mode == .maintenanceBypass), (.remoteControlDisabled, false),
        ]
    }
}

/// What the loss of one part more would mean for the load: `count` parts share the rating, `working` of them are left.
///
/// - Parameter load: percent of the rating of all parts.
func redundancy(of count: Int, working: Int, load: Double) -> Set<Readout.Flag> {
    guard count > 1 else { return [] }
    let demand = load / 100 * Double(count)
    var flags: Set<Readout.Flag> = []
    if demand > Double(working - 1) {
        flags.insert(.redundancyLost)
    } else if demand > 0.9 * Double(working - 1) {
        flags.insert(.redundancyThreatened)
    }
    if demand > Double(working) { flags.insert(.insufficientResources) }
    return flags
}
