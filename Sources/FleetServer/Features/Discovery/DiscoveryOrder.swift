import FoundationEssentials
import NetVision

/// What a search is told to do.
struct DiscoveryOrder: Sendable {
    /// More addresses than this are refused: 10.0.0.0/8 is a slip, not a search.
    static let maximumAddresses = 1 << 20
    /// More ways to ask would take a search too long.
    static let maximumWays = 8

    let methods: [DiscoveryMethod]
    /// Nil if nobody has named them.
    let namedMethods: [DiscoveryMethod]?
    let ranges: [AddressRange]
    /// Empty means all.
    let interfaces: [String]
    let packetsPerSecond: Int
    let accept: Bool
    /// The ways to ask SNMP agents, tried in this order; nil means the standard ones and the stored ones.
    let access: [SNMPAccess]?
    /// Whether those who follow the search can be told of each card at once.
    let isSmall: Bool

    /// Without `methods` the standard ones are used, without `access` v2c and v1 with the community `public` and what is stored.
    init(
        methods: [String]?, ranges: [String], accept: Bool, access: [SNMPAccess]?, interfaces: [String] = [], packetsPerSecond: Int? = nil
    ) throws {
        namedMethods = try methods.map(Self.methods)
        self.methods = namedMethods ?? DiscoveryMethod.standard
        self.ranges = try ranges.map { text in
            guard let range = AddressRange(text) else {
                throw Problem.invalid(
                    "ranges", "\(text) is no range of IPv4 addresses. Write 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5.")
            }
            return range
        }
        let count = AddressList(self.ranges).count
        isSmall = count <= SearchPlan.economyLimit
        guard count <= Self.maximumAddresses else {
            throw Problem.invalid("ranges", "The ranges have more than \(Self.maximumAddresses) addresses. Search in parts.")
        }
        guard !self.ranges.isEmpty || self.methods.contains(where: \.hearsNetworks) else {
            throw Problem.invalid("ranges", "Give at least one range to search by SNMP or Modbus, for example 10.1.0.0/16.")
        }
        do {
            _ = try SearchInterface.named(interfaces)
        } catch {
            throw Problem.invalid("interfaces", error.description)
        }
        self.interfaces = interfaces
        self.packetsPerSecond = packetsPerSecond ?? SearchPlan.defaultRate
        guard SearchPlan.rates.contains(self.packetsPerSecond) else {
            throw Problem.invalid("packetsPerSecond", "packetsPerSecond is from 1 to \(SearchPlan.rates.upperBound).")
        }
        self.accept = accept
        self.access = access
    }

    private static func methods(_ names: [String]) throws -> [DiscoveryMethod] {
        var methods: [DiscoveryMethod] = []
        for name in names {
            guard let method = DiscoveryMethod(rawValue: name), DiscoveryMethod.active.contains(method) else {
                let known = DiscoveryMethod.active.map(\.rawValue).joined(separator: ", ")
                throw Problem.invalid("methods", "There is no search method \(name). There are \(known).")
            }
            if !methods.contains(method) { methods.append(method) }
        }
        guard !methods.isEmpty else { throw Problem.invalid("methods", "Name at least one search method.") }
        return methods
    }
}
