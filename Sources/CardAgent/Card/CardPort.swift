/// The services of a card that have a port of their own, with the manual's port numbers.
enum CardPort: Int, CaseIterable, Sendable {
    case tftp = 69
    case snmp = 161
    case modbus = 502
    case lan = 4555

    var name: String {
        switch self {
        case .tftp: "TFTP"
        case .snmp: "SNMP"
        case .modbus: "Modbus TCP"
        case .lan: "LAN protocol"
        }
    }

    var transport: String { self == .modbus ? "TCP" : "UDP" }

    /// `SNMP 10161, Modbus TCP 10502, …`
    static func list(_ offset: PortOffset, number: (CardPort) -> Int? = { $0.rawValue }) -> String {
        [snmp, modbus, tftp, lan].compactMap { port in
            number(port).map { "\(port.name) \($0 + offset.rawValue)" }
        }.joined(separator: ", ")
    }

    func number(_ offset: PortOffset) -> Int { rawValue + offset.rawValue }
}

/// What is added to every port of a card, so that nothing needs root: 0 … 17727, for BACnet's 47808 must stay below 65536.
struct PortOffset: RawRepresentable, Hashable, Sendable {
    static let allowed = 0...17_727

    let rawValue: Int

    init?(rawValue: Int) {
        guard Self.allowed.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    private init(unchecked rawValue: Int) { self.rawValue = rawValue }

    static let none = PortOffset(unchecked: 0)
}
