import PowerDevice

extension UPSSystem {
    /// Lets something happen now; what a UPS can't meet is ignored.
    mutating func apply(_ occurrence: Occurrence) {
        switch occurrence {
        case .supply(let change):
            if change.source != 2 { change.change(&rectifierMains) }
            if change.source != 1 { change.change(&bypassMains) }
        case .load(let percent): load = percent
        case .ambient(let celsius): ambient = celsius
        case .mode(let mode):
            self.mode = mode
            standbyTimer.cancel()
        case .unit(let number, let change): apply(change, toUnit: number - 1)
        case .module(let number, let change): apply(change, toModule: number)
        case .genset(let change):
            genset.isPresent = change.present ?? genset.isPresent
            genset.hasFailed = change.failed ?? genset.hasFailed
            genset.startDelay = change.delay ?? genset.startDelay
        case .battery(let change): apply(change)
        case .plug(let number, let change):
            guard plugs.indices.contains(number - 1) else { return }
            plugs[number - 1].mode = change.mode ?? plugs[number - 1].mode
            plugs[number - 1].isClosed = change.closed ?? plugs[number - 1].isClosed
        case .remoteControl(let isEnabled): isRemoteControlEnabled = isEnabled
        case .point, .manualBypass, .transfer: return
        }
        inform()
    }

    private mutating func apply(_ change: PartChange, toUnit index: Int) {
        guard units.indices.contains(index) else { return }
        units[index].isFailed = change.failed ?? units[index].isFailed
        present[index] = change.present ?? present[index]
    }

    /// Modules are numbered through the units' places.
    private mutating func apply(_ change: PartChange, toModule number: Int) {
        guard let failed = change.failed, let position = layout.topology.modules.firstIndex(of: number) else { return }
        let (unit, module) = position.quotientAndRemainder(dividingBy: layout.modules)
        if failed { units[unit].failedModules.insert(module) } else { units[unit].failedModules.remove(module) }
    }

    private mutating func apply(_ change: BatteryChange) {
        for index in units.indices where (change.unit ?? index + 1) == index + 1 {
            units[index].battery.set(
                charge: change.charge.map { $0 / 100 }, health: change.health.map { $0 / 100 }, temperature: change.temperature,
                isConnected: change.connected)
            if change.test == true && units[index].isBatteryTestPossible { units[index].batteryTest.start() }
            if change.test == false { units[index].batteryTest.interrupt() }
        }
    }
}

extension STSPhysics {
    /// Lets something happen now; what a transfer system can't meet is ignored.
    mutating func apply(_ occurrence: Occurrence) {
        switch occurrence {
        case .supply(let change): change.change(&sources[(change.source ?? 1) == 2 ? 1 : 0])
        case .load(let percent): load = percent
        case .ambient(let celsius): ambient = celsius
        case .manualBypass(let source): manualBypass = source
        case .remoteControl(let isEnabled): isRemoteControlEnabled = isEnabled
        case .transfer(let change):
            preferred = change.preferred ?? preferred
            isTransferLocked = change.locked ?? isTransferLocked
        case .mode, .unit, .module, .genset, .battery, .plug, .point: return
        }
        settle()
    }
}
