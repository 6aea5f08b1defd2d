import Testing

@testable import SNMP

struct EngineOwnersTests {
    private let first = PeerAddress(ipv4: 1, port: 161)
    private let second = PeerAddress(ipv4: 2, port: 161)
    private let engine: EngineID
    private let another: EngineID

    init() throws {
        engine = try #require(EngineID(octets: [1, 2, 3, 4, 5]))
        another = try #require(EngineID(octets: [1, 2, 3, 4, 6]))
    }

    /// What a mutating call says of whether conflicts have changed.
    private func expect(_ hasChanged: Bool, _ expected: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(hasChanged == expected, sourceLocation: sourceLocation)
    }

    @Test func oneEngineAtTwoAddressesIsAConflictUntilOneChanges() {
        var owners = EngineOwners()
        expect(owners.note(engine, of: first), false)
        #expect(owners.conflicts.isEmpty)
        expect(owners.note(engine, of: second), true)
        #expect(owners.conflicts == [engine: [first, second]])
        expect(owners.note(engine, of: second), false)
        expect(owners.note(another, of: first), true)
        #expect(owners.conflicts.isEmpty)
    }

    @Test func aForgottenAgentConflictsWithNobody() {
        var owners = EngineOwners()
        _ = owners.note(engine, of: first)
        _ = owners.note(engine, of: second)
        expect(owners.forget(first), true)
        expect(owners.forget(first), false)
        #expect(owners.conflicts.isEmpty)
    }
}
