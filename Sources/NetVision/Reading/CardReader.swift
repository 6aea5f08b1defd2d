package import PowerDevice
package import SNMP

/// Asks cards who they are and how their devices are doing.
///
/// It knows which objects to ask and in how small portions; what the answers mean is worked out by `CardIdentity` and `DeviceState`.
package struct CardReader: Sendable {
    /// Objects a request. Real cards choke on more, or answer tooBig.
    package static let chunkSize = 20

    let client: SNMPClient
    let profiles: ProfileLibrary
    private let library = RequestLibrary()

    package init(_ client: SNMPClient, profiles: ProfileLibrary = .builtIn) {
        self.client = client
        self.profiles = profiles
    }

    /// Who answers at `target`; nil if it is no card. Throws `SNMPError` if nobody does.
    ///
    /// - Parameter profile: The name of the profile that the card is set to; nil: the one that it matches, else that of its generation.
    package func identify(_ target: SNMPTarget, profile: String? = nil) async throws -> CardIdentity? {
        let own = profile.flatMap { profiles.profile(named: $0) }.flatMap { $0.groups.isEmpty ? nil : $0 }
        let recognition = try await recognise(target)
        guard let card = CardIdentity(recognition, profiles: profiles, as: own) else { return nil }
        let objects = CardIdentity.objects(of: card, by: profiles.profile(for: card, named: profile))
        var found = CardIdentity(recognition + (try await available(objects, target)), profiles: profiles, as: own) ?? card
        if found.mac == nil, found.serial == nil, target.version == .v3 { found.engine = try await engine(of: target) }
        return found
    }

    /// snmpEngineID.0 (RFC 3411 §5), in hexadecimal.
    private func engine(of target: SNMPTarget) async throws -> String? {
        guard case .octetString(let octets)? = try await available([SystemObjects.engineID], target).first?.value, octets.count >= 5 else {
            return nil
        }
        return octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The complete plan for a card that has just been identified. The first whole read by it makes it a learnt one.
    ///
    /// - Parameter profile: The name of the profile that the card is set to; nil: the one that it matches, else that of its generation.
    package func plan(for card: CardIdentity, at target: SNMPTarget, profile: String? = nil) async throws -> ReadPlan {
        let revision = profiles.revision
        let profile = try await matchedProfile(for: card, at: target, named: profile)
        let marks = IdentityMarks.candidates(of: card, by: profile)
        let probed = try await available((ReadPlan.probe(card, by: profile) + marks).uniqued(), target)
        let rows = try await tableRows(of: profile, probed.answers, target)
        var plan = ReadPlan(for: card, by: profile, probed: probed, marks: IdentityMarks(of: card, by: profile, in: probed), rows: rows)
        plan.profilesRevision = revision
        return plan
    }

    /// Whether the plan was made with the profiles as they are now; else make it anew at the next occasion.
    package func isCurrent(_ plan: ReadPlan) -> Bool { plan.profilesRevision == profiles.revision }

    /// Reads the state of the card's device.
    ///
    /// - Parameter scope: `.status` brings the state without most readings: see `DeviceState.refreshed(by:)`.
    package func read(_ scope: ReadPlan.Scope, of card: CardIdentity, by plan: ReadPlan, at target: SNMPTarget) async throws -> CardReading
    {
        var bindings = plan.rows.named(try await available(plan, scope, target))
        if let stranger = plan.marks.stranger(in: bindings) { return CardReading(strange: stranger, plan: plan) }
        var next = plan
        let tables = plan.alarmTables.filter { $0.isNeeded(by: bindings) }
        let walked = try await alarmRows(of: tables, target)
        bindings += walked.rows
        // While the table was read another card may have taken the address.
        if !tables.isEmpty, let stranger = try await stranger(plan, target) { return CardReading(strange: stranger, plan: plan) }
        var state = DeviceState(bindings, from: card, by: plan.profile)
        let isOutdated = plan.isOutdated(by: bindings) || plan.marks.isMoved(by: bindings) || plan.lacksLines(of: state) || !isCurrent(plan)
        if scope == .all, !isOutdated, !plan.isLearnt {
            next = plan.learnt(from: bindings)
            next.requests = library.requests(for: next)
        }
        if !walked.isComplete { state.alarms.insert(.unidentified) }
        return CardReading(state: state, plan: next, isOutdated: isOutdated)
    }

    private func stranger(_ plan: ReadPlan, _ target: SNMPTarget) async throws -> CardStranger? {
        let asked = plan.marks.asked(.status)
        return asked.isEmpty ? nil : plan.marks.stranger(in: try await available(asked, target))
    }

    private func available(_ plan: ReadPlan, _ scope: ReadPlan.Scope, _ target: SNMPTarget) async throws -> [VariableBinding] {
        var bindings: [VariableBinding] = []
        if let requests = plan.requests {
            for read in requests.reads(scope) { bindings += try await client.readAvailable(read, from: target) }
        } else {
            for portion in plan.portions(scope) {
                bindings += try await client.getAvailable(portion, from: target, chunkSize: portion.count)
            }
        }
        return bindings
    }

    func available(_ objects: [OID], _ target: SNMPTarget) async throws -> [VariableBinding] {
        try await client.getAvailable(objects, from: target, chunkSize: Self.chunkSize)
    }
}

/// What one read of a card brought.
package struct CardReading: Sendable {
    package let state: DeviceState
    /// The plan for the next read.
    package let plan: ReadPlan
    /// Another firmware or another card answers than the plan was made for: identify it again.
    package let isOutdated: Bool
    /// Who answered in place of the card. Nothing of such a reading may be recorded: identify what answers.
    package let stranger: CardStranger?

    init(state: DeviceState, plan: ReadPlan, isOutdated: Bool) {
        self.state = state
        self.plan = plan
        self.isOutdated = isOutdated
        stranger = nil
    }

    /// A reading of which nothing is to be known but who answered.
    init(strange stranger: CardStranger, plan: ReadPlan) {
        state = DeviceState(kind: plan.kind, isCommunicating: false)
        self.plan = plan
        isOutdated = true
        self.stranger = stranger
    }
}

extension DeviceState {
    /// This state of a whole read, brought up to date by a later status read.
    ///
    /// Of the readings that a status read asks for, those that it did not bring are not managed any more; the others stay.
    ///
    /// - Parameter asked: What the status read asked for: `ReadPlan.statusVariables` of its plan.
    package func refreshed(by status: DeviceState, asking asked: Set<Variable> = ReadPlan.statusVariables) -> DeviceState {
        guard status.isCommunicating else { return status }
        var state = status
        state.readings = readings.filter { !asked.contains($0.key) }.merging(status.readings) { _, new in new }
        state.inputLines = inputLines
        state.outputLines = outputLines
        state.bypassLines = bypassLines
        return state
    }
}
