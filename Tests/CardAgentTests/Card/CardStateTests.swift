import Logging
import NetVision
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardStateTests {
    @Test func settingsOutliveTheProgram() async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try await withFarm(directory: scratch.path) { farm async throws in
            try await farm.manager.set(
                [VariableBinding(SystemObjects.contact, .text("Line 1\nLine 2 \\ end"))], on: farm.target(community: "private"))
        }
        try await withFarm(directory: scratch.path) { farm async throws in
            #expect(try await farm.value(SystemObjects.contact)?.text == "Line 1\nLine 2 \\ end")
        }
    }

    @Test func aTakenPortIsNamedWithWhatToDo() async throws {
        try await withFarm { first async throws in
            var plan = try farmPlan(count: 1)
            plan.members[0].card.portOffset = first.offset
            plan.members[0].card.network = first.card.plan.network
            let farm = try Farm(plan, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let error = await #expect(throws: CardStartError.self) { try await farm.run() }
            #expect(error?.description.contains("is taken") == true)
            #expect(error?.description.contains("--port-offset") == true)
        }
    }
}
