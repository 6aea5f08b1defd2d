import FoundationEssentials
import Testing

@testable import FleetServer

struct AuditLogTests {
    @Test func keepsTheNewestEntries() async throws {
        let audit = AuditLog(database: try .forTests(), now: { Date(timeIntervalSince1970: 0) }, capacity: 3)
        for number in 1...5 { try await audit.record("card.changed", by: "user\(number)") }
        #expect(try await audit.entries(before: nil, limit: 10).map(\.user) == ["user5", "user4", "user3"])
    }
}
