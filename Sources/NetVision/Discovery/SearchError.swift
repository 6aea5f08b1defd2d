import Glibc

/// Why a search can't be made.
package enum SearchError: Error, Equatable, Sendable, CustomStringConvertible {
    case noInterface(String, known: [String])
    /// The system has refused every datagram.
    case nothingSent(method: DiscoveryMethod, errno: Int32)
    case socket(errno: Int32)

    package var description: String {
        switch self {
        case .noInterface(let name, let known):
            "There is no interface \(name). There are \(known.joined(separator: ", "))."
        case .nothingSent(let method, let code):
            "Nothing could be sent by \(method.title): \(Self.words(code)). Is there a route to the ranges?"
        case .socket(let code): "No socket could be opened: \(Self.words(code))."
        }
    }

    /// The system's words for an error number, such as `Network is unreachable`.
    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension DiscoveryMethod {
    /// As people call it.
    package var title: String {
        switch self {
        case .lan: "the LAN protocol"
        case .snmp: "SNMP"
        case .ssdp: "SSDP"
        case .bacnet: "BACnet"
        case .modbus: "Modbus"
        case .neighbours: "the neighbour table"
        case .trap: "a trap"
        case .import: "a list"
        }
    }
}
