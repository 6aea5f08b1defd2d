import PowerDevice

/// What a transfer switch does, in words. A later server may know more states: they are shown as they come.
enum TransferWords {
    static func source(_ status: String) -> String {
        switch TransferState.SourceStatus(rawValue: status) {
        case .unknown: "unknown"
        case .ok: "OK"
        case .critical: "critical"
        case .outOfTolerance: "out of tolerance"
        case .absent: "absent"
        case nil: status
        }
    }

    static func interaction(_ interaction: String) -> String {
        switch TransferState.Interaction(rawValue: interaction) {
        case .unknown: "unknown"
        case .synchronised: "sources synchronised"
        case .sliding: "sources sliding"
        case .asynchronous: "sources asynchronous"
        case nil: interaction
        }
    }

    static func load(_ load: String) -> String {
        switch TransferState.LoadStatus(rawValue: load) {
        case .unknown: "unknown"
        case .preferredSource: "on the preferred source"
        case .alternateSource: "on the alternate source"
        case .off: "off"
        case .maintenanceBypass1: "on maintenance bypass 1"
        case .maintenanceBypass2: "on maintenance bypass 2"
        case nil: load
        }
    }

    static func output(_ output: String) -> String {
        switch TransferState.OutputStatus(rawValue: output) {
        case .unknown: "unknown"
        case .switch1: "static switch 1"
        case .switch2: "static switch 2"
        case .off: "off"
        case nil: output
        }
    }
}
