import PowerDevice

extension UPSSystem {
    /// What the control board of unit `index` (from 0) knows; nil where it is not there.
    func readout(ofUnit index: Int) -> Readout? {
        guard units.indices.contains(index), present[index] else { return nil }
        var readout = units[index].readout
        if layout.bypass == .centralised {
            readout.bypass = []
            readout.bypassFrequency = nil
            readout.flags.subtract([.bypassPresent, .bypassBreakerClosed, .bypassBad, .bypassFrequencyBad, .bypassClosed, .rotation])
        }
        readout.flags.formUnion(shared)
        return readout
    }

    /// What is read under the slave number of the system, or of the only machine.
    var readout: Readout {
        guard units.count > 1 else { return readout(ofUnit: 0) ?? units[0].readout }
        let all = units.indices.filter { present[$0] }.map { units[$0].readout }
        let demand = effectiveLoad
        let working = units.indices.filter { present[$0] && units[$0].canInvert }.count
        var readout = Readout(combining: all, load: all.contains { !$0.has(.loadOff) && $0.load > 0 } ? demand : 0)
        readout.flags.formUnion(shared)
        readout.flags.insert(.parallel)
        if layout.bypass == .centralised { readout.flags.insert(.centralBypass) }
        readout.flags.subtract([.redundancyLost, .redundancyThreatened, .insufficientResources, .overload, .inverterFault])
        readout.flags.formUnion(redundancy(of: units.count, working: working, load: demand))
        if demand > 100 && !readout.has(.loadOff) { readout.flags.insert(.overload) }
        readout.parts = units.indices.map(part)
        if readout.isTroubled || readout.parts.contains(where: { $0.hasGeneralAlarm || !$0.isPresent }) {
            readout.flags.insert(.generalAlarm)
        }
        return readout
    }

    /// Something that the buzzer tells.
    var isAlarmed: Bool { units.contains { $0.hasGeneralAlarm || $0.isOnBattery } }

    private func part(_ index: Int) -> Readout.Part {
        guard present[index] else { return Readout.Part(isPresent: false, isOperating: false, isAvailable: false) }
        let unit = units[index].readout
        return Readout.Part(
            isOperating: unit.has(.operating), isAvailable: unit.has(.available), hasGeneralAlarm: unit.has(.generalAlarm),
            isStopping: unit.has(.imminentStop))
    }

    /// What is the same for the system and for each of its units.
    private var shared: Set<Readout.Flag> {
        var flags: Set<Readout.Flag> = [.permissionTable, .standbySchedule]
        if genset.isPresent { flags.insert(.gensetPresent) }
        if genset.isRunning { flags.insert(.gensetRunning) }
        if genset.hasAlarm { flags.formUnion([.gensetAlarm, .generalAlarm]) }
        if !isRemoteControlEnabled { flags.insert(.remoteControlDisabled) }
        if batterySchedule.weeks > 0 { flags.insert(.batteryTestScheduled) }
        if standbyTimer.isCounting { flags.insert(.stopping) }
        if !plugs.isEmpty { flags.insert(.plugs) }
        for (plug, flag) in zip(plugs, Readout.Flag.plugFlags) where plug.isClosed { flags.insert(flag) }
        if isAlarmed && isBuzzerEnabled && !isBuzzerMuted { flags.insert(.buzzer) }
        return flags
    }
}
