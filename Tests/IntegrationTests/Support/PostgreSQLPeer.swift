import Foundation
import Testing

/// An empty database of the PostgreSQL server that `bin/test` runs.
struct PostgreSQLPeer {
    /// As `FLEET_DATABASE` has it.
    let address: String
    private let name: String
    private let server: String
    private let scratch: Scratch

    static func with<Result>(in scratch: Scratch, _ body: (PostgreSQLPeer) async throws -> Result) async throws -> Result {
        let server = try #require(
            ProcessInfo.processInfo.environment["NVFLEET_POSTGRESQL"], "no PostgreSQL server; bin/test starts one and says where it is")
        let name = "fleet_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
        let peer = PostgreSQLPeer(
            address: server.replacing("/postgres?", with: "/\(name)?"), name: name, server: server, scratch: scratch)
        _ = try await peer.ask("CREATE DATABASE \(name)", at: server)
        do {
            let result = try await body(peer)
            await peer.drop()
            return result
        } catch {
            await peer.drop()
            throw error
        }
    }

    /// What psql prints of a query, one row a line.
    func query(_ sql: String) async throws -> [String] { try await ask(sql, at: address) }

    private func ask(_ sql: String, at place: String) async throws -> [String] {
        let output = try await Peer.run("psql", ["--no-psqlrc", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql, place], in: scratch)
        try #require(output.exitCode == 0, "psql: \(output)")
        return output.lines
    }

    private func drop() async { _ = try? await ask("DROP DATABASE \(name) WITH (FORCE)", at: server) }
}
