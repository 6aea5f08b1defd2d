import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NetVision
import Testing

@testable import FleetServer

/// What a request was answered with.
struct FleetAnswer {
    let status: Int
    let contentType: String?
    let body: String

    init(_ response: TestResponse) {
        status = response.status.code
        contentType = response.headers[.contentType]
        body = String(buffer: response.body)
    }
}

/// A whole server without its services and its socket, with one card in its inventory.
struct RoutedFleet {
    /// `GET /api/v1/cards/{id}`.
    let routes: [String]
    let client: any TestClientProtocol
    let users: UserStore
    let card: Int64
    let alarms: AlarmService
    let incidents: IncidentWorker

    func token(_ role: Role) async throws -> String {
        let now = Date()
        let name = "user\(role.rawValue)"
        let known = try await users.user(named: name)
        let user = if let known { known } else { try await users.add(username: name, password: "a long password", role: role, now: now) }
        return try await users.issueToken(kind: .session, for: user, role: role, now: now, expiresAt: now.addingTimeInterval(3600)).secret
    }

    /// Asks `path` below `/api/v1`.
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, as role: Role = .admin, type: String = "application/json"
    ) async throws -> FleetAnswer {
        let headers: HTTPFields = [.authorization: "Bearer \(try await token(role))", .contentType: type]
        return try await client.execute(
            uri: "/api/v1/\(path)", method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
        ) { FleetAnswer($0) }
    }

    /// Asks for the card where the path has an id of a card, and for record 999999 elsewhere.
    func answer(to operation: OpenAPIOperation, as role: Role?, body: String = #"{"dhcp": true}"#) async throws -> FleetAnswer {
        var headers: HTTPFields = [:]
        if let role { headers[.authorization] = "Bearer \(try await token(role))" }
        return try await answer(to: operation, headers: headers, body: body)
    }

    func answer(to operation: OpenAPIOperation, headers: HTTPFields, body: String = #"{"dhcp": true}"#) async throws -> FleetAnswer {
        let key = operation.tag == .cards ? "\(card)" : "999999"
        let uri = operation.path.replacing("{id}", with: key).replacing("{number}", with: "1").replacing(
            "profiles/{name}", with: "profiles/NV8"
        ).replacing("{name}", with: "nothing")
        let method = try #require(HTTPRequest.Method(rawValue: operation.method.rawValue.uppercased()))
        return try await client.execute(uri: uri, method: method, headers: headers, body: ByteBuffer(string: body)) { FleetAnswer($0) }
    }
}

func withFleet(_ body: @Sendable (RoutedFleet) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "fleet-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var options = ConfigurationOptions()
    (options.config, options.data, options.listen) = (nil, path, "127.0.0.1:0")
    (options.portOffset, options.discover, options.web) = (nil, [], "\(path)/web")
    let directory = try DataDirectory(path: path)
    let cards = CardStore(database: try directory.openFleetDatabase(), secrets: SecretBox(key: try directory.masterKey()))
    let identity = CardIdentity(generation: .netVision8, firmware: "8.00", model: "MASTERYS BC+", serial: "P1", mac: "00:E0:D8:00:00:01")
    let card = try await cards.enroll(CardFinding(address: "127.0.0.1", identity: identity, access: .standard), now: Date()).card.id
    let parts = try await buildFleet(options.load(), directory: directory, logger: Logger(label: "test"))
    let routes = parts.router.routes.map { "\($0.method.rawValue) \($0.path.description)" }
    parts.router.refuseOtherMethods()
    let users = parts.users
    let alarms = try #require(parts.services.lazy.compactMap { $0 as? AlarmService }.first)
    let incidents = try #require(parts.services.lazy.compactMap { $0 as? IncidentWorker }.first)
    try await Application(router: parts.router).test(.router) { client in
        try await body(RoutedFleet(routes: routes, client: client, users: users, card: card, alarms: alarms, incidents: incidents))
    }
}
