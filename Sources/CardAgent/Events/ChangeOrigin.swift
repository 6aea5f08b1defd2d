/// Where a change of the card's settings or data comes from: the way it took, and who went it.
struct ChangeOrigin: Sendable, Equatable, CustomStringConvertible {
    /// The raw value is what the event log says after "via".
    enum Way: String, Sendable, CaseIterable {
        /// The LAN protocol, and TFTP for a peer that has unlocked by it.
        case explorer = "NET VISION Explorer"
        case snmp = "SNMP"
        case web = "web"
        case console = "console"
        /// The arguments that the program was started with.
        case program = "command line"
        case simulation = "simulation control"
        case schedule = "schedule"
        /// The card itself.
        case card = "NET VISION"
    }

    let way: Way
    /// An account, a host, or what else can be known of him.
    let by: String

    init(_ way: Way, by: String) {
        self.way = way
        self.by = by
    }

    var description: String { "\(way.rawValue) by \(by)" }
}
