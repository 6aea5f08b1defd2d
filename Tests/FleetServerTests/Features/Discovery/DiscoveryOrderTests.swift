import NetVision
import Testing

@testable import FleetServer

struct DiscoveryOrderTests {
    @Test func withoutMethodsItTakesAllButModbus() throws {
        let order = try DiscoveryOrder(methods: nil, ranges: ["10.1.0.0/24"], accept: true, access: nil)
        #expect(order.methods == [.lan, .snmp, .ssdp, .bacnet, .neighbours])
        #expect(order.namedMethods == nil)
        #expect(order.packetsPerSecond == 5000)
    }

    @Test func withoutCredentialsItTriesV2cAndThenV1WithPublic() {
        #expect(SearchAccess.standard.map(\.access.version) == [.v2c, .v1])
        #expect(SearchAccess.standard.allSatisfy { $0.access.readCommunity == "public" })
    }

    @Test func methodsThatHearTheNetworksNeedNoRange() throws {
        let order = try DiscoveryOrder(methods: ["neighbours", "lan", "lan"], ranges: [], accept: false, access: nil)
        #expect(order.methods == [.neighbours, .lan])
        #expect(throws: Problem.self) { try DiscoveryOrder(methods: ["snmp", "modbus"], ranges: [], accept: true, access: nil) }
    }

    @Test(arguments: [0, 5001]) func refusesRatesThatAreNone(rate: Int) {
        #expect(throws: Problem.self) {
            try DiscoveryOrder(methods: nil, ranges: ["10.0.0.1"], accept: true, access: nil, packetsPerSecond: rate)
        }
    }

    @Test func namesTheInterfacesThatThereAre() {
        #expect {
            try DiscoveryOrder(methods: nil, ranges: ["10.0.0.1"], accept: true, access: nil, interfaces: ["nowhere7"])
        } throws: { error in
            (error as? Problem)?.detail.contains("There is no interface nowhere7. There are") ?? false
        }
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
