import PowerDevice
import Testing

@testable import UPSSimulation

@Suite struct ScenarioTests {
    private func scenario(_ text: String, _ model: String = "MASTERYS BC+") throws -> Scenario {
        try Scenario(text, layout: SystemLayout(try #require(UPSModel.named(model))))
    }

    @Test func readsEveryKindOfOccurrence() throws {
        let scenario = try scenario(
            """
            initial:
              battery: {charge: 60, health: 80}
              remote: {enabled: false}
            events:
              - at: 90
                points: {A012: 1, S019: null}
                units: {1: {failed: true}}
                genset: {present: true, delay: 5}
              - {at: 0, mains: {present: true, voltage: 231.5}, load: {percent: 90}, ambient: {celsius: 31}, mode: eco}
              - at: 95
                mains:
                  - {source: 1, lost: [2, 3]}
                  - {source: 2, phase: -30, drift: 0.1, reversed: true}
            """)
        #expect(scenario.initial == [.battery(BatteryChange(charge: 60, health: 80)), .remoteControl(false)])
        #expect(
            scenario.events == [
                Scenario.Event(
                    at: 0,
                    occurrences: [.mains(isPresent: true, voltage: 231.5, frequency: nil), .load(90), .ambient(31), .mode(.eco)]),
                Scenario.Event(
                    at: 90,
                    occurrences: [
                        .point("A012", 1), .point("S019", nil), .unit(1, PartChange(failed: true)),
                        .genset(GensetChange(present: true, delay: 5)),
                    ]),
                Scenario.Event(
                    at: 95,
                    occurrences: [
                        .supply(SupplyChange(source: 1, lost: [2, 3])),
                        .supply(SupplyChange(source: 2, drift: 0.1, phase: -30, reversed: true)),
                    ]),
            ])
    }

    @Test func readsJSONToo() throws {
        let scenario = try scenario(#"{"events": [{"at": 10, "mains": {"present": false}, "points": {"S019": null}}]}"#)
        #expect(scenario.events.count == 1 && scenario.events.first?.occurrences.count == 2)
    }

    @Test func readsWhatATransferSystemKnows() throws {
        let scenario = try scenario(
            "events: [{at: 1, mode: bypass2}, {at: 2, mode: automatic}, {at: 3, transfer: {preferred: 2}, points: {'STS:0x0140.3': 1}}]",
            "STATYS")
        #expect(
            scenario.events.flatMap(\.occurrences) == [
                .manualBypass(2), .manualBypass(nil), .transfer(TransferChange(preferred: 2)), .point("STS:0x0140.3", 1),
            ])
    }

    @Test func emptyScenarioIsAllowed() throws { #expect(try scenario(#"{"events":[]}"#).events.isEmpty) }

    /// What is wrong, and what the error must name.
    static let faults: [(String, [String])] = [
        ("", ["empty"]),
        ("[]", ["mapping"]),
        ("{}", ["events"]),
        ("events: {at: 1}", ["line 1", "list"]),
        ("events:\n  - load: {percent: 1}", ["line 2", "event 1", "at: 10"]),
        ("events:\n  - {at: soon, load: {percent: 1}}", ["line 2", "event 1", "`soon`", "seconds"]),
        ("events:\n  - {at: 1, mode: turbo}", ["event 1", "turbo", "eco"]),
        ("events:\n  - {at: 1, points: {A000: 0.5}}", ["event 1", "0.5", "whole number"]),
        ("events:\n  - {at: 1, load: {percent: 1}}\n  - at: 2\n    lod: {percent: 1}", ["line 4", "event 2", "`lod`", "`load`"]),
        ("events:\n  - {at: 1, load: 80}", ["event 1", "{percent: 80}"]),
        ("events:\n  - {at: 1, load: {}}", ["event 1", "percent"]),
        ("events:\n  - at: 1\n    mains:\n      present: perhaps", ["line 4", "event 1", "present", "false"]),
        ("events:\n  - {at: 1, mains: {volts: 1}}", ["`volts`", "`voltage`"]),
        ("events:\n  - {at: 1, units: {x: {failed: true}}}", ["units", "`x`"]),
        ("events: [", ["line"]),
        ("initial: {nothing: 1}", ["initial", "`nothing`"]),
        ("event: []", ["`event`", "`events`"]),
    ]

    @Test(arguments: faults) func malformedDocumentIsRefusedWithItsPlace(text: String, words: [String]) {
        #expect {
            try scenario(text)
        } throws: { error in
            guard case SimulationError.malformedScenario(let sentence) = error else { return false }
            return words.allSatisfy { sentence.contains($0) }
        }
    }

    @Test(arguments: [
        "events:\n  - {at: 1}", "events:\n  - {at: -1, load: {percent: 1}}", "events:\n  - {at: 1, load: {percent: 201}}",
        "events:\n  - {at: 1, mains: {voltage: -1}}", "events:\n  - {at: 1, ambient: {celsius: 1000}}",
        "events:\n  - {at: 1, points: {A128: 1}}", "events:\n  - {at: 1, points: {A000: 2}}",
        "events:\n  - {at: 1, units: {2: {failed: true}}}",
        "events:\n  - {at: 1, plugs: {1: {closed: true}}}", "events:\n  - {at: 1, transfer: {preferred: 1}}",
        "events:\n  - {at: 1, mains: {source: 3}}", "events:\n  - {at: 1, mode: bypass1}",
    ]) func impossibleEventIsRefusedWithItsPlace(text: String) {
        #expect {
            try scenario(text)
        } throws: { error in
            guard case SimulationError.impossibleScenario(let sentence) = error else { return false }
            return sentence.contains("line 2, event 1")
        }
    }
}
