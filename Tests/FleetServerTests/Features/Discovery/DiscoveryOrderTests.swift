import Testing

@testable import FleetServer

struct DiscoveryOrderTests {
    @Test func withoutCredentialsItTriesV2cAndThenV1WithPublic() throws {
        let order = try DiscoveryOrder(methods: nil, ranges: ["10.1.0.0/24"], accept: true, access: nil)
        #expect(order.methods == [.lan, .snmp])
        #expect(order.access.map(\.version) == [.v2c, .v1])
        #expect(order.access.allSatisfy { $0.readCommunity == "public" })
    }

    @Test(arguments: [
        (methods: ["carrier-pigeon"], ranges: ["10.0.0.1"]), (methods: ["snmp"], ranges: []), (methods: [], ranges: ["10.0.0.1"]),
        (methods: ["snmp"], ranges: ["10.0.0.0/33"]), (methods: ["snmp"], ranges: ["10.0.0.0/8"]), (methods: ["snmp"], ranges: ["host"]),
        (methods: ["snmp"], ranges: ["10.0.0.9-10.0.0.1"]),
    ])
    func refusesWhatCannotBeSearched(methods: [String], ranges: [String]) {
        #expect(throws: Problem.self) { try DiscoveryOrder(methods: methods, ranges: ranges, accept: true, access: nil) }
    }
}
