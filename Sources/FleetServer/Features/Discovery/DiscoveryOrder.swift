import FoundationEssentials
import NetVision

/// What a search is told to do.
struct DiscoveryOrder: Sendable {
    /// More addresses than this are refused: 10.0.0.0/8 is a slip, not a search.
    static let maximumAddresses = 1 << 20
    /// More ways to ask would take a search too long.
    static let maximumWays = 8

    let methods: [Discovery.Method]
    let ranges: [AddressRange]
    let accept: Bool
    /// The ways to ask SNMP agents, tried in this order.
    let access: [SNMPAccess]

    /// Without `methods` all are used, without `access` v2c and then v1 with the community `public`.
    init(methods: [String]?, ranges: [String], accept: Bool, access: [SNMPAccess]?) throws {
        self.methods = try (methods ?? Discovery.Method.allCases.map(\.rawValue)).map { name in
            guard let method = Discovery.Method(rawValue: name) else {
                let known = Discovery.Method.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("methods", "There is no search method \(name). There are \(known).")
            }
            return method
        }
        guard !self.methods.isEmpty else { throw Problem.invalid("methods", "Name at least one search method.") }
        self.ranges = try ranges.map { text in
            guard let range = AddressRange(text) else {
                throw Problem.invalid(
                    "ranges", "\(text) is no range of IPv4 addresses. Write 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5.")
            }
            return range
        }
        guard self.ranges.reduce(0, { $0 + $1.count }) <= Self.maximumAddresses else {
            throw Problem.invalid("ranges", "The ranges have more than \(Self.maximumAddresses) addresses. Search in parts.")
        }
        guard !self.ranges.isEmpty || self.methods != [.snmp] else {
            throw Problem.invalid("ranges", "Give at least one range to search by SNMP, for example 10.1.0.0/16.")
        }
        self.accept = accept
        self.access = access ?? [.standard, SNMPAccess(communityVersion: .v1, readCommunity: SNMPAccess.standard.readCommunity)]
    }
    /// How often SNMP sends something to each address: by every community, and for all users together.
    var sweeps: Int { access.count { $0.user == nil } + (access.contains { $0.user != nil } ? 1 : 0) }
}
