/// What can be told of a UPS at one moment.
extension UPSPhysics {
    /// The rectifier works from -20 to +15 % of 230 V and from 45 to 65 Hz.
    package var isRectifierInputGood: Bool {
        mains.isPresent && (184...265).contains(mains.voltage) && (45...65).contains(mains.frequency)
    }

    /// The load bears ±10 % and ±2 %.
    package var isBypassGood: Bool {
        mains.isPresent && (207...253).contains(mains.voltage) && (49...51).contains(mains.frequency)
    }

    var hasDirectCurrent: Bool { rectifier == .on || (battery.charge > 0 && !isBatteryOpen) }

    package var isOnBattery: Bool { supply == .inverter && rectifier != .on }
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
        let inverter = supply == .inverter ? inverterInputPower : 0.01 * unit.model.realpower
        return inverter + max(0, battery.current) * battery.voltage / 0.95
    }

    /// Seconds of backup that are left at this load; on mains those that there would be.
    package var runtime: Double { battery.runtime(at: inverterInputPower) }

    /// The end of the backup time is near: three minutes or less are left.
    package var isBatteryLow: Bool { isOnBattery && runtime <= 180 }

    /// The load goes off within a minute, by the battery or by an overload that no bypass can take over.
    package var isStopImminent: Bool { isOnBattery && (runtime <= 60 || overload.strain >= 0.9) }

    package var isOverloaded: Bool { measuredLoad > 100 }
    package var isTransferImpossible: Bool { !isBypassGood && (overload.isTripped || mode == .bypass) }
    package var isAmbientHot: Bool { ambient > 40 }
    package var isBatteryHot: Bool { battery.temperature > 45 }
    package var isInverterHot: Bool { internalTemperature > 75 }

    /// At least one alarm asks for attention (a plain mains failure does not).
    package var hasGeneralAlarm: Bool {
        isStopImminent || isOverloaded || isAmbientHot || isBatteryDischarged || isBatteryLow || isTransferImpossible || isInverterHot
            || supply == .off
    }
}
