/// Whom the card's services answer ("Firewall setup", manual §15.16).
///
/// The first rule that an address falls under decides. Without one it is accepted, unless there is a rule that accepts somebody else.
struct Firewall: Hashable, Sendable {
    struct Rule: Hashable, Sendable {
        /// An IPv4 address in host order; bits beyond the prefix don't count.
        var address: UInt32
        /// 0…32.
        var prefixLength: Int
        var isAccepting: Bool

        func covers(_ host: UInt32) -> Bool {
            let mask = prefixLength <= 0 ? 0 : UInt32.max << UInt32(32 - min(prefixLength, 32))
            return (address ^ host) & mask == 0
        }
    }

    /// In the order in which they are asked.
    var rules: [Rule]
    /// Whether a host without a rule is accepted.
    var acceptsOthers: Bool

    /// Lets everybody in.
    static let open = Firewall(rules: [], acceptsOthers: true)

    /// - Parameter host: an IPv4 address in host order.
    func accepts(_ host: UInt32) -> Bool { rules.first { $0.covers(host) }?.isAccepting ?? acceptsOthers }
}
