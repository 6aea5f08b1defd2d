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
    /// "SNMP TRAP / email Filter" (manual §15.3): receivers that filter by severity get no traps 3 and 4.
    var isTrapFilterEnabled = false
    /// The SNMPv3 USM table (manual §15.7).
    var users: [CardUser] = []
    /// The trap receivers table (manual §15.8).
    var trapReceivers = TrapReceiverTable()

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

extension CardSettings {
    /// Takes in what the card is given at its start; returns why it can't, or nil.
    mutating func preload(_ plan: CardPlan) -> String? {
        guard let table = users.merged(with: plan.users) else {
            return "the USM table has \(CardUser.maximumCount) rows, and no room for another user. Take one out of the document"
        }
        users = table
        let isTaken = plan.trapReceivers.allSatisfy { trapReceivers.take($0) }
        return isTaken ? nil : "all \(TrapReceiver.count) trap receivers are set. Take one out of the document"
    }
}
