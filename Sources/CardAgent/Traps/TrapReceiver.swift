import NetVision
import PowerDevice
import SNMP

/// A row of the trap receivers table (manual §15.8): to whom the card sends which traps, and how.
struct TrapReceiver: Equatable, Sendable {
    /// The MIB that the receiver understands; to `none` nothing is sent.
    typealias Kind = TrapReceiverRow.Kind

    /// Nil in an empty row.
    var address: TrapAddress?
    /// The community; of a v3 receiver the name of one of the card's users.
    var community = "public"
    var kind = Kind.none
    /// v1 is the oldest; v2c says all that v1 does, can be confirmed, and is what receivers of today expect.
    var version = SNMPVersion.v2c
    /// Informs, which are repeated until the receiver has confirmed them. v1 has none: such a receiver gets traps.
    var isConfirmed = false
    /// Counts for NET VISION traps only: RFC 1628 has no severities.
    var filter = TrapFilter.severity(.information)

    /// Rows of the table.
    static let count = TrapReceiverRow.count
    /// receiverCommunityString takes up to 31 octets.
    static let longestCommunity = 31
}

extension TrapReceiver {
    /// What the MIB's table shows of it, and sets.
    var row: TrapReceiverRow {
        get { TrapReceiverRow(address: address?.description ?? "", community: community, kind: kind) }
        set {
            address = TrapAddress(newValue.address)
            community = newValue.community
            kind = newValue.kind
        }
    }
}

/// Which traps a receiver wants.
enum TrapFilter: Hashable, Sendable {
    /// Those of this severity and above.
    case severity(Severity)
    /// Those with these numbers.
    case events(Set<Int32>)

    /// - Parameter isTrapFilterEnabled: "SNMP TRAP / email Filter" of the manual's §15.3: a receiver that filters by severity then gets no
    ///   traps 3 and 4.
    func admits(_ trap: TrapEvent, isTrapFilterEnabled: Bool) -> Bool {
        switch self {
        case .severity(let least): trap.severity >= least && !(isTrapFilterEnabled && trap.alarm != nil)
        case .events(let numbers): numbers.contains(trap.number)
        }
    }
}

extension TrapReceiver {
    /// Whether the trap is for this receiver. The test trap passes every filter: it shows that the way is open.
    func wants(_ trap: TrapEvent, isTrapFilterEnabled: Bool) -> Bool {
        guard address != nil else { return false }
        return switch (kind, trap.family) {
        case (.rfc1628, .rfc1628): true
        case (.netVision, .netVision7), (.netVision, .sts):
            trap.isTest || filter.admits(trap, isTrapFilterEnabled: isTrapFilterEnabled)
        default: false
        }
    }
}

/// `ADDRESS` or `ADDRESS:PORT` of a trap receiver, IPv4 as the card itself.
struct TrapAddress: Hashable, Sendable, CustomStringConvertible {
    let address: UInt32
    /// Without one: 162 plus the card's offset.
    let port: Int?

    static let wellKnownPort = 162

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = AddressRange.number(parts[0]), address != 0 else { return nil }
        self.address = address
        guard parts.count == 2 else {
            port = nil
            return
        }
        guard parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = Int(parts[1]),
            (1...65_535).contains(port)
        else { return nil }
        self.port = port
    }

    func port(_ offset: PortOffset) -> Int { port ?? Self.wellKnownPort + offset.rawValue }

    var description: String { AddressRange.text(address) + (port.map { ":\($0)" } ?? "") }
}
