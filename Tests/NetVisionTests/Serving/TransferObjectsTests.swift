import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct TransferObjectsTests {
    private static let root: OID = "1.3.6.1.4.1.4555.1.1.10.1"
    private let facts = CardFacts(
        model: "STATYS XS", serial: "STS0012345", firmware: "8.40", upsFirmware: "2.10", reference: "A-12", unitLocation: "Row 7",
        systemName: "sts-hall-3", systemContact: "it@example.org", systemLocation: "Hall 3", mac: [0, 0xE0, 0xD8, 0xFF, 0xC1, 0x91])

    private let threePhase = DeviceState(
        kind: .sts, isCommunicating: true, alarms: [.stsString2Alarm, .stsGeneralAlarm],
        readings: [
            Variable("input.1.L1-N.voltage"): 230, Variable("input.1.L2-N.voltage"): 231, Variable("input.1.L3-N.voltage"): 229,
            Variable("input.2.L1-N.voltage"): 228, Variable("input.1.frequency"): 49.9, Variable("input.2.frequency"): 50.1,
            .outputFrequency: 49.9, .load: 43, Variable("output.L1-N.voltage"): 230, Variable("output.L1.current"): 87,
            Variable("output.L1.power"): 20_000, Variable("output.L1.realpower"): 18_000, Variable("output.L1.crestfactor"): 1.4,
            Variable("output.L1.powerfactor"): 0.92,
        ], inputLines: 3, outputLines: 3,
        transfer: TransferState(
            source1: .ok, source2: .outOfTolerance, preferredSource: 1, interaction: .sliding, load: .preferredSource, output: .switch1))

    private func tree(_ state: DeviceState) -> ObjectTree {
        let objects = CardObjects(state, of: facts)
        return ObjectTree(objects.system { 4711 } + objects.interfaces() + objects.device(alarms: .init()))
    }

    private func answers(_ state: DeviceState) -> [VariableBinding] {
        let tree = tree(state)
        return tree.indices.map { VariableBinding(tree[$0].name, tree[$0].value) }
    }

    @Test func whatIsServedIsReadAsTheSameState() throws {
        let answers = answers(threePhase)
        let card = try #require(CardIdentity(answers))
        #expect(DeviceState(answers, from: card) == threePhase)
    }

    @Test func randomStatesAreReadAsTheyAreServed() {
        var random = SeededNumbers(seed: 20_261_123)
        for _ in 0..<500 {
            let state = randomState(&random)
            #expect(DeviceState(answers(state), from: CardIdentity(generation: .cardAgent, kind: .sts)) == state)
        }
    }

    private func randomState(_ random: inout SeededNumbers) -> DeviceState {
        let lines = Bool.random(using: &random) ? 3 : 1
        let transfer = TransferState(
            source1: .allCases.randomElement(using: &random) ?? .ok, source2: .allCases.randomElement(using: &random) ?? .ok,
            preferredSource: [nil, 1, 2].randomElement(using: &random) ?? nil,
            interaction: .allCases.randomElement(using: &random) ?? .unknown, load: .preferredSource,
            output: .allCases.randomElement(using: &random) ?? .off)
        var readings: [Variable: Double] = [:]
        for cell in TransferModule.standard.cells where cell.line <= (cell.point.lines == nil ? 1 : lines) {
            // Numbers that fit all units, and are never a mark.
            if Bool.random(using: &random) {
                readings[cell.variable(of: lines)] = cell.point.value(raw: Int.random(in: 0...450, using: &random))
            }
        }
        return DeviceState(
            kind: .sts, isCommunicating: true, alarms: Set(Alarm.stsWellKnown.filter { _ in Bool.random(using: &random) }),
            readings: readings, inputLines: lines, outputLines: lines, transfer: transfer)
    }

    @Test func objectsHaveTheNumbersOfTheMIB() {
        let tree = tree(threePhase)
        let expected: [(String, Int32)] = [
            ("2.1.0", 2), ("2.2.0", 2), ("2.3.0", 499), ("2.4.0", 3), ("2.5.1.1.3", 3), ("2.5.1.2.2", 231), ("3.1.0", 4), ("3.2.0", 1),
            ("3.3.0", 501), ("3.4.0", 3), ("3.5.1.2.1", 228), ("3.5.1.2.2", 65535), ("4.1.0", 3), ("5.1.0", 2), ("5.2.0", 2),
            ("5.3.0", 499), ("5.4.0", 43), ("5.5.0", 3), ("5.6.1.1.1", 1), ("5.6.1.2.1", 230), ("5.6.1.3.1", 87), ("5.6.1.4.1", 20),
            ("5.6.1.5.1", 18), ("5.6.1.6.1", 14), ("5.6.1.7.1", 92), ("6.1.1.0", 0), ("6.1.6.0", 1), ("6.1.8.0", 1), ("6.1.9.0", 0),
        ]
        for (tail, number) in expected {
            #expect(tree.object(at: OID("\(Self.root).\(tail)") ?? .zeroDotZero)?.value == .integer(number), "\(tail)")
        }
        let texts = [
            ("1.1.0", "STATYS XS"), ("1.2.0", "STS0012345"), ("1.3.0", "2.10"), ("1.4.0", "Net Vision 8 v8.40"), ("1.5.0", "A-12"),
            ("1.6.0", "Row 7"), ("1.7.0", "sts-hall-3"), ("1.8.0", "it@example.org"), ("1.9.0", "Hall 3"), ("7.1.0", ""),
        ]
        for (tail, text) in texts {
            #expect(tree.object(at: OID("\(Self.root).\(tail)") ?? .zeroDotZero)?.value == .text(text), "\(tail)")
        }
    }

    @Test func cardOfATransferSwitchHasNoBranchOfAUPS() {
        let names = answers(threePhase).map(\.name)
        for branch in [MIBModule.netVision7, .netVision6, .rfc1628].map(\.root) {
            #expect(!names.contains { $0.isDescendant(of: branch) }, "\(branch)")
        }
        let ups = CardObjects(DeviceState(isCommunicating: true), of: facts).device(alarms: .init()).map(\.name)
        #expect(!ups.contains { $0.isDescendant(of: Self.root) })
        #expect(ups.contains { $0.isDescendant(of: MIBModule.rfc1628.root) })
    }

    @Test func theFileHasWhatIsServedAndNothingElse() {
        let tree = tree(threePhase)
        let module = NVFleetModules.sts
        let served = Set(tree.indices.map { tree[$0] }.filter { $0.name.isDescendant(of: module.root.oid) }.compactMap { $0.type?.name })
        #expect(served == Set(module.objects.map(\.name)))
        for object in tree.indices.map({ tree[$0] }) {
            #expect(object.type?.syntax.refusal(of: object.value) == nil, "\(object.name) is \(object.value)")
        }
    }

    @Test func lostCommunicationIsReadAsSuch() {
        let silent = DeviceState(kind: .sts, isCommunicating: false, alarms: [.communicationLost])
        let answers = answers(silent)
        #expect(DeviceState(answers, from: CardIdentity(generation: .cardAgent, kind: .sts)) == silent)
        #expect(answers.contains { $0.name == Self.root.appending(5, 1, 0) && $0.value == .integer(1) })
        #expect(answers.contains { $0.name == Self.root.appending(5, 4, 0) && $0.value == .integer(65535) })
    }

    @Test func voltagesBetweenLinesStandWhereThereIsNoNeutral() {
        var state = threePhase
        state.readings = [Variable("input.1.L1-L2.voltage"): 400, Variable("output.L3-L1.voltage"): 401]
        let tree = tree(state)
        #expect(tree.object(at: Self.root.appending(2, 5, 1, 2, 1))?.value == .integer(400))
        #expect(tree.object(at: Self.root.appending(5, 6, 1, 2, 3))?.value == .integer(401))
    }

    @Test func marksAndNumbersThatTheMIBDoesNotDefineAreNothing() {
        let bindings = [
            VariableBinding(Self.root.appending(2, 1, 0), .integer(9)), VariableBinding(Self.root.appending(5, 1, 0), .integer(2)),
            VariableBinding(Self.root.appending(2, 3, 0), .integer(65535)), VariableBinding(Self.root.appending(5, 4, 0), .integer(-1)),
            VariableBinding(Self.root.appending(5, 5, 0), .integer(65535)), VariableBinding(Self.root.appending(5, 3, 0), .integer(501)),
        ]
        let state = DeviceState(bindings, from: CardIdentity(generation: .netVision8, kind: .sts))
        #expect(
            state
                == DeviceState(
                    kind: .sts, isCommunicating: true, readings: [.outputFrequency: 50.1], transfer: TransferState(load: .preferredSource)))
    }

    @Test func switchIsRecognisedByItsBranchAlone() throws {
        let agent = VariableBinding("1.3.6.1.4.1.4555.1.1.10.1.1.4.0", .text("Net Vision 7 v7.20"))
        let linux = VariableBinding(SystemObjects.objectID, .objectIdentifier("1.3.6.1.4.1.8072.3.2.10"))
        let card = try #require(CardIdentity([linux, agent]))
        #expect(card == CardIdentity(generation: .netVision7, kind: .sts, firmware: "7.20", agent: "Net Vision 7 v7.20"))
        #expect(CardIdentity.recognitionObjects.contains(agent.name))
    }

    @Test func identityIsRead() throws {
        let card = try #require(CardIdentity(answers(threePhase)))
        #expect(
            card
                == CardIdentity(
                    generation: .cardAgent, kind: .sts, firmware: "8.40", agent: "Net Vision 8 v8.40", model: "STATYS XS",
                    serial: "STS0012345", mac: "00:E0:D8:FF:C1:91", name: "sts-hall-3", contact: "it@example.org", location: "Hall 3"))
    }

    @Test func planAsksForWhatIsThereAndLearnsTheRest() throws {
        let values = Dictionary(uniqueKeysWithValues: answers(threePhase).map { ($0.name, $0.value) })
        func ask(_ objects: [OID]) -> [VariableBinding] { objects.map { VariableBinding($0, values[$0] ?? .noSuchObject) } }
        let card = try #require(CardIdentity(answers(threePhase)))
        let complete = ReadPlan(for: card, probed: ask(ReadPlan.probe(card)))
        #expect(DeviceState(ask(complete.all), from: card) == threePhase)
        let learnt = complete.learnt(from: ask(complete.all))
        #expect(learnt.all == complete.all)
        let status = DeviceState(ask(learnt.status), from: card)
        #expect(status.transfer == threePhase.transfer)
        #expect(status.alarms == threePhase.alarms)
        #expect(threePhase.refreshed(by: status) == threePhase)
        #expect(!learnt.isOutdated(by: ask(learnt.all)))
        let other = [VariableBinding("1.3.6.1.4.1.4555.1.1.10.1.1.4.0", .text("Net Vision 8 v8.41"))]
        #expect(learnt.isOutdated(by: other))
    }
}

/// SplitMix64: the same numbers in every run.
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
