extension Synoptic {
    /// The unit synoptic: the 21 elements of manual 12.1.1.
    package static func unit(_ state: UPSState, _ snapshot: DeviceSnapshot, _ surroundings: Surroundings = Surroundings()) -> Synoptic {
        let load = snapshot.state.loadRate
        var synoptic = Synoptic(elements: UPSElement.allCases.compactMap { $0.element(state, load: load, surroundings) })
        synoptic.load = state.has(.maintenanceBypassClosed) ? nil : load
        synoptic.loadStep = load.map { LoadStep($0) }
        synoptic.battery = state.battery.flatMap { BatterySymbol($0) }
        synoptic.batteryValue = batteryValue(state, snapshot)
        return synoptic
    }

    /// The system synoptic of a parallel system: 8 of the elements (manual 12.2.1), with the same colours.
    package static func system(_ state: UPSState, _ snapshot: DeviceSnapshot, _ surroundings: Surroundings = Surroundings()) -> Synoptic {
        var synoptic = unit(state, snapshot, surroundings)
        synoptic.elements.removeAll { !systemElements.contains($0.number) }
        synoptic.battery = nil
        synoptic.batteryValue = nil
        return synoptic
    }

    /// The numbers of the elements that the system synoptic has.
    package static let systemElements: Set<Int> = [1, 7, 8, 9, 11, 12, 14, 15]

    /// The remaining time while the battery discharges, else its charge; neither where it is disconnected.
    private static func batteryValue(_ state: UPSState, _ snapshot: DeviceSnapshot) -> BatteryValue? {
        guard let battery = state.battery, battery != .unknown, battery != .disconnected else { return nil }
        if battery.isDischarging { return snapshot.state.readings[.batteryRuntime].map { .remaining($0) } }
        return snapshot.state.readings[.batteryCharge].map { .charge($0) }
    }
}

/// The elements of a UPS' synoptic, with their numbers.
enum UPSElement: Int, CaseIterable {
    case rectifierSupply = 1
    case rectifier
    case rectifierOutput
    case dcBus
    case inverterInput
    case inverter
    case inverterOutput
    case output
    case load
    case battery
    case bypassSupply
    case bypassInput
    case bypass
    case bypassOutput
    case maintenanceBypass
    case bypassImpossible
    case maintenanceAlarm
    case alarmPresent
    case genset
    case batterySharing
    case iot

    var title: String {
        switch self {
        case .rectifierSupply: "Rectifier input supply"
        case .rectifier: "Rectifier"
        case .rectifierOutput: "Rectifier output"
        case .dcBus: "DC bus"
        case .inverterInput: "Inverter input"
        case .inverter: "Inverter"
        case .inverterOutput: "Inverter output"
        case .output: "Output"
        case .load: "Load"
        case .battery: "Battery"
        case .bypassSupply: "Bypass input supply"
        case .bypassInput: "Bypass input"
        case .bypass: "Bypass"
        case .bypassOutput: "Bypass output"
        case .maintenanceBypass: "Maintenance bypass"
        case .bypassImpossible: "Bypass impossible"
        case .maintenanceAlarm: "Maintenance alarm"
        case .alarmPresent: "Alarm present"
        case .genset: "Generator set"
        case .batterySharing: "Battery sharing"
        case .iot: "IoT"
        }
    }

    func element(_ state: UPSState, load: Double?, _ surroundings: Synoptic.Surroundings) -> Synoptic.Element? {
        let isFlashing = self == .alarmPresent && surroundings.hasNewAlarm
        return (pathColour(state, load) ?? signColour(state, surroundings)).map { .init(rawValue, title, $0, isFlashing: isFlashing) }
    }

    /// The way of the power.
    private func pathColour(_ state: UPSState, _ load: Double?) -> Synoptic.Colour? {
        switch self {
        case .rectifierSupply: state.rectifierSupply.map { $0 == .notPresent ? .grey : .green }
        case .rectifier: state.rectifier.map { .init($0) }
        case .rectifierOutput, .dcBus: state.rectifier.map { $0 == .off ? .grey : .green }
        case .inverterInput: state.has(.onBattery) ? .yellow : state.rectifier.map { $0 == .off ? .grey : .green }
        case .inverter: state.inverter.map { .init($0) }
        case .inverterOutput: state.has(.onBattery) ? .yellow : state.inverter.map { $0 == .off ? .grey : .green }
        case .output: outputColour(state)
        case .load: load.map { .init(load: $0) }
        case .battery: batteryColour(state)
        case .bypassSupply: state.bypassSupply.map { $0 == .notPresent ? .grey : .green }
        case .bypassInput: state.bypassSupply.map { state.has(.onBypass) ? .yellow : $0 == .notPresent ? .grey : .green }
        case .bypass: state.bypass.map { .init($0) }
        case .bypassOutput: state.bypass.map { _ in state.has(.ecoMode) ? .green : state.has(.onBypass) ? .yellow : .grey }
        case .maintenanceBypass, .bypassImpossible, .maintenanceAlarm, .alarmPresent, .genset, .batterySharing, .iot: nil
        }
    }

    /// What is beside the way: shown only while there is something to show.
    private func signColour(_ state: UPSState, _ surroundings: Synoptic.Surroundings) -> Synoptic.Colour? {
        switch self {
        case .maintenanceBypass: state.has(.maintenanceBypassClosed) ? .yellow : state.hasMaintenanceBypass ? .grey : nil
        case .bypassImpossible: state.transfer == .locked ? .red : state.transfer == .impossible ? .yellow : nil
        case .maintenanceAlarm: state.has(.maintenanceAlarm) ? .yellow : nil
        case .alarmPresent: state.alarmLevel.map { .init($0) }
        case .genset: state.genset.map { .init($0) }
        case .batterySharing: surroundings.isBatteryShared && state.battery != nil ? .green : nil
        case .iot: surroundings.isIoTEnabled ? .green : nil
        case .rectifierSupply, .rectifier, .rectifierOutput, .dcBus, .inverterInput, .inverter, .inverterOutput, .output, .load, .battery,
            .bypassSupply, .bypassInput, .bypass, .bypassOutput:
            nil
        }
    }

    /// On battery before all that feeds the load through the inverter; on a bypass, whichever, is yellow.
    private func outputColour(_ state: UPSState) -> Synoptic.Colour? {
        switch state.output {
        case .unknown: state.has(.onBattery) ? .yellow : nil
        case .onStandby, .loadOff: .grey
        case .onBypass, .onMaintenanceBypass: .yellow
        case .protectedByInverter, .normalMode, .ecoMode, .lineInteractive: state.has(.onBattery) ? .yellow : .green
        }
    }

    /// Red with the battery's alarm, and where it is disconnected or discharged; yellow with what surrounds it.
    private func batteryColour(_ state: UPSState) -> Synoptic.Colour? {
        guard let battery = state.battery, battery != .unknown else { return nil }
        if state.has(.batteryAlarm) || battery == .disconnected || battery == .discharged { return .red }
        let isWarned = !state.facts.isDisjoint(with: [.batteryRoomAlarm, .batteryTemperatureAlarm, .batteryTestFailed])
        return isWarned ? .yellow : .green
    }
}

extension DeviceState {
    /// The load in percent: of the whole device, else of its most loaded line.
    package var loadRate: Double? {
        if let load = readings[.load] { return load }
        let lines = (1...max(1, outputLines)).map { VariableTemplate("output.{L}.power.percent").variable(line: $0, of: outputLines) }
        return lines.compactMap { readings[$0] }.max()
    }
}
