package import SNMP

/// What a search is to do.
package struct SearchPlan: Sendable {
    /// A way to ask SNMP agents.
    package struct Way: Sendable, Equatable {
        package var credentials: SNMPCredentials
        /// Where it may be used; empty means everywhere.
        package var ranges: [AddressRange]

        package init(_ credentials: SNMPCredentials, ranges: [AddressRange] = []) {
            self.credentials = credentials
            self.ranges = ranges
        }

        package func applies(to address: UInt32) -> Bool { ranges.isEmpty || ranges.contains { $0.first...$0.last ~= address } }
    }

    /// What a search may send in a second when nothing else is said.
    package static let defaultRate = 5000
    /// Of more addresses than these, methods that hear broadcasts too ask each only if they were asked for by name.
    package static let economyLimit = 4096
    package static let rates = 1...5000

    package var methods: [DiscoveryMethod]
    /// Whether somebody has named the methods; else they are the standard ones.
    package var namesMethods: Bool
    package var ranges: [AddressRange]
    /// The interfaces that broadcasts and multicasts go out by; empty means all.
    package var interfaces: [String]
    /// All methods together.
    package var packetsPerSecond: Int
    /// Tried in this order.
    package var ways: [Way]
    /// How long an answer is waited for before who is silent is asked again.
    package var patience: Duration

    /// - Parameter methods: nil means the standard ones.
    package init(
        methods: [DiscoveryMethod]? = nil, ranges: [AddressRange], interfaces: [String] = [], packetsPerSecond: Int = defaultRate,
        ways: [Way], patience: Duration = .seconds(1)
    ) {
        self.methods = methods ?? DiscoveryMethod.standard
        namesMethods = methods != nil
        self.ranges = ranges
        self.interfaces = interfaces
        self.packetsPerSecond = min(max(packetsPerSecond, Self.rates.lowerBound), Self.rates.upperBound)
        self.ways = ways
        self.patience = patience
    }

    /// Whether a method sends something to each of `addresses`, besides its broadcasts.
    ///
    /// In a network that hears our broadcasts a CardAgent has been asked by them, three times; SSDP and BACnet are only two ways more to what
    /// SNMP finds in a large range, therefore a search that names no methods spares the network these packets.
    func asksEach(_ addresses: AddressList, by method: DiscoveryMethod) -> Bool {
        guard methods.contains(method), method.asksEachAddress, addresses.count > 0 else { return false }
        switch method {
        case .snmp, .modbus: return true
        case .lan: return addresses.count <= Self.economyLimit || (namesMethods && !addresses.isLoopback)
        default: return addresses.count <= Self.economyLimit || namesMethods
        }
    }
}
