import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import FleetServer

/// SNMPv3 users by way of the API: taken, told what is wrong with them, and never shown.
struct CardCredentialRoutesTests {
    private static let password = "a-very-secret-password"

    private static func body(_ protocols: String) -> String {
        """
        {"credentials": {"snmp": {"version": "3", "user": "nms", "authProtocol": "\(protocols)", "authPassword": "\(password)",
         "privProtocol": "AES", "privPassword": "\(password)"}}}
        """
    }

    private func call(
        _ fleet: RoutedFleet, _ method: HTTPRequest.Method, _ path: String, as role: Role = .admin, _ body: String = ""
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let headers: HTTPFields = [.authorization: "Bearer \(try await fleet.token(role))"]
        return try await fleet.client.execute(uri: "/api/v1/\(path)", method: method, headers: headers, body: ByteBuffer(string: body)) {
            ($0.status, String(buffer: $0.body))
        }
    }

    @Test func aUserIsTakenAndNeverShown() async throws {
        try await withFleet { fleet in
            let changed = try await call(fleet, .patch, "cards/\(fleet.card)", Self.body("SHA-256"))
            #expect(changed.status == .ok)
            for path in ["cards/\(fleet.card)", "cards", "audit"] {
                let shown = try await call(fleet, .get, path)
                #expect(shown.status == .ok)
                for secret in [Self.password, "nms", "credentials\":", "SHA-256"] { #expect(!shown.text.contains(secret), "\(path)") }
            }
            #expect(!changed.text.contains(Self.password))
        }
    }

    @Test func aWrongUserChangesNothing() async throws {
        try await withFleet { fleet in
            let named = Self.body("SHA-3").replacing("{\"credentials\"", with: "{\"name\": \"New\", \"credentials\"")
            let refused = try await call(fleet, .patch, "cards/\(fleet.card)", named)
            #expect(refused.status == .unprocessableContent)
            let problem = try ReadJSON(refused.text)
            #expect(problem["errors"]?.elements.first?["field"]?.string == "credentials.snmp.authProtocol")
            #expect(problem["detail"]?.string?.contains("MD5, SHA, SHA-224") == true)
            #expect(!refused.text.contains(Self.password))
            let card = try ReadJSON(try await call(fleet, .get, "cards/\(fleet.card)").text)
            #expect(card["name"]?.string != "New")
            let noUser = try await call(
                fleet, .patch, "cards/\(fleet.card)", #"{"name": "New", "credentials": {"snmp": {"version": "3"}}}"#)
            #expect(noUser.status == .unprocessableContent)
            #expect(try ReadJSON(try await call(fleet, .get, "cards/\(fleet.card)").text)["name"]?.string != "New")
        }
    }

    @Test(arguments: [
        (#"{"version": "2c"}"#, "credentials[0].community"), (#"{"version": "1", "community": ""}"#, "credentials[0].community"),
        (#"{"version": "3"}"#, "credentials[0].user"), (#"{"version": "3", "community": "public"}"#, "credentials[0].community"),
        (#"{"version": "2c", "community": "public", "user": "nms"}"#, "credentials[0].user"),
        (#"{"version": "3", "user": "nms", "authProtocol": "SHA", "authPassword": "short"}"#, "credentials[0].authPassword"),
        (#"{"version": "3", "user": "nms", "privProtocol": "AES", "privPassword": "12345678"}"#, "credentials[0].privProtocol"),
    ])
    func aSearchSaysWhatIsWrong(_ credentials: String, _ field: String) async throws {
        try await withFleet { fleet in
            let order = #"{"methods": ["snmp"], "ranges": ["127.0.0.1"], "credentials": [\#(credentials)]}"#
            let refused = try await call(fleet, .post, "discoveries", as: .operator, order)
            #expect(refused.status == .unprocessableContent, "\(refused.text)")
            #expect(try ReadJSON(refused.text)["errors"]?.elements.first?["field"]?.string == field)
        }
    }

    @Test func aSearchTakesUsersBesideCommunities() async throws {
        try await withFleet { fleet in
            let order =
                #"{"methods": ["snmp"], "ranges": ["127.0.0.1"], "credentials": [{"version": "3", "user": "nms", "#
                + #""authProtocol": "sha1", "authPassword": "12345678"}, {"version": "2c", "community": "public"}]}"#
            let started = try await call(fleet, .post, "discoveries", as: .operator, order)
            #expect(started.status == .accepted)
            #expect(!started.text.contains("12345678"))
            let none = try await call(
                fleet, .post, "discoveries", as: .operator, #"{"methods": ["snmp"], "ranges": ["127.0.0.1"], "credentials": []}"#)
            #expect(none.status == .unprocessableContent)
        }
    }
}
