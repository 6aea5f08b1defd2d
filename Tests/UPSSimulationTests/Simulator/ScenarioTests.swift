import FoundationEssentials
import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct ScenarioTests {
    private func scenario(_ json: String) throws -> Scenario { try Scenario(json: Data(json.utf8), map: .vuMap) }

    @Test func readsEveryKindOfOccurrence() throws {
        let scenario = try scenario(
            #"""
            {"events": [
              {"at": 90, "points": {"A012": 1, "S019": null}},
              {"at": 0, "mains": {"present": true, "voltage": 231.5}, "load": {"percent": 90}, "ambient": {"celsius": 31}, "mode": "eco"}
            ]}
            """#)
        #expect(
            scenario.events == [
                Scenario.Event(
                    at: 0,
                    occurrences: [.mains(isPresent: true, voltage: 231.5, frequency: nil), .load(90), .ambient(31), .mode(.eco)]),
                Scenario.Event(at: 90, occurrences: [.point("A012", 1), .point("S019", nil)]),
            ])
    }

    @Test func emptyScenarioIsAllowed() throws { #expect(try scenario(#"{"events":[]}"#).events.isEmpty) }

    @Test(arguments: [
        "", "[]", "{}", #"{"events":[{"load":{"percent":1}}]}"#, #"{"events":[{"at":"soon","load":{"percent":1}}]}"#,
        #"{"events":[{"at":1,"mode":"turbo"}]}"#, #"{"events":[{"at":1,"points":{"A000":0.5}}]}"#,
    ]) func malformedDocumentIsRefused(json: String) {
        #expect {
            try scenario(json)
        } throws: { error in
            guard case SimulationError.malformedScenario = error else { return false }
            return true
        }
    }

    @Test(arguments: [
        #"{"events":[{"at":1}]}"#, #"{"events":[{"at":-1,"load":{"percent":1}}]}"#, #"{"events":[{"at":1,"load":{"percent":201}}]}"#,
        #"{"events":[{"at":1,"mains":{"voltage":-1}}]}"#, #"{"events":[{"at":1,"ambient":{"celsius":1000}}]}"#,
        #"{"events":[{"at":1,"points":{"A128":1}}]}"#, #"{"events":[{"at":1,"points":{"A000":2}}]}"#,
    ]) func impossibleEventIsRefused(json: String) {
        #expect(throws: SimulationError.self) { try scenario(json) }
    }
}
