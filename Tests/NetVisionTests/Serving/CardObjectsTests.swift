import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct CardObjectsTests {
    private let facts = CardFacts(
        model: "MASTERYS BC+", serial: "3G20411208", firmware: "8.40", reference: "A-12", systemName: "ups-hall-3",
        systemContact: "it@example.org", systemLocation: "Hall 3", mac: [0, 0xE0, 0xD8, 0xFF, 0xC1, 0x90], units: 2, unitPower: 10_000,
        isRemoteControlEnabled: true)

    private let threePhase = DeviceState(
        isCommunicating: true, outputSource: .inverter, batteryStatus: .charging, alarms: [.fanFailure, .module2],
        readings: [
            .batteryCharge: 97, .batteryRuntime: 1260, .batteryVoltage: 396.4, .batteryCurrent: -3.1, .ambientTemperature: 28.5,
            .inputFrequency: 49.9, .outputFrequency: 50, .bypassFrequency: 50, .load: 50, .power: 10_000, .realpower: 9000,
            .powerNominal: 20_000, Variable("input.L1-N.voltage"): 230.1, Variable("input.L2-N.voltage"): 231.5,
            Variable("input.L3-N.voltage"): 229.8, Variable("output.L1-N.voltage"): 230, Variable("output.L2-N.voltage"): 230.2,
            Variable("output.L3-N.voltage"): 229.9, Variable("output.L1.power.percent"): 50, Variable("output.L2.power.percent"): 51,
            Variable("output.L3.power.percent"): 49, Variable("output.L1.current"): 14.4, Variable("input.bypass.L2-N.voltage"): 230.5,
        ], inputLines: 3, outputLines: 3, bypassLines: 3)

    private let singlePhase = DeviceState(
        isCommunicating: true, outputSource: .normal, batteryStatus: .discharging, alarms: [.onBattery],
        readings: [
            .batteryCharge: 60, .batteryRuntime: 300, .batteryRuntimeElapsed: 42, .load: 12, Variable("output.power.percent"): 12,
            .power: 400, Variable("output.power"): 400, Variable("input.voltage"): 0, Variable("output.voltage"): 230,
        ])

    /// Everything that CardAgent serves for a UPS.
    private func tree(_ state: DeviceState, rfcAlarms: Set<Int> = []) -> ObjectTree {
        let objects = CardObjects(state, of: facts)
        func module(_ module: MIBModule, _ active: Set<Int>) -> [ManagedObject] {
            var table = AlarmTable()
            _ = table.update(active: active, uptime: 0)
            return objects.objects(of: module, alarms: table.rows)
        }
        return ObjectTree(
            objects.system { 4711 } + objects.interfaces() + objects.configuration()
                + module(.netVision7, MIBModule.netVision7.alarmNumbers(of: state.alarms))
                + module(.netVision6, MIBModule.netVision6.alarmNumbers(of: state.alarms)) + module(.rfc1628, rfcAlarms))
    }

    private func answers(_ tree: ObjectTree) -> [VariableBinding] {
        tree.indices.map { VariableBinding(tree[$0].name, tree[$0].value) }
    }

    @Test func whatIsServedIsReadAsTheSameState() throws {
        for state in [threePhase, singlePhase] {
            let answers = answers(tree(state))
            let card = try #require(CardIdentity(answers))
            #expect(card.generation == .cardAgent)
            #expect(DeviceState(answers, from: card) == state)
        }
    }

    @Test(arguments: OutputSource.allCases) func outputSourceSurvives(_ source: OutputSource) {
        let state = DeviceState(isCommunicating: true, outputSource: source, batteryStatus: .normal)
        let read = DeviceState(answers(tree(state)), from: CardIdentity(generation: .cardAgent))
        // The private MIB has no number for the battery.
        #expect(read.outputSource == (source == .battery ? .inverter : source))
    }

    @Test func everyWellKnownAlarmSurvives() {
        for alarm in Alarm.wellKnown where alarm != .communicationLost {
            let state = DeviceState(isCommunicating: true, outputSource: .inverter, batteryStatus: .normal, alarms: [alarm])
            #expect(DeviceState(answers(tree(state)), from: CardIdentity(generation: .cardAgent)).alarms == [alarm])
        }
    }

    @Test func identityIsRead() throws {
        let card = try #require(CardIdentity(answers(tree(threePhase))))
        #expect(
            card
                == CardIdentity(
                    generation: .cardAgent, firmware: "8.40", agent: "Net Vision 8 v8.40", model: "MASTERYS BC+", serial: "3G20411208",
                    mac: "00:E0:D8:FF:C1:90", name: "ups-hall-3", contact: "it@example.org", location: "Hall 3"))
    }

    @Test func olderClientsReadTheOlderModules() {
        let answers = answers(tree(threePhase, rfcAlarms: [16]))
        let old = DeviceState(
            answers.filter { $0.name.isDescendant(of: MIBModule.netVision6.root) }, from: CardIdentity(generation: .netVision6))
        #expect(old.outputSource == .inverter)
        #expect(old.alarms == [.fanFailure, .module2])
        #expect(old.readings[Variable("output.L2-N.voltage")] == 230.2)
        let rfc = DeviceState(answers, from: CardIdentity(generation: .rfc1628))
        #expect(rfc.outputSource == .normal)
        #expect(rfc.alarms == [.fanFailure])
        #expect(rfc.readings[.batteryVoltage] == 396.4)
        #expect(rfc.readings[Variable("output.L2-N.voltage")] == 230)
    }

    @Test func dischargingBatteryIsTheSourceInRFC1628() {
        let tree = tree(singlePhase)
        #expect(tree.object(at: "1.3.6.1.2.1.33.1.4.1.0")?.value == .integer(5))
        #expect(tree.object(at: "1.3.6.1.4.1.4555.1.1.7.1.4.1.0")?.value == .integer(4))
        #expect(tree.object(at: "1.3.6.1.2.1.33.1.4.4.1.5.1")?.value == .integer(12))
    }

    @Test func notManagedIsMinusOneWhereStarred() {
        let tree = tree(DeviceState(isCommunicating: true, outputSource: .inverter, batteryStatus: .normal))
        let root = MIBModule.netVision7.root
        for starred in ["2.6.0", "3.3.1.3.1", "4.4.1.5.1", "4.4.1.6.1", "4.5.0", "4.6.0", "5.3.1.3.1"] {
            #expect(tree.object(at: MIBModule.netVision7.object(starred))?.value == .integer(-1), "\(starred)")
        }
        for other in ["2.3.0", "2.5.0", "3.2.0", "4.2.0", "4.7.0", "5.1.0", "8.1.0"] {
            #expect(tree.object(at: MIBModule.netVision7.object(other))?.value == .integer(65535), "\(other)")
        }
        #expect(tree.object(at: root.appending(2, 2, 0))?.value == .integer(0))
        #expect(!answers(tree).contains { $0.value == .integer(655_350) })
    }

    @Test func privateBranchHasIntegersOnly() {
        for binding in answers(tree(threePhase)) where binding.name.isDescendant(of: MIBModule.netVision7.root) {
            switch binding.value {
            case .integer, .octetString, .objectIdentifier, .timeTicks: break
            default: Issue.record("\(binding)")
            }
        }
    }

    @Test func alarmTableHasOneRowAFlag() {
        let tree = tree(threePhase, rfcAlarms: [16])
        let module = MIBModule.netVision7
        #expect(tree.object(at: module.object("6.1.0"))?.value == .integer(2))
        #expect(answers(tree).count { $0.name.isDescendant(of: module.object("6.3")) } == 62)
        #expect(tree.object(at: module.object("6.2.1.1.1"))?.value == .integer(1))
        #expect(tree.object(at: module.object("6.2.1.2.1"))?.value == .objectIdentifier("1.3.6.1.4.1.4555.1.1.7.1.6.3.32"))
        #expect(tree.object(at: module.object("6.2.1.3.1"))?.value == .timeTicks(0))
        #expect(tree.object(at: "1.3.6.1.2.1.33.1.6.1.0")?.value == .gauge32(1))
        #expect(tree.object(at: "1.3.6.1.2.1.33.1.6.2.1.2.1")?.value == .objectIdentifier("1.3.6.1.2.1.33.1.6.3.16"))
        // RFC 1628's row number is not accessible.
        #expect(tree.object(at: "1.3.6.1.2.1.33.1.6.2.1.1.1") == nil)
    }

    @Test func lostCommunicationServesNoReading() {
        var state = threePhase
        state.isCommunicating = false
        state.alarms = [.communicationLost]
        let answers = answers(tree(state))
        let read = DeviceState(answers, from: CardIdentity(generation: .cardAgent))
        #expect(!read.isCommunicating)
        #expect(read.readings.isEmpty)
        #expect(answers.contains { $0.name == "1.3.6.1.4.1.4555.1.1.7.1.4.1.0" && $0.value == .integer(1) })
        #expect(answers.contains { $0.name == "1.3.6.1.4.1.4555.1.1.7.1.2.4.0" && $0.value == .integer(65535) })
    }

    @Test func systemGroupIsThatOfANetVision8() {
        let tree = tree(threePhase)
        #expect(tree.object(at: "1.3.6.1.2.1.1.1.0")?.value == .text("NetVision-8"))
        #expect(tree.object(at: "1.3.6.1.2.1.1.2.0")?.value == .objectIdentifier("1.3.6.1.4.1.4555.1.1.7"))
        #expect(tree.object(at: "1.3.6.1.2.1.1.3.0")?.value == .timeTicks(4711))
        #expect(tree.object(at: "1.3.6.1.2.1.1.7.0")?.value == .integer(72))
        #expect(tree.object(at: "1.3.6.1.4.1.4555.1.1.7.1.8.1.0")?.value == .integer(200))
        #expect(tree.object(at: "1.3.6.1.4.1.4555.1.1.7.1.8.2.0")?.value == .integer(2))
        #expect(tree.object(at: "1.3.6.1.4.1.4555.1.1.7.1.8.4.0")?.value == .integer(1))
    }

    @Test func transferSwitchNamesItself() {
        let objects = CardObjects(DeviceState(kind: .sts, isCommunicating: true), of: facts).system { 0 }
        #expect(CardIdentity(objects.map { VariableBinding($0.name, $0.value) })?.kind == .sts)
    }

    @Test func everyObjectIsDeclaredAndKeepsToItsDeclaration() {
        let silent = DeviceState(isCommunicating: false, alarms: [.communicationLost])
        for state in [threePhase, singlePhase, silent] {
            let tree = tree(state, rfcAlarms: [2])
            for object in tree.indices.map({ tree[$0] }) {
                guard let type = object.type else {
                    Issue.record("\(object.name) has no declaration")
                    continue
                }
                #expect(object.name.isDescendant(of: type.oid), "\(type.name)")
                #expect(type.syntax.refusal(of: object.value) == nil, "\(type.name) is \(object.value)")
                #expect(type.access != .notAccessible, "\(type.name)")
            }
        }
    }

    @Test func theFilesHaveWhatIsServedOfTheirBranchAndNothingElse() {
        for module in [NVFleetModules.ups, NVFleetModules.ups5] {
            let tree = tree(threePhase)
            let served = Set(
                tree.indices.map { tree[$0] }.filter { $0.name.isDescendant(of: module.root.oid) }.compactMap { $0.type?.name })
            // CardAgent's own are served by it.
            let groups: [ObjectType] =
                module.name == NVFleetModules.ups.name
                ? AgentGroup.netVision7.all + ControlGroup.netVision7.all + SensorGroup.all
                : AgentGroup.netVision6.all + ControlGroup.netVision6.all + OlderTestGroup.all
            let own = Set((groups + ConfigGroup.devices).map(\.name))
            #expect(served == Set(module.objects.map(\.name)).subtracting(own), "\(module.name)")
        }
    }

    @Test func longStringsAreCutToTheMIBsSize() {
        let objects = CardObjects(singlePhase, of: CardFacts(model: String(repeating: "M", count: 64), serial: "1", firmware: "8.40"))
        let model = objects.objects(of: .netVision7, alarms: []).first { $0.name == "1.3.6.1.4.1.4555.1.1.7.1.1.1.0" }
        #expect(model?.value.text?.count == 31)
    }
}
