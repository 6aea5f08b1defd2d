import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@testable import FleetServer

/// The gateway by way of the API: what it takes, and what is told of it.
struct GatewayRoutesTests {
    private func call(
        _ fleet: RoutedFleet, _ method: HTTPRequest.Method, _ path: String, as role: Role = .admin, _ body: String = ""
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let headers: HTTPFields = [.authorization: "Bearer \(try await fleet.token(role))"]
        return try await fleet.client.execute(uri: "/api/v1/\(path)", method: method, headers: headers, body: ByteBuffer(string: body)) {
            ($0.status, String(buffer: $0.body))
        }
    }

    @Test func aCardGetsAUnitAndLosesIt() async throws {
        try await withFleet { fleet in
            let set = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": {"unit": 7}}"#)
            #expect(set.status == .ok)
            #expect(set.text.contains(#""gateway":{"port":null,"unit":7,"writes":false}"#), "\(set.text)")
            let same = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": {"writes": false}}"#)
            #expect(same.text.contains(#""gateway":{"port":null,"unit":7,"writes":false}"#), "what is left out stays: \(same.text)")
            let without = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": {"unit": null}}"#)
            #expect(without.text.contains(#""gateway":{"port":null,"unit":null,"writes":false}"#), "\(without.text)")
            let cleared = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": null}"#)
            #expect(cleared.text.contains(#""gateway":null"#), "\(cleared.text)")
        }
    }

    @Test func aPortThatIsInUseIsRefused() async throws {
        let holder = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(holder.localAddress?.port)
        try await withFleet { fleet in
            let answer = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": {"port": \#(port)}}"#)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("in use") && answer.text.contains("gateway.port"), "\(answer.text)")
            let shown = try await call(fleet, .get, "cards/\(fleet.card)")
            #expect(shown.text.contains(#""gateway":null"#), "nothing is stored: \(shown.text)")
        }
        try await holder.close()
    }

    @Test(arguments: ["0", "70000"]) func portsOutsideTheirRangeAreRefused(_ port: String) async throws {
        try await withFleet { fleet in
            let answer = try await call(fleet, .patch, "cards/\(fleet.card)", #"{"gateway": {"port": \#(port)}}"#)
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
        }
    }

    @Test func onlyAnAdministratorLetsClientsWrite() async throws {
        try await withFleet { fleet in
            let body = #"{"gateway": {"unit": 7, "writes": true}}"#
            let found1 = try await call(fleet, .patch, "cards/\(fleet.card)", as: .operator, body).status
            #expect(found1 == .forbidden)
            let found2 = try await call(fleet, .patch, "cards/\(fleet.card)", as: .admin, body).status
            #expect(found2 == .ok)
        }
    }

    @Test func theOverviewIsThereWithoutCards() async throws {
        try await withFleet { fleet in
            let answer = try await call(fleet, .get, "gateway", as: .viewer)
            #expect(answer.status == .ok)
            #expect(answer.text.contains(#""listen":null"#), "\(answer.text)")
        }
    }

    @Test(arguments: [
        "", "address=70000", "address=1&count=126", "address=65535&count=2", "address=1&unit=300", "address=1&kind=coil",
        "address=1&maxAge=-1",
    ])
    func wrongQueriesForRegistersAreRefused(_ query: String) async throws {
        try await withFleet { fleet in
            let answer = try await call(fleet, .get, "cards/\(fleet.card)/registers?\(query)")
            #expect(answer.status == .unprocessableContent, "\(answer.text)")
        }
    }
}
