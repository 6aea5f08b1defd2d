import HTTPTypes
import Testing

@testable import FleetServer

/// Channels, routes and windows through the API.
struct NotificationRoutesTests {
    private static let webhook = #"{"name": "on-call", "kind": "webhook", "settings": {"url": "http://127.0.0.1:9/hook"}}"#

    /// What is misspelt would change who is told, and nobody would see it.
    @Test(arguments: [
        ("routes", #"{"name": "a", "channels": [1], "severity": "critical"}"#, 422, "There is no field severity."),
        ("routes", #"{"name": "a", "channels": [1], "match": {"sevrity": "critical"}}"#, 422, "There is no field match.sevrity."),
        ("routes", #"{"name": "a", "channels": [1], "match": {"severity": "loud"}}"#, 400, #"match.severity can't be \"loud\""#),
        ("routes", #"{"name": "a", "channels": [99]}"#, 422, "There is no channel 99."),
        ("routes", #"{"name": "a"}"#, 422, "A route has 1 to 50 channels"), ("routes", "[]", 400, "must be a JSON object"),
        ("routes", "{", 400, "not valid JSON"), ("windows", #"{"name": "a", "to": "2026-01-01T00:00:00Z"}"#, 422, "There is no field to."),
        ("windows", #"{"name": "a"}"#, 422, "A window has an end"),
        ("channels", #"{"name": "a", "kind": "mail", "settings": {"hots": "x"}}"#, 422, "There is no field settings.hots."),
        ("channels", #"{"name": "a", "kind": "webhook", "settings": {"url": "ftp://x"}}"#, 422, "url is an http or https address"),
    ])
    func whatIsWrongIsRefusedInWords(_ path: String, _ body: String, _ status: Int, _ words: String) async throws {
        try await withFleet { fleet in
            #expect(try await fleet.call(.post, "notifications/channels", Self.webhook).status == 201)
            let answer = try await fleet.call(.post, "notifications/\(path)", body)
            #expect(answer.status == status, "\(answer.body)")
            #expect(answer.body.contains(words), "\(answer.body)")
        }
    }

    @Test func aDeadFarEndIsToldAsThePeopleWhoRunItSayIt() async throws {
        try await withFleet { fleet in
            #expect(try await fleet.call(.post, "notifications/channels", Self.webhook).status == 201)
            let answer = try await fleet.call(.post, "notifications/channels/1/test").body
            #expect(answer.contains(#""delivered":false"#) && answer.contains(#"Connection refused","#), "\(answer)")
        }
    }

    @Test func aRouteIsAddedChangedAndRemoved() async throws {
        try await withFleet { fleet in
            #expect(try await fleet.call(.post, "notifications/channels", Self.webhook).status == 201)
            let route = #"{"name": "night", "channels": [1], "match": {"severity": "critical"}, "digestMinutes": 5}"#
            #expect(try await fleet.call(.post, "notifications/routes", route, as: .operator).status == 201)
            let changed = try await fleet.call(.patch, "notifications/routes/1", #"{"digestMinutes": null}"#, as: .operator)
            #expect(changed.status == 200 && changed.body.contains(#""digestMinutes":null"#) && changed.body.contains("critical"))
            #expect(try await fleet.call(.patch, "notifications/routes/1", #"{"digestMinute": 5}"#, as: .operator).status == 422)
            #expect(try await fleet.call(.delete, "notifications/routes/1", as: .viewer).status == 403)
            #expect(try await fleet.call(.delete, "notifications/routes/1", as: .operator).status == 204)
        }
    }
}
