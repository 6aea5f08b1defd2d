import FoundationEssentials
import HTTPTypes
import PowerDevice
import Testing

@testable import FleetServer

struct ReceiverRoutesTests {
    private let validator: JSONSchemaValidator

    init() throws { validator = JSONSchemaValidator(document: try OpenAPIDocument.asRead.get()) }

    @Test func receiversAreListedWithoutBeingOpen() async throws {
        let validator = validator
        try await withFleet { fleet in
            let answer = try await fleet.call(.get, "receivers", as: .viewer)
            #expect(answer.status == 200)
            let document = try ReadJSON(answer.body)
            #expect(validator.violations(document, component: "ReceiverPage") == [])
            #expect(answer.body.contains(#""kind":"traps""#) && answer.body.contains(#""kind":"syslogTLS""#))
        }
    }

    @Test func sendersAndLinesAreListedAndForgotten() async throws {
        let validator = validator
        try await withFleet { fleet in
            for (path, component) in [("unknown-senders", "UnknownSenderPage"), ("cards/\(fleet.card)/messages", "CardMessagePage")] {
                let answer = try await fleet.call(.get, path, as: .viewer)
                #expect(answer.status == 200)
                #expect(validator.violations(try ReadJSON(answer.body), component: component) == [])
            }
            #expect(try await fleet.call(.get, "cards/999999/messages").status == 404)
            #expect(try await fleet.call(.get, "unknown-senders?limit=0").status == 422)
            #expect(try await fleet.call(.delete, "unknown-senders/10.0.0.1", as: .operator).status == 404)
            #expect(try await fleet.call(.delete, "unknown-senders/10.0.0.1", as: .viewer).status == 403)
        }
    }

    @Test func recordsFitTheirSchemas() throws {
        let time = Date(timeIntervalSince1970: 1_700_000_000)
        for kind in UnknownSender.Kind.allCases {
            let full = UnknownSender(
                address: "fe80::1", protocol: kind, engine: "80:00", firstAt: time, lastAt: time, count: 3, lastText: "x", card: 7)
            let bare = UnknownSender(
                address: "10.0.0.1", protocol: kind, engine: nil, firstAt: time, lastAt: time, count: 1, lastText: nil, card: nil)
            #expect(validator.violations(try ReadJSON(encoding: Page([full, bare], next: "2")), component: "UnknownSenderPage") == [])
        }
        let line = CardMessage(id: 1, card: 2, at: time, receivedAt: time, protocol: .syslog, severity: .critical, text: "Load off")
        #expect(validator.violations(try ReadJSON(encoding: Page([line])), component: "CardMessagePage") == [])
        for state in ReceiverState.allCases {
            let receiver = ReceiverResource(
                kind: .syslogTLS, state: state, address: "[::1]:6514", problem: "x", received: 1, dropped: 2, byKind: ["card": 1],
                drops: ["queueFull": 2], connections: 3)
            #expect(validator.violations(try ReadJSON(encoding: receiver), component: "Receiver") == [])
        }
    }
}
