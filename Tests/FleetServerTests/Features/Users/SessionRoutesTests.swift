import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FleetServer

/// Logging in, and what a session may do.
struct SessionRoutesTests {
    private func open(_ fleet: RoutedFleet, _ body: String) async throws -> TestResponse {
        try await fleet.client.execute(uri: "/api/v1/session", method: .post, body: ByteBuffer(string: body))
    }

    private func credentials(_ password: String, name: String = "usermallory") -> String {
        #"{"username": "\#(name)", "password": "\#(password)"}"#
    }

    @Test func opensASessionWithTheRightPassword() async throws {
        try await withFleet { fleet in
            _ = try await fleet.token(.operator)
            let response = try await open(fleet, credentials("a long password", name: "useroperator"))
            #expect(response.status == .ok)
            let cookie = try #require(response.headers[.setCookie])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            #expect(response.headers[.cacheControl] == "no-store")
        }
    }

    @Test func slowsDownGuessing() async throws {
        try await withFleet { fleet in
            for _ in 0..<LoginAttempts.freeTries { #expect(try await open(fleet, credentials("wrong")).status == .unauthorized) }
            let response = try await open(fleet, credentials("wrong"))
            #expect(response.status == .tooManyRequests)
            #expect(response.headers[.retryAfter] != nil)
        }
    }

    @Test func aNameWithANULIsNoOtherName() async throws {
        try await withFleet { fleet in
            _ = try await fleet.token(.operator)
            let response = try await open(fleet, credentials("a long password", name: #"useroperator\u0000x"#))
            #expect(response.status == .badRequest)
        }
    }

    @Test func aCookieAloneChangesNothing() async throws {
        try await withFleet { fleet in
            let cookie = "\(AuthenticationMiddleware.cookieName)=\(try await fleet.token(.operator))"
            let change = ByteBuffer(string: #"{"name": "Rack 9"}"#)
            let uri = "/api/v1/cards/\(fleet.card)"
            let refused = try await fleet.client.execute(uri: uri, method: .patch, headers: [.cookie: cookie], body: change)
            #expect(refused.status == .forbidden)
            let taken = try await fleet.client.execute(
                uri: uri, method: .patch, headers: [.cookie: cookie, .fleetRequest: "1"], body: change)
            #expect(taken.status == .ok)
        }
    }

    @Test func aPasswordChangeEndsTheSessions() async throws {
        try await withFleet { fleet in
            let token = try await fleet.token(.operator)
            let user = try #require(try await fleet.users.user(named: "useroperator"))
            try await fleet.users.changePassword(id: user.id, to: "another long password")
            let response = try await fleet.client.execute(
                uri: "/api/v1/session", method: .get, headers: [.authorization: "Bearer \(token)"])
            #expect(response.status == .unauthorized)
        }
    }
}
