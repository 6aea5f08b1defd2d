import FoundationEssentials
import Hummingbird
import NetVision

/// A site as the API shows it.
struct SiteResource: ResponseEncodable, Sendable {
    let id: Int64
    let name: String
    @Nullable var description: String?
    @Nullable var gateway: String?
    let cards: Int
    let statuses: [String: Int]

    init(_ site: Site) {
        id = site.id
        name = site.name
        cards = site.cards
        statuses = site.statuses
        description = site.description
        gateway = site.gateway
    }
}

/// `/sites`.
struct SiteRoutes: Sendable {
    let sites: SiteStore
    let changes: CardChanges
    let audit: AuditLog
    let now: @Sendable () -> Date

    private struct NewSite: Decodable {
        let name: String
        let description: String?
        let gateway: String?
    }

    private struct SiteChange: Decodable {
        let name: String?
        let description: Patched<String>
        let gateway: Patched<String>
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("sites") { request, _ -> Page<SiteResource> in
            let paging = try Paging(request)
            let found = try await sites.sites(after: paging.after, limit: paging.limit + 1)
            return try await paging.page(found, cursor: \.id) { SiteResource($0) }
        }
        group.post("sites", use: add)
        group.get("sites/:id") { _, context in SiteResource(try await site(context)) }
        group.patch("sites/:id", use: change)
        group.delete("sites/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let site = try await site(context)
            let moved = try await sites.remove(site.id)
            try await audit.record("site.remove", by: identity.username, target: site.name)
            await changes.tell(moved)
            return .noContent
        }
    }

    private func site(_ context: FleetRequestContext) async throws -> Site {
        let id = try context.key("id", of: "site")
        guard let site = try await sites.site(id) else { throw Problem.notFound("site \(id)") }
        return site
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<SiteResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(NewSite.self, context: context)
        try Self.check(new.name, new.description, new.gateway)
        let id = try await sites.add(name: new.name, description: new.description, gateway: new.gateway, now: now())
        try await audit.record("site.add", by: identity.username, target: new.name)
        guard let site = try await sites.site(id) else { throw Problem.notFound("site \(id)") }
        return EditedResponse(status: .created, response: SiteResource(site))
    }

    private func change(request: Request, context: FleetRequestContext) async throws -> SiteResource {
        let identity = try context.user(atLeast: .operator)
        var site = try await site(context)
        let change = try await request.body(SiteChange.self, context: context)
        let before = site.name
        site.name = change.name ?? site.name
        if change.description.isGiven { site.description = change.description.value }
        if change.gateway.isGiven { site.gateway = change.gateway.value }
        try Self.check(site.name, site.description, site.gateway)
        let moved = try await sites.change(site)
        try await audit.record("site.change", by: identity.username, target: site.name, detail: before == site.name ? nil : "was \(before)")
        await changes.tell(moved)
        return SiteResource(try await self.site(context))
    }

    private static func check(_ name: String, _ description: String?, _ gateway: String?) throws {
        try Naming.check(name)
        if let description, description.count > 1000 { throw Problem.invalid("description", "A description has at most 1000 characters.") }
        if let gateway, AddressRange.number(gateway) == nil { throw Problem.invalid("gateway", "\(gateway) is no IPv4 address.") }
    }
}
