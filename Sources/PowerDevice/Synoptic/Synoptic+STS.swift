extension Synoptic {
    /// The synoptic of an STS: the 18 elements of manual 13.1.
    package static func transferSystem(
        _ state: STSState, _ snapshot: DeviceSnapshot, _ surroundings: Surroundings = Surroundings()
    ) -> Synoptic {
        let load = snapshot.state.loadRate
        let isKnown = state.status != .unknown || !state.facts.isEmpty
        return Synoptic(
            elements: isKnown ? STSElement.allCases.compactMap { $0.element(state, load: load, surroundings) } : [], load: load,
            loadStep: load.map { LoadStep($0) })
    }
}

/// The elements of an STS' synoptic, with their numbers.
enum STSElement: Int, CaseIterable {
    case source1Preferred = 1
    case inputPath1
    case switch1
    case outputSwitch1
    case output
    case load
    case source2Preferred
    case inputPath2
    case switch2
    case outputSwitch2
    case notSynchronised
    case sliding
    case bypassImpossible
    case maintenanceAlarm
    case alarmPresent
    case iot
    case maintenanceBypass1
    case maintenanceBypass2

    var title: String {
        switch self {
        case .source1Preferred: "Source 1 preferred"
        case .inputPath1: "Input path 1"
        case .switch1: "Switch 1"
        case .outputSwitch1: "Output of switch 1"
        case .output: "Output"
        case .load: "Load"
        case .source2Preferred: "Source 2 preferred"
        case .inputPath2: "Input path 2"
        case .switch2: "Switch 2"
        case .outputSwitch2: "Output of switch 2"
        case .notSynchronised: "Not synchronised"
        case .sliding: "Sliding"
        case .bypassImpossible: "Bypass impossible"
        case .maintenanceAlarm: "Maintenance alarm"
        case .alarmPresent: "Alarm present"
        case .iot: "IoT status"
        case .maintenanceBypass1: "Maintenance bypass 1"
        case .maintenanceBypass2: "Maintenance bypass 2"
        }
    }

    func element(_ state: STSState, load: Double?, _ surroundings: Synoptic.Surroundings) -> Synoptic.Element? {
        let isFlashing = self == .alarmPresent && surroundings.hasNewAlarm
        return colour(state, load, surroundings).map { .init(rawValue, title, $0, isFlashing: isFlashing) }
    }

    private func colour(_ state: STSState, _ load: Double?, _ surroundings: Synoptic.Surroundings) -> Synoptic.Colour? {
        switch self {
        case .source1Preferred: state.has(.source1Preferred) ? .green : nil
        case .source2Preferred: state.has(.source1Preferred) ? nil : .green
        case .inputPath1: pathColour(state, present: .source1Present, absent: .source1Absent, feeds: .onSource1)
        case .inputPath2: pathColour(state, present: .source2Present, absent: .source2Absent, feeds: .onSource2)
        case .switch1: state.has(.switch1Alarm) ? .red : state.has(.switch1Closed) ? .green : .grey
        case .switch2: state.has(.switch2Alarm) ? .red : state.has(.switch2Closed) ? .green : .grey
        case .outputSwitch1: state.has(.onSource1) ? feedColour(state) : .grey
        case .outputSwitch2: state.has(.onSource2) ? feedColour(state) : .grey
        case .output: feedColour(state)
        case .load: load.map { .init(load: $0) }
        case .notSynchronised: state.has(.notSynchronised) ? .yellow : nil
        case .sliding: state.has(.sliding) ? .yellow : nil
        case .bypassImpossible: state.has(.transferImpossible) ? .yellow : nil
        case .maintenanceAlarm: state.has(.maintenanceAlarm) ? .yellow : nil
        case .alarmPresent: state.alarmLevel.map { .init($0) }
        case .iot: surroundings.isIoTEnabled ? .green : .grey
        case .maintenanceBypass1: state.has(.maintenanceBypass1Closed) ? .yellow : .grey
        case .maintenanceBypass2: state.has(.maintenanceBypass2Closed) ? .yellow : .grey
        }
    }

    /// Yellow where the source feeds the load as the alternate one, green where it is there, else grey.
    private func pathColour(
        _ state: STSState, present: STSState.Fact, absent: STSState.Fact, feeds: STSState.Fact
    ) -> Synoptic.Colour {
        if state.has(feeds) && state.has(.onAlternate) { return .yellow }
        return state.has(present) && !state.has(absent) ? .green : .grey
    }

    private func feedColour(_ state: STSState) -> Synoptic.Colour {
        state.has(.onAlternate) ? .yellow : state.has(.onPreferred) ? .green : .grey
    }
}
