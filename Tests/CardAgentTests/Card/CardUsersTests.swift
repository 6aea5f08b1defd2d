import NIOCore
import NetVision
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardUsersTests {
    private static let boots: OID = "1.3.6.1.6.3.10.2.1.2.0"

    private func users(_ specifications: String...) throws -> [CardUser] { try specifications.map { try CardUser(specification: $0) } }

    @Test func usersReadAndWriteAsTheyMay() async throws {
        let users = try users("ops:SHA-512:authpass1:AES-256-C:privpass1", "viewer/ro:MD5:authpass2:DES:privpass2", "open")
        try await withFarm(users: users) { farm async throws in
            for user in users {
                let target = try farm.target(user.user)
                #expect(try await farm.manager.get([SystemObjects.objectID], from: target).first?.value.oid == CardObjectIDs.netVision7)
                let set = [VariableBinding(SystemObjects.name, .text(user.user.name))]
                if user.access == .readOnly {
                    await #expect(throws: SNMPError.errorStatus(.authorizationError, index: 0)) {
                        try await farm.manager.set(set, on: target)
                    }
                } else {
                    try await farm.manager.set(set, on: target)
                    #expect(try await farm.value(SystemObjects.name)?.text == user.user.name)
                }
            }
            let walk = try await farm.manager.walk("1.3.6.1", of: farm.target(users[0].user))
            #expect(walk.end == .complete && walk.bindings.count > 300)
        }
    }

    @Test func whoIsRefusedIsToldWhyAndCounted() async throws {
        let known = try users("ops:SHA:authpass1:AES:privpass1")
        let strangers: [(String, SNMPSecurityError, OID)] = [
            ("nobody:SHA:authpass1", .unknownUser, "1.3.6.1.6.3.15.1.1.3.0"), ("ops:SHA:authpass9", .wrongKey, "1.3.6.1.6.3.15.1.1.5.0"),
            ("ops:SHA:authpass1:AES:privpass9", .wrongPrivacyKey, "1.3.6.1.6.3.15.1.1.6.0"),
        ]
        try await withFarm(users: known) { farm async throws in
            for (specification, error, counter) in strangers {
                let stranger = try CardUser(specification: specification).user
                await #expect(throws: SNMPError.security(error)) {
                    try await farm.manager.get([SystemObjects.name], from: farm.target(stranger))
                }
                #expect(try await farm.value(counter)?.number ?? 0 > 0)
            }
        }
    }

    /// A user that has keys is not served without them.
    @Test func nobodyGoesBelowHisLevel() async throws {
        let known = try users("ops:SHA:authpass1:AES:privpass1")
        try await withFarm(users: known) { farm async throws in
            for specification in ["ops", "ops:SHA:authpass1"] {
                let lower = try CardUser(specification: specification).user
                await #expect(throws: SNMPError.self) { try await farm.manager.get([SystemObjects.name], from: farm.target(lower)) }
            }
        }
    }

    @Test func theEngineOutlivesTheProgramAndCountsItsStarts() async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let ops = try users("ops:SHA:authpass1:AES:privpass1")
        for start in 1...2 {
            try await withFarm(directory: scratch.path, users: start == 1 ? ops : []) { farm async throws in
                let target = try farm.target(ops[0].user)
                #expect(try await farm.manager.get([Self.boots], from: target).first?.value == .integer(Int32(2 * start - 1)))
                let id = try await farm.value("1.3.6.1.6.3.10.2.1.1.0")
                #expect(id == .octetString([0x80, 0x00, 0x11, 0xCB, 0x03] + farm.card.plan.mac.octets))
                farm.card.restart()
                #expect(try await eventually { farm.card.engine.identity.clock.boots == 2 * Int32(start) })
                // The manager learns of the restart by itself.
                #expect(
                    try await eventually {
                        (try? await farm.manager.get([Self.boots], from: target).first?.value) == .integer(2 * Int32(start))
                    })
            }
        }
    }

    @Test func aNinthUserHasNoRoom() async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let first = try (1...8).map { try CardUser(specification: "user\($0)") }
        try await withFarm(directory: scratch.path, users: first) { _ async throws in }
        await #expect(throws: StateDirectoryError.self) {
            try await withFarm(directory: scratch.path, users: users("another")) { _ async throws in }
        }
    }
}
