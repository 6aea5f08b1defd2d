import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FleetServer

/// The same key makes the same change once.
struct IdempotencyTests {
    private func addToken(_ fleet: RoutedFleet, _ token: String, name: String, key: String) async throws -> TestResponse {
        try await fleet.client.execute(
            uri: "/api/v1/tokens", method: .post, headers: [.authorization: "Bearer \(token)", .idempotencyKey: key],
            body: ByteBuffer(string: #"{"name": "\#(name)"}"#))
    }

    @Test func aRepetitionIsAnsweredLikeTheFirst() async throws {
        try await withFleet { fleet in
            let token = try await fleet.token(.operator)
            let first = try await addToken(fleet, token, name: "robot", key: "k1")
            let second = try await addToken(fleet, token, name: "robot", key: "k1")
            #expect(first.status == .created)
            #expect(second.status == .created && second.body == first.body)
            #expect(try await fleet.users.apiTokens(ofUser: nil).count == 1)
        }
    }

    @Test func anotherRequestWithTheKeyIsRefused() async throws {
        try await withFleet { fleet in
            let token = try await fleet.token(.operator)
            _ = try await addToken(fleet, token, name: "robot", key: "k1")
            #expect(try await addToken(fleet, token, name: "other", key: "k1").status == .unprocessableContent)
        }
    }

    @Test func keysBelongToTheirUser() async throws {
        try await withFleet { fleet in
            _ = try await addToken(fleet, try await fleet.token(.operator), name: "robot", key: "k1")
            let other = try await addToken(fleet, try await fleet.token(.admin), name: "other", key: "k1")
            #expect(other.status == .created)
        }
    }

    @Test func aRefusalMayBeTriedAgainAfterItsCauseIsGone() async throws {
        try await withFleet { fleet in
            let token = try await fleet.token(.operator)
            let refused = try await addToken(fleet, token, name: "", key: "k1")
            #expect(refused.status == .unprocessableContent)
            #expect(try await addToken(fleet, token, name: "", key: "k1").status == .unprocessableContent)
        }
    }
}
