/// Something that one method has seen at one address. It may be a card; who it is, is asked by SNMP where that answers.
package struct Sighting: Sendable, Equatable {
    package var address: String
    package var method: DiscoveryMethod
    /// Upper case with colons.
    package var mac: String?
    /// What the method itself was told. Nil unless that says that this is a UPS or STS card: not every device on a LAN is one.
    package var identity: CardIdentity?
    /// What a CardAgent has announced.
    package var announcement: Announcement?
    /// What was seen, in words, such as `BACnet device 17 of vendor 591 (NET VISION)`.
    package var evidence: [String]

    package init(
        address: String, method: DiscoveryMethod, mac: String? = nil, identity: CardIdentity? = nil, announcement: Announcement? = nil,
        evidence: [String] = []
    ) {
        self.address = address
        self.method = method
        self.mac = mac
        self.identity = identity
        self.announcement = announcement
        self.evidence = evidence
    }
}
