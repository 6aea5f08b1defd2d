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
