import FoundationEssentials
import Hummingbird
import NIOCore

/// `/firmware`: the image library.
struct FirmwareRoutes: Sendable {
    let library: FirmwareLibrary
    let audit: AuditLog
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("firmware") { _, _ in Page(try await library.records()) }
        group.get("firmware/:id") { _, context in try await record(context) }
        group.post("firmware", use: upload)
        group.delete("firmware/:id", use: remove)
    }

    private func record(_ context: FleetRequestContext) async throws -> FirmwareRecord {
        let id = try context.key("id", of: "firmware image")
        guard let record = try await library.record(id) else { throw Problem.notFound("firmware image \(id)") }
        return record
    }

    private func upload(request: Request, context: FleetRequestContext) async throws -> EditedResponse<FirmwareRecord> {
        let identity = try context.user(atLeast: .operator)
        let query = request.uri.queryParameters
        let name = query["name"].map(String.init) ?? ""
        guard (1...128).contains(name.count), name.unicodeScalars.allSatisfy({ $0 != "/" && $0.value >= 0x20 }) else {
            throw Problem.invalid("name", "Give the file's name, 1 to 128 characters without a slash: POST /firmware?name=card-8.41.bin.")
        }
        let image: ByteBuffer
        do {
            image = try await request.body.collect(upTo: FirmwareLibrary.maximumSize)
        } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge, "An image has at most \(FirmwareLibrary.maximumSize >> 20) MiB.")
        }
        guard image.readableBytes > 0 else { throw Problem(.badRequest, "The image is empty. Send its bytes as the request body.") }
        let record = try await library.add(
            name: name, version: query["version"].map(String.init), image: image, by: identity.username, now: now())
        try await audit.record("firmware.add", by: identity.username, target: name, detail: "sha256 \(record.sha256)")
        return EditedResponse(status: .created, response: record)
    }

    private func remove(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .operator)
        let record = try await record(context)
        try await library.remove(record)
        try await audit.record("firmware.remove", by: identity.username, target: record.name, detail: "sha256 \(record.sha256)")
        return .noContent
    }
}
