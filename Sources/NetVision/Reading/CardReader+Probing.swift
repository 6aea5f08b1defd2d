import PowerDevice
import SNMP

extension CardReader {
    /// The most rows of an alarm table that are read; a card's MIB has at most 87 alarms.
    static let alarmRowLimit = 100
    /// How many repetitions tell that somebody is patient: a search is not.
    static let patience = 2
    /// The most rows of a table of lines that are looked at.
    static let lineRowLimit = 8

    /// Asks what tells whether a responder is a card.
    ///
    /// One that does not answer ten objects at once may answer one, and one that answers no GET may answer GETNEXT: both is tried, without
    /// repetitions, before it counts as silent, unless whoever asks is in a hurry. What an agent can take is remembered by the client.
    func recognise(_ target: SNMPTarget) async throws -> [VariableBinding] {
        var hasHeard = true
        do {
            let answers = try await available(CardIdentity.recognitionObjects, target)
            if !answers.isEmpty { return answers }
        } catch let error as SNMPError {
            guard case .noResponse = error, target.retries >= Self.patience else { throw error }
            hasHeard = false
        }
        var impatient = target
        impatient.retries = 0
        if !hasHeard, (try? await client.getAvailable([SystemObjects.objectID], from: impatient))?.isEmpty == false {
            return try await available(CardIdentity.recognitionObjects, target)
        }
        guard try await client.answersOnlyNext(SystemObjects.objectID, impatient) else {
            if hasHeard { return [] }
            throw SNMPError.noResponse(from: target.address, attempts: target.retries + 1)
        }
        return try await available(CardIdentity.recognitionObjects, target)
    }

    /// The profile to read a card by. One that is set to none may match an owner's by what only its system group tells.
    func matchedProfile(for card: CardIdentity, at target: SNMPTarget, named name: String?) async throws -> CardProfile {
        let known = profiles.profile(for: card, named: name)
        guard known.isBuiltIn, name.flatMap({ profiles.profile(named: $0) }) == nil, profiles.hasRules else { return known }
        let answers = try await available([SystemObjects.objectID, SystemObjects.description], target).answers
        return profiles.match(
            objectID: answers[SystemObjects.objectID]?.oid, description: answers[SystemObjects.description]?.cardText, agent: card.agent)
            ?? known
    }

    /// Which rows the tables of lines have, of a card of a make that we don't know. The others count from 1.
    func tableRows(of profile: CardProfile, _ probed: [OID: SNMPValue], _ target: SNMPTarget) async throws -> TableRows {
        var rows = TableRows()
        guard profile.generation == .rfc1628 else { return rows }
        let tables = profile.groups.flatMap { group in
            LineGroup.allCases.compactMap { lines in LineColumn(group, lines, probed) }
        }
        let standard = try await available(tables.flatMap { $0.standardRows + [$0.rowZero] }, target).answers
        for table in tables where standard[table.rowZero] != nil || !table.standardRows.allSatisfy({ standard[$0] != nil }) {
            guard let walk = try? await client.walk(table.column, of: target, rowLimit: Self.lineRowLimit) else { continue }
            let found = walk.bindings.compactMap { $0.name.arcs.count == table.column.arcs.count + 1 ? $0.name.arcs.last : nil }
            rows.note(found, of: table.lines, in: table.group)
        }
        return rows
    }

    /// A column by which the rows of a table are told.
    private struct LineColumn {
        let group: ProfileGroup
        let lines: LineGroup
        let column: OID
        let count: Int

        init?(_ group: ProfileGroup, _ lines: LineGroup, _ probed: [OID: SNMPValue]) {
            let columns = group.points.filter { $0.lines == lines }
            guard let column = columns.first(where: { $0.variable.variable().unit == .volt }) ?? columns.first else { return nil }
            let counts = group.lineCounts.filter { $0.lines == lines }.compactMap { probed[$0.object]?.number }
            self.group = group
            self.lines = lines
            self.column = column.object
            count = counts.max().flatMap { 1...Int64(MIBModule.maximumLines) ~= $0 ? Int($0) : nil } ?? 1
        }

        var rowZero: OID { column.appending(0) }
        var standardRows: [OID] { (1...count).map { column.appending(UInt32($0)) } }
    }

    /// The rows of alarm tables. A table that can't be read to its end names fewer alarms than there are.
    func alarmRows(
        of tables: [ReadPlan.AlarmTable], _ target: SNMPTarget
    ) async throws -> (rows: [VariableBinding], isComplete: Bool) {
        var rows: [VariableBinding] = []
        var isComplete = true
        for table in tables {
            do {
                let walk = try await client.walk(table.descriptions, of: target, rowLimit: Self.alarmRowLimit)
                rows += walk.bindings
                if walk.end != .complete { isComplete = false }
            } catch let error as SNMPError {
                guard Self.isOfTheTable(error) else { throw error }
                isComplete = isComplete && table.count == nil
            }
        }
        return (rows, isComplete)
    }

    /// The card has just answered other requests: what it does not answer now is the table.
    private static func isOfTheTable(_ error: SNMPError) -> Bool {
        switch error {
        case .noResponse, .errorStatus, .nonIncreasing, .incomplete: true
        default: false
        }
    }
}

extension IdentityMarks {
    /// The objects that may become a card's marks.
    static func candidates(of card: CardIdentity, by profile: CardProfile) -> [OID] {
        let rows = profile.identity.filter { [.mac, .serial, .agent].contains($0.field) }.map(\.object)
        return (card.mac == nil ? [] : CardIdentity.physicalAddresses) + rows + (card.serial == nil ? [] : [SystemObjects.description])
    }

    /// The marks of a card that has answered its candidates.
    init(of card: CardIdentity, by profile: CardProfile, in bindings: [VariableBinding]) {
        func rows(_ field: CardProfile.IdentityRow.Field) -> [OID] { profile.identity.filter { $0.field == field }.map(\.object) }
        func mark(_ objects: [OID], _ isIt: (SNMPValue) -> Bool) -> Mark? {
            for object in objects {
                if let told = bindings.first(where: { $0.name == object && isIt($0.value) }) {
                    return Mark(object: object, value: told.value)
                }
            }
            return nil
        }
        let mac = card.mac.flatMap { mac in mark(rows(.mac) + CardIdentity.physicalAddresses) { PhysicalAddress.told($0) == mac } }
        let serial = card.serial.flatMap { serial in
            mark(rows(.serial)) { $0.cardText == serial }
                ?? mark(rows(.agent) + [SystemObjects.description]) { $0.cardText.flatMap(CardIdentity.serial(in:)) == serial }
        }
        self.init(mac: mac, serial: serial)
    }
}
