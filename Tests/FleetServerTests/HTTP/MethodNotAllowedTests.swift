import HTTPTypes
import HummingbirdTesting
import Testing

@testable import FleetServer

struct MethodNotAllowedTests {
    @Test func aMethodThatAPathDoesNotTakeIsAnsweredWithThoseThatItTakes() async throws {
        try await withFleet { fleet in
            try await fleet.client.execute(uri: "/api/v1/cards/\(fleet.card)", method: .put) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "GET, PATCH, DELETE")
                #expect(response.headers[.contentType] == "application/problem+json")
            }
            try await fleet.client.execute(uri: "/api/v1/nothing", method: .put) { #expect($0.status == .notFound) }
        }
    }
}
