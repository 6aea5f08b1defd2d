import Testing

@testable import FleetServer

/// What PostgreSQL has against a write, in words for who can mend it.
struct StorageTroubleTests {
    private func trouble(_ state: String?) -> StorageTrouble {
        StorageTrouble(PostgreSQLError(state: state, message: "FATAL"), in: .fleet)
    }

    @Test func aFullDiskIsFull() {
        #expect(trouble("53100").condition == .full)
        #expect(trouble("53100").words.contains("disk of the PostgreSQL server is full"))
    }

    @Test(arguments: [
        (nil, "can't be reached"), ("57P01", "can't be reached"), ("25P03", "can't be reached"), ("25006", "standby"), ("55P03", "lock"),
        ("23505", "log says why"),
    ])
    func allElseFails(state: String?, words: String) {
        #expect(trouble(state).condition == .failing)
        #expect(trouble(state).words.contains(words), "\(trouble(state).words)")
    }
}
