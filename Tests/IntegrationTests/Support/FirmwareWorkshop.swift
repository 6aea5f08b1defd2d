import Foundation

/// Keys and images, made as an operator makes them: by `nvexplorer firmware`.
struct FirmwareWorkshop: Sendable {
    let scratch: Scratch
    /// The key that the cards trust, and its public half.
    let key: String
    var publicKey: String { "\(key).pub" }

    static func open(in scratch: Scratch) async throws -> FirmwareWorkshop {
        let workshop = FirmwareWorkshop(scratch: scratch, key: scratch.path("fleet.key"))
        try await workshop.makeKey(workshop.key)
        return workshop
    }

    func makeKey(_ path: String) async throws { try await explorer(["firmware", "keygen", "--out", path]) }

    /// An image of `size` octets and some, unlike every other.
    ///
    /// - Parameter key: signs it; nil leaves it unsigned.
    func image(
        _ name: String, version: String, product: String = "CardAgent", size: Int = 300_000, signedBy key: String?
    ) async throws -> String {
        let start = Data((0..<4096).map { _ in UInt8.random(in: 0...255) })
        let payload = try scratch.write(start + Data(count: max(size - start.count, 0)), as: "\(name).payload")
        return try await image(name, version: version, product: product, payload: payload, signedBy: key)
    }

    /// An image of the file `payload`.
    func image(
        _ name: String, version: String, product: String = "CardAgent", payload: String, signedBy key: String?
    ) async throws -> String {
        let path = scratch.path(name)
        try await explorer(
            ["firmware", "pack", "--product", product, "--version", version, "--payload", payload, "--out", path])
        if let key { try await explorer(["firmware", "sign", "--key", key, path]) }
        return path
    }

    /// Our own card's program, as what an image's payload is: without what only a debugger needs, for that is more than an image may hold.
    func cardProgram() async throws -> String {
        let path = scratch.path("CardAgent.stripped")
        let output = try await Peer.run("strip", ["-o", path, Executable.built("CardAgent")], in: scratch, within: .seconds(60))
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "strip: \(output)") }
        return path
    }

    private func explorer(_ arguments: [String]) async throws {
        let output = try await Peer.runBuilt("nvexplorer", arguments, in: scratch)
        guard output.exitCode == 0 else { throw WebClient.Unexpected(description: "nvexplorer \(arguments): \(output)") }
    }
}
