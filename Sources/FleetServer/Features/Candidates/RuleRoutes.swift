import FoundationEssentials
import Hummingbird
import NetVision

/// A discovery rule as the API shows it.
struct RuleResource: ResponseEncodable, Sendable {
    let id: Int64
    let position: Int
    let name: String
    let ranges: [String]
    let generations: [CardGeneration]
    @Nullable var model: String?
    let methods: [DiscoveryMethod]
    let action: DiscoveryRule.Action
    @Nullable var site: String?
    let tags: [String]

    init(_ rule: DiscoveryRule) {
        id = rule.id
        position = rule.position
        name = rule.name
        ranges = rule.conditions.ranges
        generations = rule.conditions.generations
        methods = rule.conditions.methods
        action = rule.action
        tags = rule.tags
        model = rule.conditions.model
        site = rule.site
    }
}

/// `/discovery-rules`.
struct RuleRoutes: Sendable {
    let rules: RuleStore
    let audit: AuditLog

    private struct Fields: Decodable {
        let position: Int?
        let name: String?
        let ranges: [String]?
        let generations: [CardGeneration]?
        let model: Patched<String>
        let methods: [DiscoveryMethod]?
        let action: DiscoveryRule.Action?
        let site: Patched<String>
        let tags: [String]?

        func applied(to rule: DiscoveryRule) throws -> DiscoveryRule {
            var changed = rule
            changed.position = position ?? rule.position
            changed.name = name ?? rule.name
            changed.conditions.ranges = ranges ?? rule.conditions.ranges
            changed.conditions.generations = generations ?? rule.conditions.generations
            changed.conditions.methods = methods ?? rule.conditions.methods
            if model.isGiven { changed.conditions.model = model.value }
            changed.action = action ?? rule.action
            if site.isGiven { changed.site = site.value }
            changed.tags = tags ?? rule.tags
            try Naming.check(changed.name)
            try Ordering.check(position)
            _ = try AddressRanges.parse(changed.conditions.ranges, in: "ranges")
            try CardTags.validate(changed.tags)
            if let site = changed.site { try Naming.check(site, "site") }
            return changed
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("discovery-rules") { request, _ -> Page<RuleResource> in
            try await Paging(request).page(ofAll: try await rules.rules()) { RuleResource($0) }
        }
        group.post("discovery-rules", use: add)
        group.get("discovery-rules/:id") { _, context in RuleResource(try await rule(context)) }
        group.patch("discovery-rules/:id") { request, context -> RuleResource in
            let identity = try context.user(atLeast: .operator)
            let rule = try await request.body(Fields.self, context: context).applied(to: rule(context))
            try await rules.change(rule)
            try await audit.record("rule.change", by: identity.username, target: rule.name)
            return RuleResource(rule)
        }
        group.delete("discovery-rules/:id") { _, context -> HTTPResponse.Status in
            let identity = try context.user(atLeast: .operator)
            let rule = try await rule(context)
            try await rules.remove(rule.id)
            try await audit.record("rule.remove", by: identity.username, target: rule.name)
            return .noContent
        }
    }

    private func rule(_ context: FleetRequestContext) async throws -> DiscoveryRule {
        let id = try context.key("id", of: "discovery rule")
        guard let rule = try await rules.rule(id) else { throw Problem.notFound("discovery rule \(id)") }
        return rule
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<RuleResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(Fields.self, context: context)
        guard new.name != nil else { throw Problem.missing("name") }
        guard let action = new.action else { throw Problem.missing("action") }
        let empty = DiscoveryRule(id: 0, position: 0, name: "", conditions: .init(), action: action, tags: [])
        let id = try await rules.add(new.applied(to: empty), position: new.position)
        try await audit.record("rule.add", by: identity.username, target: new.name)
        guard let rule = try await rules.rule(id) else { throw Problem.notFound("discovery rule \(id)") }
        return EditedResponse(status: .created, response: RuleResource(rule))
    }
}
