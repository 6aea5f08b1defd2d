package import SNMP

/// A row of upsAgentTrapsReceiversTable: who gets the card's traps.
package struct TrapReceiverRow: Hashable, Sendable {
    /// receiverNmstype. The numbers are the NET VISION 7's; older cards had the last two the other way round.
    package enum Kind: Int32, Sendable, CaseIterable {
        case none = 1
        case rfc1628 = 2
        case netVision = 3
    }

    /// `ADDRESS` or `ADDRESS:PORT`; empty in a row that nobody uses.
    package var address: String
    /// Up to 31 octets.
    package var community: String
    package var kind: Kind

    package init(address: String, community: String, kind: Kind) {
        self.address = address
        self.community = community
        self.kind = kind
    }

    /// Rows of the table.
    package static let count = 8
    package static let unused = TrapReceiverRow(address: "", community: "", kind: .none)
}

extension CardObjects {
    /// upsAgentTrapsReceiversTable, with all its eight rows.
    ///
    /// - Parameters:
    ///   - rows: The first ones; the rest is unused.
    ///   - validate: Why a row (1…8) can't become what a SET would make of it. Types, lengths and numbers have been checked.
    ///   - write: Changes a row of the settings; false if that failed.
    package static func trapReceivers(
        _ rows: [TrapReceiverRow],
        validate: @escaping @Sendable (_ index: Int, _ row: TrapReceiverRow) -> ErrorStatus? = { _, _ in nil },
        write: @escaping @Sendable (_ index: Int, _ change: (inout TrapReceiverRow) -> Void) -> Bool
    ) -> [ManagedObject] {
        let shown = rows.prefix(TrapReceiverRow.count) + Array(repeating: .unused, count: max(0, TrapReceiverRow.count - rows.count))
        let numbered = zip(UInt32(1)..., shown)
        /// A column whose cell is `value` of the row, and which `set` changes.
        func column(
            _ type: ObjectType, _ value: (TrapReceiverRow) -> SNMPValue,
            _ set: @escaping @Sendable (inout TrapReceiverRow, SNMPValue) -> Void
        ) -> [ManagedObject] {
            numbered.map { index, row in
                let handler = WriteHandler { new in
                    var changed = row
                    set(&changed, new)
                    return validate(Int(index), changed)
                } commit: { new in
                    write(Int(index)) { set(&$0, new) }
                }
                return ManagedObject(type, row: index, value(row), write: handler)
            }
        }
        let indices = numbered.map { index, _ in ManagedObject(CardObjectTypes.trapsIndex, row: index, .integer(Int32(index))) }
        return indices
            + column(CardObjectTypes.trapsReceiverAddr) {
                .text($0.address)
            } _: {
                $0.address = $1.text ?? ""
            }
            + column(CardObjectTypes.receiverCommunityString) {
                .text($0.community)
            } _: {
                $0.community = $1.text ?? ""
            }
            + column(CardObjectTypes.receiverNmstype) {
                .integer($0.kind.rawValue)
            } _: {
                $0.kind = TrapReceiverRow.Kind(number: $1) ?? .none
            }
    }
}

extension TrapReceiverRow.Kind {
    fileprivate init?(number value: SNMPValue) {
        guard case .integer(let number) = value else { return nil }
        self.init(rawValue: number)
    }
}
