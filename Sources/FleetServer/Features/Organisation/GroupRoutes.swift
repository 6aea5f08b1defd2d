import FoundationEssentials
import Hummingbird

/// A group as the API shows it.
struct GroupResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    let position: Int
    let filter: CardFilterFields
    @Nullable var polling: PollIntervals?
    let cards: Int

    init(_ group: CardGroup, cards: Int) {
        id = group.id
        name = group.name
        position = group.position
        filter = group.filter
        self.cards = cards
        polling = group.polling
    }
}

/// `/groups`.
struct GroupRoutes: Sendable {
    let groups: GroupStore
    let audit: AuditLog
    /// Told when the intervals or the credentials of cards may be others.
    let inventoryChanged: @Sendable () -> Void

    private struct NewGroup: Decodable {
        let name: String
        let position: Int?
        let filter: CardFilterFields
        let polling: PollIntervals?
    }

    private struct GroupChange: Decodable {
        let name: String?
        let position: Int?
        let filter: CardFilterFields?
        let polling: Patched<PollIntervals>
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("groups") { request, _ -> Page<GroupResource> in
            try await Paging(request).page(ofAll: try await groups.groups()) { try await resource($0) }
        }
        group.post("groups", use: add)
        group.get("groups/:id") { _, context in try await resource(try await self.group(context)) }
        group.patch("groups/:id", use: change)
        group.delete("groups/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let group = try await self.group(context)
            try await groups.remove(group.id)
            try await audit.record("group.remove", by: identity.username, target: group.name)
            inventoryChanged()
            return .noContent
        }
    }

    private func resource(_ group: CardGroup) async throws -> GroupResource {
        GroupResource(group, cards: try await groups.count(group))
    }

    private func group(_ context: FleetRequestContext) async throws -> CardGroup {
        let id = try context.key("id", of: "group")
        guard let group = try await groups.group(id) else { throw Problem.notFound("group \(id)") }
        return group
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<GroupResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(NewGroup.self, context: context)
        try Self.check(new.name, new.position, new.filter, new.polling)
        let id = try await groups.add(name: new.name, position: new.position, filter: new.filter, polling: new.polling)
        try await audit.record("group.add", by: identity.username, target: new.name)
        if new.polling != nil { inventoryChanged() }
        guard let group = try await groups.group(id) else { throw Problem.notFound("group \(id)") }
        return EditedResponse(status: .created, response: try await resource(group))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> GroupResource {
        let identity = try context.user(atLeast: .operator)
        var group = try await self.group(context)
        let change = try await request.body(GroupChange.self, context: context)
        group.name = change.name ?? group.name
        group.position = change.position ?? group.position
        group.filter = change.filter ?? group.filter
        if change.polling.isGiven { group.polling = change.polling.value }
        try Self.check(group.name, group.position, group.filter, group.polling)
        try await groups.change(group)
        try await audit.record("group.change", by: identity.username, target: group.name)
        inventoryChanged()
        return try await resource(group)
    }

    private static func check(_ name: String, _ position: Int?, _ filter: CardFilterFields, _ polling: PollIntervals?) throws {
        try Naming.check(name)
        try Ordering.check(position)
        _ = try filter.filter(in: "filter.")
        try polling?.validate(in: "polling")
    }
}
