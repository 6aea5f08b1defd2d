import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NetVision
import Testing

@testable import FleetServer

/// The document against the router and what its handlers really answer.
struct OpenAPITests {
    private let document: ReadJSON
    private let validator: JSONSchemaValidator

    init() throws {
        document = try OpenAPIDocument.asRead.get()
        validator = JSONSchemaValidator(document: document)
    }

    @Test func describesExactlyTheRoutesOfTheRouter() async throws {
        try await withFleet { fleet in
            let documented = (document["paths"]?.members ?? [:]).flatMap { path, methods in
                methods.members.keys.map { "\($0.uppercased()) \(path)" }
            }
            #expect(fleet.routes.sorted() == documented.sorted())
            #expect(fleet.routes.count == OpenAPIDocument.operations.count)
        }
    }

    @Test func isServedWithoutLogin() async throws {
        let document = document
        try await withFleet { fleet in
            try await fleet.client.execute(uri: "/api/v1/openapi.json", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "application/json")
                let served = try ReadJSON(String(buffer: response.body))
                #expect(served == document)
            }
        }
    }

    @Test func everyReferenceResolvesAndEveryComponentIsUsed() {
        let names = Self.references(in: document)
        #expect(names.subtracting(validator.components.keys).isEmpty)
        #expect(Set(validator.components.keys).subtracting(names).isEmpty)
    }

    @Test func noNameComesTwice() {
        let operations = OpenAPIDocument.operations
        #expect(Set(operations.map(\.id)).count == operations.count)
        #expect(Set(operations.map { "\($0.method) \($0.path)" }).count == operations.count)
    }

    @Test func letsNobodyInWithoutLogin() async throws {
        try await withFleet { fleet in
            for operation in OpenAPIDocument.operations where operation.role != nil {
                let answer = try await fleet.answer(to: operation, as: nil)
                #expect(answer.status == 401, "\(operation.id)")
                check(answer, to: operation)
            }
        }
    }

    @Test func refusesLowerRoles() async throws {
        try await withFleet { fleet in
            for operation in OpenAPIDocument.operations {
                guard let role = operation.role, role > .viewer else { continue }
                let answer = try await fleet.answer(to: operation, as: role == .admin ? .operator : .viewer)
                #expect(answer.status == 403, "\(operation.id)")
                check(answer, to: operation)
            }
        }
    }

    /// Without the stream, which does not end, and the change of another user, which needs more than a change of oneself.
    @Test func letsTheNamedRolesIn() async throws {
        try await withFleet { fleet in
            for operation in OpenAPIDocument.operations where !["followStream", "changeUser"].contains(operation.id) {
                let answer = try await fleet.answer(to: operation, as: operation.role)
                #expect(answer.status != 401 && answer.status != 403, "\(operation.id)")
                check(answer, to: operation)
            }
        }
    }

    @Test func refusesACookieWithoutTheHeader() async throws {
        try await withFleet { fleet in
            let cookie = "\(AuthenticationMiddleware.cookieName)=\(try await fleet.token(.admin))"
            for operation in OpenAPIDocument.operations where operation.isRepeatable {
                let answer = try await fleet.answer(to: operation, headers: [.cookie: cookie])
                #expect(answer.status == 403, "\(operation.id)")
                check(answer, to: operation)
            }
        }
    }

    private static let bodies: [(operation: String, body: String)] = [
        ("openSession", #"{"username": "nobody", "password": "wrong"}"#),
        ("addUser", #"{"username": "new", "password": "a long password", "role": "viewer"}"#),
        ("changeUser", #"{"password": "a long password", "role": "viewer"}"#),
        ("addToken", #"{"name": "script", "role": "viewer", "expiresAt": "2100-01-01T00:00:00Z"}"#),
        ("addCard", #"{"address": "nowhere", "name": "Rack", "credentials": {"username": "admin", "password": "x", "snmp": {}}}"#),
        (
            "changeCard",
            #"{"name": "Rack", "site": "", "tags": ["a"], "polling": {"statusSeconds": 5, "fullSeconds": 30}, "gateway": {"unit": 7},"#
                + #""protocol": "snmp", "profile": "mine", "credentials": {"username": "admin", "password": "x", "snmp": {"version": "3","#
                + #""user": "nms", "authProtocol": "SHA", "authPassword": "12345678", "privProtocol": "AES", "privPassword": "12345678"}}}"#
        ),
        ("addSite", #"{"name": "Bern", "description": "x", "gateway": "10.0.0.1"}"#),
        ("changeSite", #"{"name": "Bern", "description": "x", "gateway": "10.0.0.1"}"#), ("renameTag", #"{"name": "a"}"#),
        ("addGroup", #"{"name": "g", "position": 1, "filter": {"q": "x"}, "polling": {"statusSeconds": 5, "fullSeconds": 30}}"#),
        ("changeGroup", #"{"name": "g", "position": 1, "filter": {}, "polling": {"statusSeconds": 5, "fullSeconds": 30}}"#),
        ("acceptCandidate", #"{"name": "n", "site": "Bern", "tags": ["a"], "inherit": 1}"#), ("inheritPlace", #"{"from": 777}"#),
        (
            "addDiscoveryRule",
            #"{"name": "r", "position": 1, "action": "accept", "ranges": ["10.0.0.0/24"], "generations": ["NV8"], "model": "M","#
                + #""methods": ["snmp"], "site": "Bern", "tags": ["a"]}"#
        ),
        (
            "changeDiscoveryRule",
            #"{"name": "r", "position": 1, "action": "accept", "ranges": ["10.0.0.0/24"], "generations": ["NV8"], "model": "M","#
                + #""methods": ["snmp"], "site": "Bern", "tags": ["a"]}"#
        ),
        (
            "addDiscoverySchedule",
            #"{"name": "s", "minutes": 60, "methods": ["lan"], "ranges": ["10.0.0.1"], "interfaces": [], "accept": true, "isEnabled": false}"#
        ),
        (
            "changeDiscoverySchedule",
            #"{"name": "s", "minutes": 60, "methods": ["lan"], "ranges": ["10.0.0.1"], "interfaces": [], "accept": true, "isEnabled": false}"#
        ),
        (
            "addCredentials",
            #"{"name": "c", "position": 1, "ranges": ["10.0.0.0/8"], "group": 777, "snmp": {}, "username": "admin", "password": "x"}"#
        ),
        (
            "changeCredentials",
            #"{"name": "c", "position": 1, "ranges": ["10.0.0.0/8"], "group": 777, "snmp": {}, "username": "admin", "password": "x"}"#
        ),
        ("setCardNetwork", #"{"address": "10.0.0.2", "netmask": "255.0.0.0", "gateway": "10.0.0.1", "dhcp": false}"#),
        ("identifyCard", #"{"seconds": 3}"#), ("acknowledgeAlarm", #"{"comment": "mine"}"#),
        ("acknowledgeIncident", #"{"comment": "mine"}"#), ("commentIncident", #"{"text": "looked at it"}"#),
        ("clearAlarm", #"{"comment": "gone"}"#),
        ("commentAlarm", #"{"text": "looked at it"}"#), ("acknowledgeAlarms", #"{"ids": [1], "comment": "mine"}"#),
        ("shelveAlarm", #"{"until": "2100-01-01T00:00:00Z", "minutes": 60, "reason": "works on the feed"}"#),
        (
            "startDiscovery",
            #"{"methods": ["lan"], "ranges": ["10.0.0.1"], "interfaces": ["lo"], "packetsPerSecond": 9, "accept": false, "credentials": [{"version": "1", "community": "c"},"#
                + #"{"version": "3", "user": "nms", "authProtocol": "SHA", "authPassword": "12345678", "context": null}]}"#
        ),
        (
            "addCampaign",
            #"{"name": "c", "kind": "firmware", "firmware": 1, "targets": {"cards": [1]}, "canary": 1, "waves": ["25%", "3"],"#
                + #""concurrency": 2, "deadlines": {"transfer": 1, "restart": 2.5, "verify": 3}, "halt": {"failures": "2%"}}"#
        ),
        ("addAlarmRule", alarmRule), ("changeAlarmRule", alarmRule),
        ("addChannel", #"{"name": "c", "kind": "command", "isEnabled": true, "settings": {"command": "x"}, "secrets": {}}"#),
        ("changeChannel", #"{"name": "c", "kind": "command", "isEnabled": true, "settings": {"command": "x"}, "secrets": {}}"#),
        (
            "addNotificationRoute",
            #"{"name": "r", "position": 1, "isEnabled": true, "match": {"sites": ["Bern"]}, "channels": [777], "continue": true, "quietHours": {"hours":"#
                + #" {"from": "22:00", "to": "06:00"}}, "digestMinutes": 5, "escalation": [{"minutes": 5, "channels": [777]}], "tellEnd": true, "tellAcknowledged": true}"#
        ),
        (
            "changeNotificationRoute",
            #"{"name": "r", "position": 1, "isEnabled": true, "match": {"sites": ["Bern"]}, "channels": [777], "continue": true, "quietHours": {"hours":"#
                + #" {"from": "22:00", "to": "06:00"}}, "digestMinutes": 5, "escalation": [{"minutes": 5, "channels": [777]}], "tellEnd": true, "tellAcknowledged": true}"#
        ),
        (
            "addWindow",
            #"{"name": "w", "sites": [], "tags": [], "cards": [], "from": "2026-01-01T00:00:00Z", "until": null, "weekly": {"from": "22:00", "to": "06:00"}}"#
        ),
        (
            "changeWindow",
            #"{"name": "w", "sites": [], "tags": [], "cards": [], "from": "2026-01-01T00:00:00Z", "until": null, "weekly": {"from": "22:00", "to": "06:00"}}"#
        ),
        ("previewNotification", #"{"tell": {"severity": "critical"}, "incident": null, "alarm": null}"#),
    ]

    private static let alarmRule =
        #"{"name": "r", "enabled": true, "severity": "warning", "title": "t", "scope": {"sites": ["Bern"], "kinds": ["ups"]},"#
        + #""threshold": {"variable": "ups.load", "above": 80, "for": "5m"}, "noData": {"for": "5m"}, "clockSkew": {"seconds": 60},"#
        + #""firmware": {"minimum": {"NV8": "8.30"}}, "batteryTest": {"failed": true}, "expiry": {"of": "password", "within": "14d"},"#
        + #""status": {"is": ["onBypass"], "for": "10m"}}"#

    @Test func everyBodyHasASample() {
        let withBody = OpenAPIDocument.operations.filter { operation in
            switch operation.body {
            case .json, .optionalJSON: true
            case .bytes, .text, nil: false
            }
        }
        #expect(Set(withBody.map(\.id)) == Set(Self.bodies.map(\.operation)))
    }

    /// A handler reads what its schema says: it misses what is required, and nothing else.
    @Test(arguments: bodies) func readsItsBodyAsDescribed(operation id: String, body text: String) async throws {
        let operation = try #require(OpenAPIDocument.operations.first { $0.id == id })
        let content = document["paths"]?[operation.path]?[operation.method.rawValue]?["requestBody"]?["content"]
        let name = try #require(content?["application/json"]?["schema"]?["$ref"]?.string?.split(separator: "/").last.map(String.init))
        let schema = try #require(validator.components[name])
        let sample = try ReadJSON(text)
        if id != "addCard" { #expect(validator.violations(sample, component: name) == []) }
        #expect(Set(sample.members.keys) == Set(schema["properties"]?.members.keys ?? [:].keys), "the sample has every member")
        let required = Set(schema["required"]?.elements.compactMap(\.string) ?? [])
        try await withFleet { fleet in
            for property in sample.members.keys.sorted() {
                for replacement in [ReadJSON?.none, .null] {
                    var members = sample.members
                    members[property] = replacement
                    let body = try WrittenJSON(.object(members)).text
                    let answer = try await fleet.answer(to: operation, as: operation.role == nil ? nil : .admin, body: body)
                    #expect((answer.status == 400) == required.contains(property), "\(property): \(answer)")
                    check(answer, to: operation)
                }
            }
        }
    }

    /// An answer's status must be documented, and its body must fit what the document says of that status.
    private func check(_ answer: FleetAnswer, to operation: OpenAPIOperation) {
        let responses = document["paths"]?[operation.path]?[operation.method.rawValue]?["responses"]
        guard let response = responses?["\(answer.status)"] else {
            Issue.record("\(operation.id) answers \(answer.status), which is not documented: \(answer.body)")
            return
        }
        let content = response["content"]?.members ?? [:]
        guard let (type, media) = content.first else {
            #expect(answer.body.isEmpty)
            return
        }
        #expect(answer.contentType?.hasPrefix(type) == true, "\(operation.id): \(answer.contentType ?? "no type")")
        guard type.hasSuffix("json"), let schema = media["schema"], operation.id != "describe" else { return }
        let violations = (try? validator.violations(ReadJSON(answer.body), schema, at: operation.id)) ?? ["\(operation.id): no JSON"]
        #expect(violations == [])
    }

    private static func references(in value: ReadJSON) -> Set<String> {
        var names = Set((value.elements + value.members.values).flatMap(references))
        if let reference = value["$ref"]?.string, let name = reference.split(separator: "/").last { names.insert(String(name)) }
        return names
    }
}

/// Writes a document that a test has read and changed.
private struct WrittenJSON: Encodable {
    let value: ReadJSON

    init(_ value: ReadJSON) { self.value = value }

    var text: String { get throws { try JSONCoding.text(self) } }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch value {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values.map(WrittenJSON.init))
        case .object(let members): try container.encode(members.mapValues(WrittenJSON.init))
        }
    }
}
