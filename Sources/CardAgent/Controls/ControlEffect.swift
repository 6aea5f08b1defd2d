import PowerDevice

/// How a device shows that it has carried a control out: by the bits of its map, or by the state that follows from them.
///
/// A control that leaves no trace (a clock, a muted buzzer) counts as carried out when it is acknowledged.
enum ControlEffect {
    /// Whether the device shows the effect of `control` in `contents`; nil where no bit does.
    static func isShown(_ control: DeviceControl, in contents: DeviceRecord.Contents) -> Bool? {
        if let expression = expression(control, of: contents.map) {
            return expression.isTrue { contents.map.isSet($0, in: contents.registers) }
        }
        return isShown(control, in: contents.snapshot.state)
    }

    private static func isShown(_ control: DeviceControl, in state: DeviceState) -> Bool? {
        let off: [OutputSource] = [.standby, .off]
        switch control {
        case .standbyOn: return state.outputSource.map(off.contains)
        case .standbyOff: return state.outputSource.map { !off.contains($0) }
        case .transferToPreferredSource: return state.transfer.map { $0.load == .preferredSource }
        case .transferToAlternateSource: return state.transfer.map { $0.load == .alternateSource }
        case .preferSource(let source): return state.transfer.map { $0.preferredSource == source }
        default: return nil
        }
    }

    /// By the manual's status tables. A battery test counts as started when it is over, too: a battery that fails ends it at once.
    private static func expression(_ control: DeviceControl, of map: DeviceMap) -> AlarmExpression? {
        switch map.family {
        case .vuMap: vuMap(control)
        case .jbusp: jbusp(control)
        case .sts: nil
        }
    }

    private static func vuMap(_ control: DeviceControl) -> AlarmExpression? {
        switch control {
        case .transferToInverter: !"S002"
        case .transferToBypass: "S002"
        case .lineInteractiveOn: "S010"
        case .lineInteractiveOff: !"S010"
        case .ecoModeOn: "S006"
        case .ecoModeOff: !"S006"
        case .startBatteryTest: "S034" | "S037" | "A022"
        case .scheduleBatteryTest(let schedule): schedule.weeks == 0 ? !"S035" : "S035"
        case .setPlug(let plug, let isClosed):
            plugs.indices.contains(plug - 1) ? (isClosed ? plugs[plug - 1] : !plugs[plug - 1]) : nil
        default: nil
        }
    }

    private static let plugs: [AlarmExpression] = ["S060", "S061", "S062", "S063"]

    private static func jbusp(_ control: DeviceControl) -> AlarmExpression? {
        switch control {
        case .transferToInverter: !"S04"
        case .transferToBypass: "S04"
        case .ecoModeOn: "S07"
        case .ecoModeOff: !"S07"
        case .startBatteryTest: "S10" | "S12" | "S14"
        default: nil
        }
    }
}
