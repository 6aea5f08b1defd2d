import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

/// Cards whose agents behave badly: what is read of them is right, or missing; it is never wrong.
@Suite struct CardReaderMannersTests {
    private static let rfc: OID = "1.3.6.1.2.1.33.1"
    private static let alarmRows = rfc.appending(6, 2, 1, 2)

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var version = SNMPVersion.v2c
        var versions: Set<SNMPVersion> = [.v1, .v2c]
        let manner: ScriptedAgent.Manner
    }

    private static let cases: [Case] = [
        Case(testDescription: "answers GETNEXT only") { $0.kind == .get || $0.kind == .getBulk ? [] : [.init(pdu: $1)] },
        Case(testDescription: "answers GETNEXT only, and genErr to the rest") { request, answer in
            guard request.kind != .getNext else { return [.init(pdu: answer)] }
            return [.init(pdu: PDU(.response, requestID: request.requestID, errorStatus: .genErr, bindings: request.bindings))]
        },
        Case(testDescription: "hangs over more than three names") { $0.kind == .get && $0.bindings.count > 3 ? [] : [.init(pdu: $1)] },
        Case(testDescription: "hangs over more than twelve names") { $0.kind == .get && $0.bindings.count > 12 ? [] : [.init(pdu: $1)] },
        Case(testDescription: "hangs over GETBULK") { $0.kind == .getBulk ? [] : [.init(pdu: $1)] },
        Case(testDescription: "hangs over GETBULK of more than two rows") {
            $0.kind == .getBulk && $0.maxRepetitions > 2 ? [] : [.init(pdu: $1)]
        },
        Case(testDescription: "cuts what GETBULK brings") { request, answer in
            var short = answer
            if request.kind == .getBulk { short.bindings = Array(answer.bindings.prefix(1)) }
            return [.init(pdu: short)]
        },
        Case(testDescription: "version 1 only", version: .v1, versions: [.v1]) { [.init(pdu: $1)] },
        Case(testDescription: "answers after the repetition") { [.init(pdu: $1, delay: .milliseconds(90))] },
        Case(testDescription: "answers twice") { [.init(pdu: $1), .init(pdu: $1)] },
        Case(testDescription: "answers twice, once late") { [.init(pdu: $1), .init(pdu: $1, delay: .milliseconds(30))] },
        Case(testDescription: "first answers another request") { request, answer in
            var other = answer
            other.requestID = request.requestID ^ 1
            other.bindings = answer.bindings.map { VariableBinding($0.name, .integer(1)) }
            return [.init(pdu: other), .init(pdu: answer)]
        },
        Case(testDescription: "tooBig") { request, answer in
            guard request.bindings.count > 4 || request.maxRepetitions > 2 && request.kind == .getBulk else { return [.init(pdu: answer)] }
            return [.init(pdu: PDU(.response, requestID: request.requestID, errorStatus: .tooBig))]
        },
        Case(testDescription: "adds a binding") { request, answer in
            var more = answer
            if request.kind == .get { more.bindings.append(VariableBinding(rfc.appending(4, 1, 0), .integer(3))) }
            return [.init(pdu: more)]
        },
    ]

    @Test(arguments: cases) func isReadAllTheSame(_ manners: Case) async throws {
        let fixture = try CardFixture.named("rfc1628_foreign_on-battery")
        let agent = ScriptedAgent(fixture.bindings, versions: manners.versions, manner: manners.manner)
        try await agent.serve { reader, address in
            let target = SNMPTarget(address, version: manners.version, timeout: .milliseconds(60), retries: 2)
            let card = try #require(try await reader.identify(target))
            #expect(card == CardIdentity(fixture.bindings))
            var plan = try await reader.plan(for: card, at: target)
            for scope in [ReadPlan.Scope.all, .all, .status] {
                let reading = try await reader.read(scope, of: card, by: plan, at: target)
                plan = reading.plan
                #expect(reading.state.alarms.map(\.name).sorted() == fixture.expectation?.alarms)
                #expect(OperatingStatus(reading.state) == .onBattery)
                if scope == .all { #expect(reading.state == DeviceState(fixture.bindings, from: card)) }
            }
        }
    }

    private func read(
        _ objects: [VariableBinding], manner: @escaping ScriptedAgent.Manner = ScriptedAgent.good
    ) async throws -> (card: CardIdentity, first: DeviceState, status: DeviceState) {
        var result: (CardIdentity, DeviceState, DeviceState)?
        try await ScriptedAgent(objects, manner: manner).serve { reader, address in
            let target = SNMPTarget(address, timeout: .milliseconds(100), retries: 0)
            let card = try #require(try await reader.identify(target))
            let first = try await reader.read(.all, of: card, by: try await reader.plan(for: card, at: target), at: target)
            let status = try await reader.read(.status, of: card, by: first.plan, at: target)
            result = (card, first.state, status.state)
        }
        return try #require(result)
    }

    private func foreign(_ changes: [String: SNMPValue?]) throws -> [VariableBinding] {
        let fixture = try CardFixture.named("rfc1628_foreign_on-battery")
        let changed = Dictionary(uniqueKeysWithValues: changes.compactMap { tail, value in OID("\(Self.rfc).\(tail)").map { ($0, value) } })
        let kept = fixture.bindings.filter { !changed.keys.contains($0.name) }
        return kept + changed.compactMap { name, value in value.map { VariableBinding(name, $0) } }
    }

    @Test func oneObjectThatFailsTakesNoOtherWithIt() async throws {
        let fixture = try CardFixture.named("rfc1628_foreign_on-battery")
        let bad = Self.rfc.appending(2, 5, 0)
        let states = try await read(fixture.bindings) { request, answer in
            guard let index = request.bindings.firstIndex(where: { $0.name == bad }) else { return [.init(pdu: answer)] }
            let failure = PDU(
                .response, requestID: request.requestID, errorStatus: .genErr, errorIndex: Int32(index + 1), bindings: request.bindings)
            return [.init(pdu: failure)]
        }
        var expected = DeviceState(fixture.bindings, from: states.card)
        expected.readings[.batteryVoltage] = nil
        #expect(states.first == expected)
    }

    /// The count says two, and nothing names them: alarms all the same.
    @Test(arguments: ["endless", "silent", "backwards"]) func anAlarmTableThatCannotBeReadIsAnAlarm(_ kind: String) async throws {
        let table = Self.alarmRows
        let row = VariableBinding(table.appending(3), .objectIdentifier(Self.rfc.appending(6, 3, 2)))
        let states = try await read(try CardFixture.named("rfc1628_foreign_on-battery").bindings) { request, answer in
            let isTable = request.kind != .get && request.bindings.contains { $0.name == table || $0.name.isDescendant(of: table) }
            guard isTable else { return [.init(pdu: answer)] }
            if kind == "silent" { return [] }
            let again = kind == "endless" ? [row, row, row] : [row, VariableBinding(table.appending(1), row.value)]
            return [.init(pdu: PDU(.response, requestID: request.requestID, bindings: again))]
        }
        for state in [states.first, states.status] {
            #expect(state.alarms.contains(.unidentified))
            #expect(state.isCommunicating)
            #expect(state.alarms.contains(.onBattery) == (kind != "silent"))
        }
    }

    struct Rows: Sendable {
        /// What NumLines says; nil: it is missing.
        let count: Int32?
        let rows: [UInt32]
        /// Lines with their rows.
        let lines: [Int: UInt32]
    }

    @Test(arguments: [
        Rows(count: 3, rows: [1, 2, 3], lines: [1: 1, 2: 2, 3: 3]), Rows(count: 3, rows: [0, 1, 2], lines: [1: 0, 2: 1, 3: 2]),
        Rows(count: 3, rows: [11, 12, 13], lines: [1: 11, 2: 12, 3: 13]), Rows(count: 2, rows: [1, 3], lines: [1: 1, 3: 3]),
        Rows(count: 1, rows: [0], lines: [1: 0]), Rows(count: 3, rows: [1], lines: [1: 1]),
        Rows(count: nil, rows: [1, 2, 3], lines: [1: 1, 2: 2, 3: 3]),
        Rows(count: 0, rows: [1], lines: [1: 1]), Rows(count: nil, rows: [0, 1, 2], lines: [1: 0, 2: 1, 3: 2]),
    ]) func tablesOfLinesMayCountAsTheyLike(_ table: Rows) async throws {
        var changes: [String: SNMPValue?] = [
            "4.3.0": table.count.map { .gauge32(UInt32($0)) }, "4.4.1.2.1": nil, "4.4.1.3.1": nil, "4.4.1.4.1": nil, "4.4.1.5.1": nil,
        ]
        for row in table.rows { changes["4.4.1.2.\(row)"] = .some(.integer(Int32(220 + row))) }
        let states = try await read(try foreign(changes))
        let count = table.lines.keys.max() ?? 1
        var expected: [Variable: Double] = [:]
        for (line, row) in table.lines {
            expected[VariableTemplate("output.{L-N}.voltage").variable(line: line, of: count)] = Double(220 + row)
        }
        let voltages = states.first.readings.filter { $0.key.rawValue.hasPrefix("output.") && $0.key.rawValue.hasSuffix("voltage") }
        #expect(voltages == expected)
        #expect(states.first.outputLines == count)
    }

    @Test func moreLinesThanThePlanHasOutdateIt() async throws {
        let agent = ScriptedAgent(try foreign(["4.3.0": .gauge32(1)]))
        try await agent.serve { reader, address in
            let target = SNMPTarget(address, timeout: .milliseconds(200), retries: 0)
            let card = try #require(try await reader.identify(target))
            let first = try await reader.read(.all, of: card, by: try await reader.plan(for: card, at: target), at: target)
            #expect(!first.isOutdated)
            agent.become(try foreign(["4.3.0": .gauge32(3)]))
            let second = try await reader.read(.status, of: card, by: first.plan, at: target)
            #expect(second.isOutdated)
        }
    }

    @Test func whatCannotBeIsNotShown() async throws {
        let states = try await read(
            try foreign([
                "4.2.0": .integer(50), "3.3.1.2.1": .integer(-1), "2.5.0": .gauge32(.max), "2.4.0": .integer(1000),
                "4.4.1.2.1": .integer(2300),
                "2.7.0": .text("25"), "2.3.0": .integer(.max), "9.5.0": .opaque([0x9F, 0x78]), "2.2.0": .counter32(65),
            ]))
        let readings = states.first.readings
        for variable in [
            Variable.outputFrequency, .inputFrequency, .batteryVoltage, .batteryCharge, Variable("output.voltage"), .batteryTemperature,
            .batteryRuntime, .powerNominal,
        ] { #expect(readings[variable] == nil, "\(variable)") }
        #expect(readings[.batteryRuntimeElapsed] == 65)
    }

    /// 3.9 A at 230 V make no 8.3 kW, and 39 A no 83 W.
    @Test(arguments: [8300, 83] as [Int32]) func contradictionsAreNotShown(_ watts: Int32) async throws {
        let states = try await read(
            try foreign(["4.4.1.4.1": .some(.integer(watts)), "4.4.1.3.1": .some(.integer(watts == 83 ? 390 : 39))]))
        #expect(states.first.readings[Variable("output.realpower")] == nil)
        #expect(states.first.readings[.realpower] == nil)
        #expect(states.first.readings[Variable("output.current")] == nil)
        #expect(states.first.readings[Variable("output.voltage")] == 230)
    }

    @Test(
        arguments: [(1, OperatingStatus.unknown), (2, .off), (3, .normal), (4, .onBypass), (0, .unknown), (8, .unknown)]
            as [(Int32, OperatingStatus)])
    func outputSourceAloneMakesTheStatus(_ source: Int32, _ status: OperatingStatus) async throws {
        let states = try await read(
            try foreign(["4.1.0": .integer(source), "6.1.0": .gauge32(0), "6.2.1.2.3": nil, "6.2.1.2.4": nil]))
        #expect(OperatingStatus(states.first) == status)
        #expect(OperatingStatus(states.status) == status)
    }

    @Test func aBatteryAloneIsNoWellBeing() async throws {
        let states = try await read([VariableBinding(Self.rfc.appending(2, 1, 0), .integer(2))])
        #expect(states.card.generation == .rfc1628)
        #expect(states.first.batteryStatus == .normal)
        #expect(OperatingStatus(states.first) == .unknown)
        #expect(states.first.readings.isEmpty)
    }

    /// Alarms are in the table, but nobody counts them.
    @Test func uncountedAlarmsAreFound() async throws {
        let states = try await read(try foreign(["6.1.0": nil]))
        #expect(states.first.alarms.contains(.onBattery))
        #expect(states.status.alarms.contains(.onBattery))
    }
}
