import HTTPTypes
import Testing

@testable import FleetServer

@Suite(.timeLimit(.minutes(1))) struct HistoryExportTests {
    /// Of single samples only the time is read in which there are some.
    @Test(arguments: ["csv", "json"]) func everySampleOfAllYearsIsSoonTold(_ format: String) async throws {
        try await withFleet { fleet in
            let path = "cards/\(fleet.card)/history?metric=ups.load&step=raw&format=\(format)"
            let answer = try await fleet.call(.get, path + "&from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z")
            #expect(answer.status == 200)
            #expect(format == "json" ? answer.body.contains("\"points\":[]") : answer.body == "time,ups.load\r\n")
        }
    }
}
