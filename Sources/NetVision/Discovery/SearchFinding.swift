/// A card that a search has found, by one of its methods.
package struct SearchFinding: Sendable, Equatable {
    package let address: String
    /// The same for all findings of one card within a search, however many methods have found it.
    package internal(set) var key: String
    package let identity: CardIdentity
    package let method: DiscoveryMethod
    /// The place of the way in the plan by which its SNMP agent answers; nil where none does, and the method's word stands.
    package let way: Int?
    /// What a CardAgent has announced; only of the LAN protocol.
    package var announcement: Announcement?
    /// What was seen, in words; empty of what SNMP told itself.
    package let evidence: [String]
}
