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

    @Test func aUserIsTakenAndNeverShown() async throws {
        try await withFleet { fleet in
            let changed = try await fleet.call(.patch, "cards/\(fleet.card)", Self.body("SHA-256"))
            #expect(changed.status == 200)
            for path in ["cards/\(fleet.card)", "cards", "audit"] {
                let shown = try await fleet.call(.get, path)
                #expect(shown.status == 200)
                for secret in [Self.password, "nms", "credentials\":", "SHA-256"] { #expect(!shown.body.contains(secret), "\(path)") }
            }
            #expect(!changed.body.contains(Self.password))
        }
    }

    @Test func aWrongUserChangesNothing() async throws {
        try await withFleet { fleet in
            let named = Self.body("SHA-3").replacing("{\"credentials\"", with: "{\"name\": \"New\", \"credentials\"")
            let refused = try await fleet.call(.patch, "cards/\(fleet.card)", named)
            #expect(refused.status == 422)
            let problem = try ReadJSON(refused.body)
            #expect(problem["errors"]?.elements.first?["field"]?.string == "credentials.snmp.authProtocol")
            #expect(problem["detail"]?.string?.contains("MD5, SHA, SHA-224") == true)
            #expect(!refused.body.contains(Self.password))
            let card = try ReadJSON(try await fleet.call(.get, "cards/\(fleet.card)").body)
            #expect(card["name"]?.string != "New")
            let noUser = try await fleet.call(.patch, "cards/\(fleet.card)", #"{"name": "New", "credentials": {"snmp": {"version": "3"}}}"#)
            #expect(noUser.status == 422)
            #expect(try ReadJSON(try await fleet.call(.get, "cards/\(fleet.card)").body)["name"]?.string != "New")
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
            let refused = try await fleet.call(.post, "discoveries", order, as: .operator)
            #expect(refused.status == 422, "\(refused.body)")
            #expect(try ReadJSON(refused.body)["errors"]?.elements.first?["field"]?.string == field)
        }
    }

    @Test func aSearchTakesUsersBesideCommunities() async throws {
        try await withFleet { fleet in
            let order =
                #"{"methods": ["snmp"], "ranges": ["127.0.0.1"], "credentials": [{"version": "3", "user": "nms", "#
                + #""authProtocol": "sha1", "authPassword": "12345678"}, {"version": "2c", "community": "public"}]}"#
            let started = try await fleet.call(.post, "discoveries", order, as: .operator)
            #expect(started.status == 202)
            #expect(!started.body.contains("12345678"))
            let none = try await fleet.call(
                .post, "discoveries", #"{"methods": ["snmp"], "ranges": ["127.0.0.1"], "credentials": []}"#, as: .operator)
            #expect(none.status == 422)
        }
    }
}
