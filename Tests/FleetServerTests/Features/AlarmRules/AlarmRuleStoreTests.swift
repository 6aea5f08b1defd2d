import Alarming
import Foundation
import PowerDevice
import Testing

@testable import FleetServer

struct AlarmRuleStoreTests {
    private static let now = RuleFleet.now

    private static func rules(_ text: String) throws -> [AlarmRule] {
        let document = RuleDocument("nvfleetRules: 1\nrules:\n\(text)", generations: AlarmRuleStore.generations)
        try #require(document.problems == [])
        return document.rules
    }

    private func store() throws -> AlarmRuleStore { AlarmRuleStore(database: try FleetDatabase.forTests()) }

    @Test func keepsWhatItIsGiven() async throws {
        let store = try store()
        let rule = try Self.rules("- {name: a, enabled: false, title: \"Zürich: 80 %\", noData: {for: 5m}}")[0]
        let stored = try await store.add(rule, by: "ann", now: Self.now)
        #expect(try await store.rule(stored.id) == stored)
        #expect(stored.rule == rule && stored.changedBy == "ann")
        await #expect(throws: Problem.self) { try await store.add(rule, by: "ann", now: Self.now) }
        try await store.remove(stored.id)
        #expect(try await store.rule(stored.id) == nil)
    }

    @Test func aChangeHasATimeOfItsOwnHoweverTheClockGoes() async throws {
        let store = try store()
        let rule = try Self.rules("- {name: a, noData: {for: 5m}}")[0]
        let id = try await store.add(rule, by: "ann", now: Self.now).id
        var stamps: Set<Int64> = []
        for offset in [0.0, -7200, 0, 10] {
            stamps.insert(try #require(try await store.stamps()[id]))
            try await store.change(id, to: rule, by: "ann", now: Self.now.addingTimeInterval(offset))
        }
        #expect(stamps.count == 4)
    }

    @Test func anImportGoesByNames() async throws {
        let store = try store()
        let first = try Self.rules("- {name: a, noData: {for: 5m}}\n- {name: b, noData: {for: 5m}}\n")
        let second = try Self.rules("- {name: b, noData: {for: 6m}}\n- {name: c, noData: {for: 5m}}\n")
        func take(_ rules: [AlarmRule], replace: Bool = false, rehearse: Bool = false) async throws -> [String] {
            try await store.take(rules, isReplacing: replace, isRehearsal: rehearse, by: "ann", now: Self.now).map {
                "\($0.name) \($0.action)"
            }
        }
        #expect(try await take(first) == ["a added", "b added"])
        #expect(try await take(first) == ["a unchanged", "b unchanged"])
        #expect(try await take(second, replace: true, rehearse: true) == ["b changed", "c added", "a removed"])
        #expect(try await store.contents().rules.map(\.rule) == first)
        #expect(try await take(second) == ["b changed", "c added"])
        #expect(try await take(second, replace: true) == ["b unchanged", "c unchanged", "a removed"])
        #expect(try await store.contents().rules.map(\.rule) == second)
    }

    @Test func aRuleOfAnotherVersionIsNamedAndLeftAlone() async throws {
        let store = try store()
        let id = try await store.add(try Self.rules("- {name: a, noData: {for: 5m}}")[0], by: "ann", now: Self.now).id
        try await store.database.write {
            try $0.execute("UPDATE alarm_rule SET document = '{name: a, new: 1}' WHERE id = ?", [.integer(id)])
        }
        let contents = try await store.contents()
        #expect(contents.rules.isEmpty && contents.unreadable == ["a"])
    }

    @Test func theExamplesAreRules() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "packaging/rules/examples.yaml"), encoding: .utf8)
        let document = RuleDocument(text, generations: AlarmRuleStore.generations)
        #expect(document.problems == [])
        #expect(document.rules.count >= 5)
        #expect(document.notes == [])
    }
}
