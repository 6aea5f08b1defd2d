import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct TrapReceiverArgumentTests {
    @Test func anAddressIsEnough() throws {
        let receiver = try TrapReceiverArgument("10.0.0.9").receiver
        #expect(receiver.address == TrapAddress("10.0.0.9"))
        #expect(receiver.kind == .netVision && receiver.version == .v2c && receiver.community == "public" && !receiver.isConfirmed)
        #expect(receiver.filter == .severity(.information))
    }

    @Test func everyOptionCounts() throws {
        let first = try TrapReceiverArgument("10.0.0.9:1162,version=v1,type=rfc1628,community=a=b").receiver
        #expect(first.address?.description == "10.0.0.9:1162")
        #expect(first.version == .v1 && first.kind == .rfc1628 && first.community == "a=b")
        let second = try TrapReceiverArgument("10.0.0.9,inform,user=ops,events=5+13").receiver
        #expect(second.version == .v3 && second.community == "ops" && second.isConfirmed && second.filter == .events([5, 13]))
        #expect(try TrapReceiverArgument("10.0.0.9,severity=warning").receiver.filter == .severity(.warning))
    }

    @Test(arguments: [
        "", "host", "10.0.0.9:0", "10.0.0.9,version=v4", "10.0.0.9,version=v3", "10.0.0.9,type=none", "10.0.0.9,type=", "10.0.0.9,informs",
        "10.0.0.9,inform=yes", "10.0.0.9,version=v1,inform", "10.0.0.9,community=", "10.0.0.9,version=v2c,user=ops",
        "10.0.0.9,community=a,user=b", "10.0.0.9,severity=grave", "10.0.0.9,events=43", "10.0.0.9,events=5,13", "10.0.0.9,",
        "10.0.0.9,type=rfc1628,type=netvision", "10.0.0.9,severity=warning,events=5",
    ])
    func whatCantBeIsRefusedInASentence(_ text: String) {
        let problem = #expect(throws: TrapReceiverArgument.Problem.self) { try TrapReceiverArgument(text) }
        #expect(problem?.description.hasSuffix(".") == true)
    }
}
