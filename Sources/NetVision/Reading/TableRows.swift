import SNMP

/// Where a card's tables of lines have other rows than 1, 2, 3: some count from 0, some leave gaps.
package struct TableRows: Sendable, Equatable {
    /// By the instance that the profile names.
    private var actualNames: [OID: OID] = [:]
    private var profileNames: [OID: OID] = [:]
    /// How many rows the tables were seen to have.
    private(set) var counts: [LineGroup: Int] = [:]
    /// What a card's number of lines should have been.
    private var corrections: [OID: SNMPValue] = [:]

    package init() {}

    package var isEmpty: Bool { actualNames.isEmpty && corrections.isEmpty }

    /// Notes the rows of one group's table, in their order: the first is the first line.
    ///
    /// Rows that are numbers of lines (1 and 3, say) stay what they are.
    mutating func note(_ rows: [UInt32], of lines: LineGroup, in group: ProfileGroup) {
        guard let last = rows.last, let first = rows.first else { return }
        if first >= 1, last <= UInt32(MIBModule.maximumLines) { return note(Int(last), of: lines, in: group) }
        let used = rows.prefix(MIBModule.maximumLines)
        note(used.count, of: lines, in: group)
        for point in group.points where point.lines == lines {
            for (index, row) in used.enumerated() {
                let name = point.object.appending(UInt32(index + 1))
                actualNames[name] = point.object.appending(row)
                profileNames[point.object.appending(row)] = name
            }
        }
    }

    private mutating func note(_ count: Int, of lines: LineGroup, in group: ProfileGroup) {
        counts[lines] = max(counts[lines] ?? 0, count)
        for object in group.lineCounts where object.lines == lines { corrections[object.object] = .integer(Int32(count)) }
    }

    func actual(_ name: OID) -> OID { actualNames[name] ?? name }

    /// The answers under the names that the profile has for them. A row 1 of a table that counts from 0 is the second line.
    func named(_ bindings: [VariableBinding]) -> [VariableBinding] {
        guard !isEmpty else { return bindings }
        return bindings.map { binding in
            if let count = corrections[binding.name] { return VariableBinding(binding.name, count) }
            return profileNames[binding.name].map { VariableBinding($0, binding.value) } ?? binding
        }
    }
}
