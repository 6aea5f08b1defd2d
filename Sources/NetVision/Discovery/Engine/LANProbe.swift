import NIOCore

/// Asks for CardAgents by the LAN protocol. Each announces itself once, by whatever way it was asked.
///
/// A card answers from the address that it announces: whoever announces another one is not heard.
struct LANProbe: ProbeDialogue {
    /// More cards than these are not heard: somebody makes them up.
    static let maximumCards = 1 << 17

    let method = DiscoveryMethod.lan
    let port: UInt16
    private let transaction: UInt64
    private let encoded: ByteBuffer
    private var seen: Set<HardwareAddress> = []

    init(port: UInt16, transaction: UInt64) {
        self.port = port
        self.transaction = transaction
        encoded = LANMessage(.discover, card: .any, transaction: transaction).encoded()
    }

    mutating func question(_ index: Int, pass: Int) -> ByteBuffer { encoded }
    mutating func broadcastQuestion(round: Int) -> ByteBuffer? { encoded }

    mutating func received(_ datagram: ByteBuffer, from source: ProbePeer, now: NIODeadline) -> ProbeReaction {
        guard let message = try? LANMessage(decoding: datagram), message.transaction == transaction,
            let announcement = try? Announcement(message), announcement.network.address == source.address
        else { return ProbeReaction() }
        var reaction = ProbeReaction(answered: source.address)
        guard seen.count < Self.maximumCards, seen.insert(announcement.card).inserted else { return reaction }
        reaction.news = [
            .sighting(
                Sighting(
                    address: AddressRange.text(source.address), method: .lan, mac: "\(announcement.card)",
                    identity: CardIdentity(announcement), announcement: announcement, evidence: ["announced itself on the LAN"]))
        ]
        return reaction
    }
}
