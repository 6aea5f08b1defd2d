/// What the battery test page tells (manual 12.7.2).
package struct BatteryTestState: Sendable, Equatable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case inProgress
        case onStandby
        case programmed
        /// A test can be started now.
        case enabled
        case disabled

        package var title: String {
            switch self {
            case .inProgress: "In progress"
            case .onStandby: "On standby"
            case .programmed: "Programmed"
            case .enabled: "Enabled"
            case .disabled: "Disabled"
            }
        }
    }

    /// How the last test ended. Registers tell of one that went wrong only: that one went well is for the card to remember.
    package enum Result: String, Sendable, Codable, CaseIterable {
        case failed
        case interrupted
        case ok
        case noTest

        package var title: String {
            switch self {
            case .failed: "Failed"
            case .interrupted: "Interrupted"
            case .ok: "OK"
            case .noTest: "No test"
            }
        }
    }

    package var status: Status
    package var result: Result

    package init(status: Status, result: Result) {
        self.status = status
        self.result = result
    }
}

extension DeviceMap {
    /// The battery test of a UPS with `profile`; nil for a device without battery. `hasPassed` says that the card saw a test end well.
    package func batteryTestState(
        of registers: RegisterFile, snapshot: DeviceSnapshot, profile: ControlProfile, hasPassed: Bool = false
    ) -> BatteryTestState? {
        guard kind == .ups, snapshot.plate.hasBattery, snapshot.state.isCommunicating else { return nil }
        let holds = { (expression: AlarmExpression) in self.holds(expression, in: registers) }
        let isPermitted = profile.permitted(on: self, registers: registers).contains(.startBatteryTest)
        return BatteryTestState(
            status: StateRules.first(stateRules.batteryTests, holds) ?? (isPermitted ? .enabled : .disabled),
            result: StateRules.first(stateRules.batteryTestResults, holds) ?? (hasPassed ? .ok : .noTest))
    }
}
