/// What can be told of a UPS at one moment.
extension UPSPhysics {
    /// The rectifier works from -20 to +15 % of 230 V and from 45 to 65 Hz, with all its lines.
    package var isRectifierInputGood: Bool {
        rectifierMains.isWhole(unit.model.inputLines) && (184...265).contains(rectifierMains.voltage)
            && (45...65).contains(rectifierMains.frequency)
    }

    /// The load bears ±10 % and ±2 %, with all its lines in their order.
    package var isBypassGood: Bool {
        bypassMains.isWhole(unit.model.outputLines) && (207...253).contains(bypassMains.voltage) && isBypassFrequencyGood
            && !bypassMains.isRotationReversed
    }

    var isBypassFrequencyGood: Bool { (49...51).contains(bypassMains.frequency) }
    var hasGoodBypass: Bool { build.hasBypass && isBypassGood }

    /// The inverter and the bypass are so close that the load may go from one to the other without a break.
    package var isSynchronised: Bool {
        hasGoodBypass && abs(inverterFrequency - bypassMains.frequency) <= 0.25 && abs(degrees(bypassMains.phase - inverterPhase)) <= 10
    }

    /// The load may go to the bypass, or is there.
    var canTransfer: Bool { hasGoodBypass && (isSynchronised || !supply.isFromInverter) }

    var hasDirectCurrent: Bool { rectifier == .on || (hasBattery && battery.charge > 0 && !isBatteryOpen) }
    var hasBattery: Bool { build.hasBattery && battery.isConnected }
    var canInvert: Bool { hasDirectCurrent && !isFailed && workingModules > 0 }

    package var workingModules: Int { max(0, build.modules - failedModules.count) }
    /// The part of the rating that the working modules can give.
    var availableShare: Double { isFailed ? 0 : Double(workingModules) / Double(max(build.modules, 1)) }
    /// Load of what works, in percent.
    var inverterLoad: Double { availableShare > 0 ? load / availableShare : load }

    package var isOnBattery: Bool { supply.isFromInverter && rectifier != .on }
    package var isOutputLive: Bool { supply != .off && supply != .standby }
    package var isRectifierStarting: Bool {
        if case .starting = rectifier { true } else { false }
    }

    /// Load that the UPS sees, in percent: none while the output is off, or while the load is fed around it.
    package var measuredLoad: Double { isOutputLive && supply != .maintenanceBypass ? load : 0 }
    /// VA and W at the output.
    package var outputPower: Double { measuredLoad / 100 * unit.model.power }
    package var outputRealpower: Double { outputPower * unit.powerFactor }

    /// W that the inverter takes from the DC bus, its own losses (1.5 % of the rating) included.
    package var inverterInputPower: Double {
        load / 100 * unit.model.power * unit.powerFactor / unit.efficiency + 0.015 * unit.model.realpower
    }

    /// W that the rectifier takes from the mains.
    package var rectifierInputPower: Double {
        guard rectifier == .on else { return 0 }
        let inverter = supply.isFromInverter && !batteryTest.isRunning ? inverterInputPower : 0.01 * unit.model.realpower
        return inverter + max(0, battery.current) * battery.voltage / 0.95
    }

    /// Seconds of backup that are left at this load; on mains those that there would be.
    package var runtime: Double { hasBattery ? battery.runtime(at: inverterInputPower) : 0 }

    /// The end of the backup time is near: three minutes or less are left.
    package var isBatteryLow: Bool { isOnBattery && runtime <= 180 }

    /// The load goes off within a minute, by the battery or by an overload that no bypass can take over.
    package var isStopImminent: Bool {
        (isOnBattery && (runtime <= 60 || overload.strain >= 0.9))
            || (supply.isFromInverter && !hasGoodBypass && overload.strain >= 0.9)
    }

    package var isOverloaded: Bool { measuredLoad > 100 }
    package var isTransferImpossible: Bool {
        build.hasBypass && !isBypassGood && (overload.isTripped || mode == .bypass)
    }
    package var isAmbientHot: Bool { ambient > 40 }
    package var isBatteryHot: Bool { build.hasBattery && battery.temperature > 45 }
    package var isInverterHot: Bool { internalTemperature > 75 }
    /// The battery can be tested now: charged, at rest, and the load on an inverter that is not overloaded.
    package var isBatteryTestPossible: Bool {
        hasBattery && battery.charge >= 0.9 && rectifier == .on && supply.isFromInverter && !isOverloaded && !batteryTest.isRunning
    }

    /// At least one alarm asks for attention (a plain mains failure does not).
    package var hasGeneralAlarm: Bool {
        isStopImminent || isOverloaded || isAmbientHot || isBatteryDischarged || isBatteryLow || isTransferImpossible || isInverterHot
            || supply == .off || isFailed || !failedModules.isEmpty || batteryTest.result == .failed || isBatteryHot
            || (build.hasBattery && !battery.isConnected)
    }
}
