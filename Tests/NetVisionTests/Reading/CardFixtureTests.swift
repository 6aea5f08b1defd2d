import NetVision
import PowerDevice
import SNMP
import Testing

@Suite struct CardFixtureTests {
    @Test func fixturesAreFound() {
        #expect(CardFixture.all.count >= 17)
    }

    @Test(arguments: CardFixture.all) func isUnderstoodAsExpected(_ fixture: CardFixture) throws {
        let card = CardIdentity(fixture.bindings)
        guard let expected = fixture.expectation else {
            #expect(card == nil)
            return
        }
        let identity = try #require(card)
        #expect(identity.generation.rawValue == expected.generation)
        #expect(identity.kind.rawValue == expected.kind)
        #expect(identity.model == expected.model)
        #expect(identity.agent == expected.agent)
        #expect(identity.firmware == expected.firmware)
        #expect(identity.serial == expected.serial)
        #expect(identity.mac == expected.mac)
        #expect(identity.name == expected.name)
        expect(DeviceState(fixture.bindings, from: identity), expected)
    }

    /// The objects that the reader asks for are enough: recognition, identification, probe, first and second whole read.
    @Test(arguments: CardFixture.all) func isUnderstoodFromWhatIsAsked(_ fixture: CardFixture) throws {
        let recognition = fixture.answers(to: CardIdentity.recognitionObjects)
        guard let expected = fixture.expectation else {
            #expect(CardIdentity(recognition) == nil)
            return
        }
        let recognised = try #require(CardIdentity(recognition))
        let card = try #require(CardIdentity(recognition + fixture.answers(to: CardIdentity.objects(of: recognised))))
        #expect(card == CardIdentity(fixture.bindings))

        let complete = ReadPlan(for: card, probed: fixture.answers(to: ReadPlan.probe(card)))
        let first = read(fixture, complete.all, complete)
        expect(DeviceState(first, from: card), expected)

        let learnt = complete.learnt(from: first)
        let second = read(fixture, learnt.all, learnt)
        expect(DeviceState(second, from: card), expected)
        let missing = Set(learnt.all).subtracting(second.map(\.name))
        #expect(missing.isSubset(of: ReadPlan.probe(card)), "a learnt plan asks for no measurement that is missing")
        #expect(!learnt.isOutdated(by: second))

        let status = DeviceState(read(fixture, learnt.status, learnt), from: card)
        expect(DeviceState(first, from: card).refreshed(by: status), expected)
    }

    private func read(_ fixture: CardFixture, _ objects: [OID], _ plan: ReadPlan) -> [VariableBinding] {
        let rows = plan.alarmTables.flatMap { table in fixture.bindings.filter { $0.name.isDescendant(of: table.descriptions) } }
        return fixture.answers(to: objects) + rows
    }

    private func expect(_ state: DeviceState, _ expected: CardFixture.Expectation) {
        #expect(state.outputSource?.rawValue == expected.source)
        #expect(state.batteryStatus?.rawValue == expected.battery)
        #expect(state.alarms.map(\.name).sorted() == expected.alarms)
        #expect(state.isCommunicating == expected.communicating)
        #expect(OperatingStatus(state).rawValue == expected.status)
        #expect([state.inputLines, state.outputLines, state.bypassLines] == expected.lines)
        let readings = Dictionary(uniqueKeysWithValues: state.readings.map { ($0.key.rawValue, $0.value) })
        #expect(Set(readings.keys) == Set(expected.readings.keys))
        for (name, value) in expected.readings { #expect(readings[name] == value, "\(name)") }
    }
}
