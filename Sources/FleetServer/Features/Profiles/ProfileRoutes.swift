import HTTPTypes
import Hummingbird
import NIOCore
import NetVision

/// `/profiles`: how cards are read.
struct ProfileRoutes: Sendable {
    let shelf: ProfileShelf
    let audit: AuditLog

    /// All profiles, and what is wrong with files that are none.
    struct List: ResponseEncodable, Sendable {
        let items: [ProfileResource]
        let problems: [ProfileProblemResource]

        init(_ shelf: ProfileShelf) {
            items = shelf.library.profiles.map { ProfileResource($0) }
            problems = shelf.problems.map { ProfileProblemResource($0) }
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("profiles") { _, _ in List(shelf) }
        group.get("profiles/:name", use: show)
        group.post("profiles/reload", use: reload)
    }

    /// The whole profile: as JSON, or as the YAML that a file may begin with.
    private func show(request: Request, context: FleetRequestContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        guard let profile = shelf.library.profile(named: name) else { throw Problem.notFound("profile \(name)") }
        let isYAML = request.headers[values: .accept].contains { $0.lowercased().contains("yaml") }
        let text = isYAML ? profile.yaml : profile.tree.json
        return Response(
            status: .ok, headers: [.contentType: isYAML ? "application/yaml" : "application/json", .vary: "Accept"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func reload(request: Request, context: FleetRequestContext) async throws -> List {
        let identity = try context.user(atLeast: .operator)
        shelf.reload()
        let list = List(shelf)
        let detail = "\(list.items.count { $0.origin == "file" }) of files, \(list.problems.count) problems"
        try await audit.record("profile.reload", by: identity.username, target: "profiles", detail: detail)
        return list
    }
}
