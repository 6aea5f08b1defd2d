import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import FleetServer

/// The gateway by way of the API: what it takes, and what is told of it.
struct GatewayRoutesTests {
    @Test func aCardGetsAUnitAndLosesIt() async throws {
        try await withFleet { fleet in
            let set = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": {"unit": 7}}"#)
            #expect(set.status == 200)
            #expect(set.body.contains(#""gateway":{"port":null,"unit":7,"writes":false}"#), "\(set.body)")
            let same = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": {"writes": false}}"#)
            #expect(same.body.contains(#""gateway":{"port":null,"unit":7,"writes":false}"#), "what is left out stays: \(same.body)")
            let without = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": {"unit": null}}"#)
            #expect(without.body.contains(#""gateway":{"port":null,"unit":null,"writes":false}"#), "\(without.body)")
            let cleared = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": null}"#)
            #expect(cleared.body.contains(#""gateway":null"#), "\(cleared.body)")
        }
    }

    @Test func aPortThatIsInUseIsRefused() async throws {
        let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(holder.localAddress?.port)
        try await withFleet { fleet in
            let answer = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": {"port": \#(port)}}"#)
            #expect(answer.status == 422)
            #expect(answer.body.contains("in use") && answer.body.contains("gateway.port"), "\(answer.body)")
            let shown = try await fleet.call(.get, "cards/\(fleet.card)")
            #expect(shown.body.contains(#""gateway":null"#), "nothing is stored: \(shown.body)")
        }
        try await holder.close()
    }

    @Test(arguments: ["0", "70000"]) func portsOutsideTheirRangeAreRefused(_ port: String) async throws {
        try await withFleet { fleet in
            let answer = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"gateway": {"port": \#(port)}}"#)
            #expect(answer.status == 422, "\(answer.body)")
        }
    }

    @Test func onlyAnAdministratorLetsClientsWrite() async throws {
        try await withFleet { fleet in
            let body = #"{"gateway": {"unit": 7, "writes": true}}"#
            let found1 = try await fleet.call(.patch, "cards/\(fleet.card)", body, as: .operator).status
            #expect(found1 == 403)
            let found2 = try await fleet.call(.patch, "cards/\(fleet.card)", body, as: .admin).status
            #expect(found2 == 200)
        }
    }

    @Test func theOverviewIsThereWithoutCards() async throws {
        try await withFleet { fleet in
            let answer = try await fleet.call(.get, "gateway", as: .viewer)
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""listen":null"#), "\(answer.body)")
        }
    }

    @Test(arguments: [
        "", "address=70000", "address=1&count=126", "address=65535&count=2", "address=1&unit=300", "address=1&kind=coil",
        "address=1&maxAge=-1",
    ])
    func wrongQueriesForRegistersAreRefused(_ query: String) async throws {
        try await withFleet { fleet in
            let answer = try await fleet.call(.get, "cards/\(fleet.card)/registers?\(query)")
            #expect(answer.status == 422, "\(answer.body)")
        }
    }
}
