import FoundationEssentials
import Hummingbird

/// A channel as the API shows it: without its secrets.
struct ChannelResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let kind: ChannelKind
    let isEnabled: Bool
    let settings: ChannelSettings
    /// The names of the secrets that are set.
    let secrets: [String]
    let createdAt: Date

    /// - Parameter isWhole: false: without the settings, which are the administrators'.
    init(_ channel: ChannelRecord, isWhole: Bool = true) {
        (id, name, kind, isEnabled) = (channel.id, channel.name, channel.kind, channel.isEnabled)
        settings = isWhole ? channel.settings : ChannelSettings()
        (secrets, createdAt) = (isWhole ? channel.secrets.keys.sorted() : [], channel.createdAt)
    }
}

/// What the far end has answered to a test.
struct ChannelTestResult: ResponseEncodable, Sendable {
    let delivered: Bool
    let answer: String
    let milliseconds: Int
}

/// `/notifications/channels`: for administrators, for they reach out of the server with secrets and run programs. Others see which there are.
struct ChannelRoutes: Sendable {
    let channels: ChannelStore
    let make: ChannelPool.Maker
    let audit: AuditLog
    let changed: @Sendable () -> Void
    let now: @Sendable () -> Date

    private struct Fields: ListedFields {
        static let fields: [String: Set<String>] = [
            "": ["name", "kind", "isEnabled", "settings", "secrets"], "settings": ChannelSettings.names,
        ]

        let name: String?
        let kind: ChannelKind?
        let isEnabled: Bool?
        let settings: ChannelSettings?
        let secrets: [String: String?]?
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("notifications/channels") { request, context -> Page<ChannelResource> in
            let isWhole = try context.user().role >= .admin
            return try await Paging(request).page(ofAll: try await channels.channels()) { ChannelResource($0, isWhole: isWhole) }
        }
        group.post("notifications/channels", use: add)
        group.get("notifications/channels/:id") { _, context in ChannelResource(try await channel(context)) }
        group.patch("notifications/channels/:id", use: change)
        group.delete("notifications/channels/:id") { _, context -> HTTPResponse.Status in
            let channel = try await channel(context)
            try await channels.remove(channel.id)
            try await audit.record("channel.remove", by: try context.user().username, target: channel.name)
            changed()
            return .noContent
        }
        group.post("notifications/channels/:id/test", use: test)
    }

    private func channel(_ context: FleetRequestContext) async throws -> ChannelRecord {
        _ = try context.user(atLeast: .admin)
        let id = try context.key("id", of: "channel")
        guard let channel = try await channels.channel(id) else { throw Problem.notFound("channel \(id)") }
        return channel
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<ChannelResource> {
        let identity = try context.user(atLeast: .admin)
        let new = try await request.body(Fields.self, context: context)
        guard let name = new.name else { throw Problem.missing("name") }
        guard let kind = new.kind else { throw Problem.missing("kind") }
        guard let settings = new.settings else { throw Problem.missing("settings") }
        var channel = ChannelRecord(
            id: 0, name: name, kind: kind, isEnabled: new.isEnabled ?? true, settings: settings, secrets: [:], createdAt: now())
        apply(new.secrets, to: &channel)
        try await check(channel)
        let id = try await channels.add(channel)
        try await audit.record("channel.add", by: identity.username, target: name)
        changed()
        guard let stored = try await channels.channel(id) else { throw Problem.notFound("channel \(id)") }
        return EditedResponse(status: .created, response: ChannelResource(stored))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> ChannelResource {
        var channel = try await channel(context)
        let change = try await request.body(Fields.self, context: context)
        guard change.kind == nil || change.kind == channel.kind else {
            throw Problem.invalid("kind", "A channel keeps its kind. Add another one.")
        }
        channel.name = change.name ?? channel.name
        channel.isEnabled = change.isEnabled ?? channel.isEnabled
        channel.settings = change.settings ?? channel.settings
        apply(change.secrets, to: &channel)
        try await check(channel)
        try await channels.change(channel)
        try await audit.record("channel.change", by: try context.user().username, target: channel.name)
        changed()
        return ChannelResource(try await self.channel(context))
    }

    /// What is left out stays; null takes a secret away.
    private func apply(_ secrets: [String: String?]?, to channel: inout ChannelRecord) {
        for (name, value) in secrets ?? [:] { channel.secrets[name] = value }
    }

    private func check(_ channel: ChannelRecord) async throws {
        try Naming.check(channel.name)
        try await make(channel).close()
    }

    private func test(request: Request, context: FleetRequestContext) async throws -> ChannelTestResult {
        let record = try await channel(context)
        let channel = try make(record)
        let begin = ContinuousClock.now
        let token = (0..<12).compactMap { _ in "0123456789abcdef".randomElement() }
        let outcome = await channel.send(.test(channel: record.name, id: "nvfleet-test-\(String(token))", at: now()))
        let milliseconds = Int((ContinuousClock.now - begin) / .milliseconds(1))
        await channel.close()
        try await audit.record("channel.test", by: try context.user().username, target: record.name)
        return ChannelTestResult(delivered: outcome.isDelivered, answer: outcome.answer, milliseconds: milliseconds)
    }
}
