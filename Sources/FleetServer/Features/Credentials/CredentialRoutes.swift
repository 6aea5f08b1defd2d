import FoundationEssentials
import Hummingbird
import NetVision
import SNMP

/// A credentials set as the API shows it: without its secrets.
struct CredentialSetResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let position: Int
    let ranges: [String]
    @Nullable var group: Int64?
    let version: SNMPAccess.Version
    @Nullable var user: String?
    @Nullable var authProtocol: String?
    @Nullable var privProtocol: String?
    @Nullable var context: String?
    let hasPassword: Bool

    init(_ set: CredentialSet) {
        id = set.id
        name = set.name
        position = set.position
        ranges = set.ranges
        version = set.credentials.snmp.version
        hasPassword = set.credentials.password != nil
        group = set.group
        let user = set.credentials.snmp.user
        (self.user, context) = (user?.user.name, user?.context)
        (authProtocol, privProtocol) = (user?.user.authentication?.protocol.rawValue, user?.user.privacy?.protocol.rawValue)
    }
}

/// `/credentials`: for administrators only.
struct CredentialRoutes: Sendable {
    let credentials: CredentialStore
    let audit: AuditLog
    /// Told when cards may be opened by others.
    let inventoryChanged: @Sendable () -> Void

    private struct Fields: Decodable {
        let name: String?
        let position: Int?
        let ranges: [String]?
        let group: Patched<Int64>
        let snmp: SNMPAccessFields?
        let username: String?
        let password: String?

        func applied(to credentials: CardCredentials) async throws -> CardCredentials {
            try await credentials.changed(username: username, password: password, snmp: snmp, in: "snmp")
        }

        func check() throws {
            if let name { try Naming.check(name) }
            try Ordering.check(position)
            _ = try AddressRanges.parse(ranges ?? [], in: "ranges")
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("credentials") { request, context -> Page<CredentialSetResource> in
            _ = try context.user(atLeast: .admin)
            return try await Paging(request).page(ofAll: try await credentials.sets()) { CredentialSetResource($0) }
        }
        group.post("credentials", use: add)
        group.get("credentials/:id") { _, context in CredentialSetResource(try await set(context)) }
        group.patch("credentials/:id", use: change)
        group.delete("credentials/:id") { _, context -> HTTPResponse.Status in
            let set = try await set(context)
            try await credentials.remove(set.id)
            try await audit.record("credentials.remove", by: try context.user().username, target: set.name)
            inventoryChanged()
            return .noContent
        }
    }

    private func set(_ context: FleetRequestContext) async throws -> CredentialSet {
        _ = try context.user(atLeast: .admin)
        let id = try context.key("id", of: "credentials set")
        guard let set = try await credentials.set(id) else { throw Problem.notFound("credentials set \(id)") }
        return set
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<CredentialSetResource> {
        let identity = try context.user(atLeast: .admin)
        let new = try await request.body(Fields.self, context: context)
        guard let name = new.name else { throw Problem.missing("name") }
        try new.check()
        let id = try await credentials.add(
            name: name, position: new.position, ranges: new.ranges ?? [], group: new.group.value,
            credentials: try await new.applied(to: CardCredentials()))
        try await audit.record("credentials.add", by: identity.username, target: name)
        inventoryChanged()
        return EditedResponse(status: .created, response: try await resource(id))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> CredentialSetResource {
        var set = try await set(context)
        let change = try await request.body(Fields.self, context: context)
        try change.check()
        set.name = change.name ?? set.name
        set.position = change.position ?? set.position
        set.ranges = change.ranges ?? set.ranges
        if change.group.isGiven { set.group = change.group.value }
        set.credentials = try await change.applied(to: set.credentials)
        try await credentials.change(set)
        try await audit.record("credentials.change", by: try context.user().username, target: set.name)
        inventoryChanged()
        return try await resource(set.id)
    }

    private func resource(_ id: Int64) async throws -> CredentialSetResource {
        guard let set = try await credentials.set(id) else { throw Problem.notFound("credentials set \(id)") }
        return CredentialSetResource(set)
    }
}
