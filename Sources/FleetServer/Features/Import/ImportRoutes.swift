import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import NetVision

/// `/cards/import` and `/cards/export`: the inventory as a file.
struct ImportRoutes: Sendable {
    static let maximumSize = 16 << 20

    let importer: CardImport
    let listing: CardListing
    let groups: GroupStore
    let changes: CardChanges
    let audit: AuditLog

    struct Outcome: ResponseEncodable, Sendable {
        let items: [CardImport.Item]
        let added: Int
        let updated: Int
        let unchanged: Int
        let refused: Int

        init(_ items: [CardImport.Item]) {
            self.items = items
            added = items.count { $0.action == .added }
            updated = items.count { $0.action == .updated }
            unchanged = items.count { $0.action == .unchanged }
            refused = items.count { $0.action == .refused }
        }
    }

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.post("cards/import", use: take)
        group.get("cards/export", use: give)
    }

    private func take(request: Request, context: FleetRequestContext) async throws -> Outcome {
        let identity = try context.user(atLeast: .operator)
        let isRehearsal = request.uri.queryParameters["dryRun"].map { $0 != "false" && $0 != "0" } ?? false
        let file = try await file(request)
        if file.entries.contains(where: { $0.holdsSecret }) { _ = try context.user(atLeast: .admin) }
        let outcome = Outcome(try await importer.run(file, isRehearsal: isRehearsal))
        guard !isRehearsal else { return outcome }
        let changed = outcome.items.filter { $0.action == .added || $0.action == .updated }.compactMap(\.card)
        try await audit.record(
            "card.import", by: identity.username,
            detail: "\(outcome.added) added, \(outcome.updated) updated, \(outcome.unchanged) unchanged, \(outcome.refused) refused")
        await changes.tell(changed)
        return outcome
    }

    private func file(_ request: Request) async throws -> CardFile {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { String($0).trimmed.lowercased() } ?? ""
        let isYAML = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"].contains(type)
        guard isYAML || type == "text/csv" else {
            throw Problem(.unsupportedMediaType, "Send the file as text/csv or application/yaml.")
        }
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.maximumSize)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "The file is larger than \(Self.maximumSize >> 20) MiB.")
        }
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self), !text.contains("\0") else {
            throw Problem(.unprocessableContent, "The file is no text in UTF-8.")
        }
        do {
            return isYAML ? try CardFile(yaml: text) : try CardFile(csv: text)
        } catch {
            throw Problem.invalid("line \(error.line)", "Line \(error.line): \(error.reason).")
        }
    }

    private func give(request: Request, context: FleetRequestContext) async throws -> Response {
        let format = request.uri.queryParameters["format"].map(String.init) ?? "csv"
        guard ["csv", "yaml"].contains(format) else { throw Problem.invalid("format", "There are the formats csv and yaml.") }
        let filter = try await CardFilter(request, groups: groups)
        var cards: [Card] = []
        while true {
            let page = try await listing.cards(filter, after: cards.last?.id, limit: 1000)
            cards += page.map(\.card)
            if page.count < 1000 { break }
        }
        let text = format == "csv" ? CardFile.csv(cards) : CardFile.yaml(cards)
        var headers: HTTPFields = [.contentType: format == "csv" ? "text/csv; charset=utf-8" : "application/yaml"]
        headers[.contentDisposition] = "attachment; filename=\"cards.\(format)\""
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
