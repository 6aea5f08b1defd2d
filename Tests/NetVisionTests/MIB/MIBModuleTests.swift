import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct MIBModuleTests {
    static let modules: [MIBModule] = [.netVision7, .netVision6, .netVision5, .rfc1628, .rfc1628WholeUnits]

    @Test(arguments: modules) func objectsAreUnique(_ module: MIBModule) {
        let objects = module.cells.map(\.object) + module.alarmFlags + module.identity.map { module.object($0.tail) }
        #expect(Set(objects).count == objects.count)
    }

    @Test(arguments: modules) func columnsHaveALineInTheirVariableOrMeanTheDevice(_ module: MIBModule) {
        for point in module.points where point.lines == nil { #expect(!point.variable.hasLine, "\(point.name)") }
    }

    @Test func alarmsAreNumberedAsInTheirMIBs() {
        #expect(MIBModule.netVision7.alarms.count == 62)
        #expect(MIBModule.netVision6.alarms.count == 87)
        #expect(MIBModule.rfc1628.alarms.count == 24)
        let old = MIBModule.netVision6.alarms
        let known: [(Int, Alarm)] = [
            (2, .onBattery), (3, .lowBattery), (5, .temperature), (8, .overload), (9, .onBypass), (20, .communicationLost),
            (50, .imminentStop), (62, .redundancyLost), (79, .fanFailure), (81, .bypassCritical), (85, .batteryTemperature),
        ]
        for (number, alarm) in known { #expect(old[number - 1] == alarm) }
        #expect(old[85].name == "upsAlarmRecRedundancy")
        #expect(old[86].name == "upsAlarmInvRedundancy")
    }

    /// The wrong map once shut nobody down.
    @Test func outputSourcesAreThoseOfTheirMIB() {
        expect(
            .netVision7,
            [.unknown, .maintenanceBypass, .inverter, .normal, .eco, .bypass, .standby, .off, .lineInteractive, .flex])
        expect(.netVision6, [.unknown, .inverter, .bypass, .eco, .bypass, .standby, .maintenanceBypass, .off, .normal])
        expect(.netVision5, [.unknown, .off, .normal, .bypass, .battery, .lineInteractive, .lineInteractive, .standby, .eco])
        expect(.rfc1628, [.unknown, .off, .normal, .bypass, .battery, .lineInteractive, .lineInteractive])
    }

    private func expect(_ module: MIBModule, _ sources: [OutputSource]) {
        for (index, source) in sources.enumerated() { #expect(module.outputSource[index + 1] == source, "\(module.name) \(index + 1)") }
        #expect(module.outputSource[0] == nil)
        #expect(module.outputSource[sources.count + 1] == nil)
    }

    @Test func batteryStatusesAreThoseOfTheirMIB() {
        let new: [BatteryStatus] = [.unknown, .normal, .charging, .test, .discharging, .low, .depleted, .failure, .disconnected]
        for (index, status) in new.enumerated() { #expect(MIBModule.netVision7.batteryStatus[index + 1] == status) }
        let old: [BatteryStatus] = [.unknown, .normal, .low, .depleted, .discharging, .failure, .disconnected]
        for (index, status) in old.enumerated() { #expect(MIBModule.netVision6.batteryStatus[index + 1] == status) }
        let rfc: [BatteryStatus] = [.unknown, .normal, .low, .depleted]
        for (index, status) in rfc.enumerated() { #expect(MIBModule.rfc1628.batteryStatus[index + 1] == status) }
    }

    @Test func everyValueHasANumberThatMeansItOrNearlyIt() {
        for module in Self.modules {
            for source in OutputSource.allCases {
                let meaning = module.outputSource[Int(module.outputSource.code(of: source))]
                #expect(source == .unknown || meaning != .unknown, "\(module.name) \(source)")
            }
            #expect(module.outputSource.code(of: nil) == 1)
        }
    }
}

extension MIBModule: CustomTestStringConvertible {
    package var testDescription: String { name }
}
