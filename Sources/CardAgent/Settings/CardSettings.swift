import NetVision

/// What somebody has told the card, and it remembers over a restart.
struct CardSettings: Equatable, Sendable {
    var systemName: String
    var systemContact: String
    var systemLocation: String
    /// `usesDHCP` is remembered and shown only: the address itself is the host system's to lease.
    var network: NetworkSettings
    /// "Network Upgrade" (manual §15.3): whether firmware is taken by TFTP.
    var isNetworkUpgradeEnabled = true

    /// sysContact, sysName and sysLocation take up to 255 octets (RFC 3418 §2).
    static let longestText = 255

    /// The settings of a card that nobody has told anything.
    init(factory plan: CardPlan) {
        systemName = plan.systemName
        systemContact = plan.systemContact
        systemLocation = plan.systemLocation
        network = plan.network
    }
}
