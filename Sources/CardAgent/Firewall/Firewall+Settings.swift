import NIOCore
import NetVision

extension Firewall {
    /// Rules for IPv6 are kept, and open nothing here: the card has no IPv6 address. One that accepts closes the card to all others, too.
    init(_ settings: FirewallSettings) {
        guard settings.isEnabled else {
            self = .open
            return
        }
        let used = settings.rules.filter { !$0.address.isEmpty }
        rules = used.compactMap { rule in
            AddressRange.number(rule.address).map { Rule(address: $0, prefixLength: rule.prefixLength, isAccepting: rule.isAccepting) }
        }
        acceptsOthers = !used.contains { $0.isAccepting }
    }

    func accepts(_ peer: SocketAddress) -> Bool {
        if self == .open { return true }
        guard let host = peer.ipAddress.flatMap(AddressRange.number) else { return acceptsOthers }
        return accepts(host)
    }
}
