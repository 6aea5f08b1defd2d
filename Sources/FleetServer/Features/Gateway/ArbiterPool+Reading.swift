import Modbus
import NetVision

extension ArbiterPool {
    /// The poller, to all arbiters: one client beside the others.
    private static let poller = ArbiterClient.next()

    /// Reads a card by Modbus for the poller: always what the card says now, by the profile that it is set to.
    func reader(of card: Card) -> ModbusCardReader {
        let profile = card.profile.flatMap { profiles.profile(named: $0) }
        return ModbusCardReader(ArbiterShare(arbiter(of: card), as: Self.poller), profile: profile)
    }
}
