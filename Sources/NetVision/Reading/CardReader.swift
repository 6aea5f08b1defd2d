package import PowerDevice
package import SNMP

/// Asks cards who they are and how their devices are doing.
///
/// It knows which objects to ask and in how small portions; what the answers mean is worked out by `CardIdentity` and `DeviceState`.
package struct CardReader: Sendable {
    /// Objects a request. Real cards choke on more, or answer tooBig.
    package static let chunkSize = 20
    /// The most rows of an alarm table that are read; a card's MIB has at most 87 alarms.
    static let alarmRowLimit = 100

    private let client: SNMPClient
    private let library = RequestLibrary()

    package init(_ client: SNMPClient) { self.client = client }

    /// Who answers at `target`; nil if it is no card. Throws `SNMPError` if nobody does.
    package func identify(_ target: SNMPTarget) async throws -> CardIdentity? {
        let recognition = try await available(CardIdentity.recognitionObjects, target)
        guard let card = CardIdentity(recognition) else { return nil }
        return CardIdentity(recognition + (try await available(CardIdentity.objects(of: card), target))) ?? card
    }

    /// The complete plan for a card that has just been identified. The first whole read by it makes it a learnt one.
    package func plan(for card: CardIdentity, at target: SNMPTarget) async throws -> ReadPlan {
        ReadPlan(for: card, probed: try await available(ReadPlan.probe(card), target))
    }

    /// Reads the state of the card's device.
    ///
    /// - Parameter scope: `.status` brings the state without most readings: see `DeviceState.refreshed(by:)`.
    package func read(_ scope: ReadPlan.Scope, of card: CardIdentity, by plan: ReadPlan, at target: SNMPTarget) async throws -> CardReading
    {
        var bindings = try await available(plan, scope, target)
        for table in plan.alarmTables where bindings.contains(where: { $0.name == table.count && $0.value.number ?? 0 > 0 }) {
            bindings += try await client.walk(table.descriptions, of: target, rowLimit: Self.alarmRowLimit).bindings
        }
        let isOutdated = plan.isOutdated(by: bindings)
        var next = plan
        if scope == .all, !isOutdated, !plan.isLearnt {
            next = plan.learnt(from: bindings)
            next.requests = library.requests(for: next)
        }
        return CardReading(state: DeviceState(bindings, from: card), plan: next, isOutdated: isOutdated)
    }

    private func available(_ plan: ReadPlan, _ scope: ReadPlan.Scope, _ target: SNMPTarget) async throws -> [VariableBinding] {
        guard let requests = plan.requests else { return try await available(plan.objects(scope), target) }
        var bindings: [VariableBinding] = []
        for read in requests.reads(scope) { bindings += try await client.readAvailable(read, from: target) }
        return bindings
    }

    private func available(_ objects: [OID], _ target: SNMPTarget) async throws -> [VariableBinding] {
        try await client.getAvailable(objects, from: target, chunkSize: Self.chunkSize)
    }
}

/// What one read of a card brought.
package struct CardReading: Sendable, Equatable {
    package let state: DeviceState
    /// The plan for the next read.
    package let plan: ReadPlan
    /// Another firmware or another card answers than the plan was made for: identify it again.
    package let isOutdated: Bool
}

extension DeviceState {
    /// This state of a whole read, brought up to date by a later status read.
    ///
    /// Of the readings that a status read asks for, those that it did not bring are not managed any more; the others stay.
    package func refreshed(by status: DeviceState) -> DeviceState {
        guard status.isCommunicating else { return status }
        var state = status
        state.readings = readings.filter { !ReadPlan.statusVariables.contains($0.key) }.merging(status.readings) { _, new in new }
        state.inputLines = inputLines
        state.outputLines = outputLines
        state.bypassLines = bypassLines
        return state
    }
}
