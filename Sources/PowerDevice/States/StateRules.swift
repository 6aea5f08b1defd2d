/// How the bits of one map make the typed states: rules as data, the first that holds counts.
package struct StateRules: Sendable {
    package typealias Rule = DeviceMap.Rule

    var statuses: [Rule<UPSStatus>] = []
    var outputs: [Rule<OutputState>] = []
    var batteries: [Rule<BatteryState>] = []
    var rectifier: [Rule<ComponentState>] = []
    var inverter: [Rule<ComponentState>] = []
    var bypass: [Rule<ComponentState>] = []
    var genset: [Rule<ComponentState>] = []
    var rectifierSupply: [Rule<SupplyState>] = []
    var bypassSupply: [Rule<SupplyState>] = []
    var transfer: [Rule<TransferAbility>] = []
    var batteryTests: [Rule<BatteryTestState.Status>] = []
    var batteryTestResults: [Rule<BatteryTestState.Result>] = []
    /// Single facts.
    var facts: [UPSState.Fact: AlarmExpression] = [:]
    /// Configuration bits: what the device has, or does without.
    var features: [Feature: RegisterBit] = [:]
    var transferStatuses: [Rule<STSStatus>] = []
    var transferFacts: [STSState.Fact: AlarmExpression] = [:]
    /// Bits of each unit of a parallel system or module of a cabinet, by its number from 1.
    var members: [Member] = []

    /// What a device has besides what every UPS has.
    package enum Feature: Sendable {
        case withoutBypass
        case withoutMaintenanceBypass
        case genset
    }

    /// What a system tells of one of its units, or a unit of one of its modules.
    package struct Member: Sendable {
        var isOperating: AlarmExpression?
        var isAvailable: AlarmExpression?
        var hasAlarm: AlarmExpression
        var isAboutToStop: AlarmExpression?
    }

    /// The first value that holds.
    static func first<Value>(_ rules: [Rule<Value>], _ holds: (AlarmExpression) -> Bool) -> Value? {
        rules.first { holds($0.expression) }?.value
    }
}

extension DeviceMap {
    /// The rules of this map.
    package var stateRules: StateRules {
        switch family {
        case .vuMap: .vuMap
        case .jbusp: .jbusp
        case .sts: .sts
        }
    }
}

extension StateRules {
    /// Every code that the rules read.
    package var codes: Set<PointCode> {
        let lists: [[AlarmExpression]] = [
            statuses.map(\.expression), outputs.map(\.expression), batteries.map(\.expression), rectifier.map(\.expression),
            inverter.map(\.expression), bypass.map(\.expression), genset.map(\.expression), rectifierSupply.map(\.expression),
            bypassSupply.map(\.expression), transfer.map(\.expression), batteryTests.map(\.expression),
            batteryTestResults.map(\.expression), transferStatuses.map(\.expression), Array(facts.values),
            Array(transferFacts.values), members.map(\.hasAlarm), members.compactMap(\.isOperating), members.compactMap(\.isAvailable),
            members.compactMap(\.isAboutToStop),
        ]
        return lists.joined().reduce(into: []) { $0.formUnion($1.codes) }
    }
}
