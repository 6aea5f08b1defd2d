import ArgumentParser
import FoundationEssentials
import Testing

@testable import nvexplorer

/// What the commands about searches, schedules and rules send, and what they print.
struct SearchCommandTests {
    private func parsed<Command>(_ line: [String], as: Command.Type) throws -> Command {
        try #require(try NVExplorer.parseAsRoot(line) as? Command)
    }

    @Test func aSearchAtAServerAsksAsItIsTold() throws {
        let plain = try parsed(["discover", "10.1.0.0/16"], as: DiscoverCommand.self)
        #expect(try plain.order([]).credentials == nil)
        let user = APIValue.object(["version": .text("3"), "user": .text("nms")])
        let named = try parsed(["discover", "10.1.0.0/16", "--community", "internal"], as: DiscoverCommand.self)
        #expect(
            try named.order([user]).credentials == [
                user, .object(["version": .text("2c"), "community": .text("internal")]),
                .object(["version": .text("1"), "community": .text("internal")]),
            ])
        #expect(throws: CommandFailure.self) { try named.order(Array(repeating: user, count: 7)) }
        #expect(try plain.order(Array(repeating: user, count: 8)).credentials?.count == 8)
    }

    @Test(arguments: [("30m", 30, "30 min"), ("12h", 720, "12 h"), ("1d", 1440, "1 d"), ("1w", 10_080, "7 d"), ("90m", 90, "90 min")])
    func intervalsHaveTheirUnits(text: String, minutes: Int, words: String) throws {
        #expect(try Interval.minutes(in: text) == minutes)
        #expect(Interval.words(minutes) == words)
    }

    @Test(arguments: ["", "m", "10", "0m", "-1h", "8d", "1.5h", "9223372036854775807w"]) func noOtherIntervals(text: String) {
        #expect(throws: ValidationError.self) { try Interval.minutes(in: text) }
    }

    @Test func schedulesSendOnlyWhatIsNamed() throws {
        let new = try parsed(
            ["schedules", "add", "nightly", "--every", "1d", "--range", "10.1.0.0/16", "--method", "snmp,lan", "--paused"],
            as: SchedulesAddCommand.self)
        #expect(
            new.body == [
                "name": .text("nightly"), "minutes": .integer(1440), "ranges": .list([.text("10.1.0.0/16")]),
                "methods": .list([.text("snmp"), .text("lan")]), "isEnabled": .flag(false),
            ])
        let change = try parsed(
            ["schedules", "change", "nightly", "--method", "", "--range", "", "--no-accept"], as: SchedulesChangeCommand.self)
        #expect(change.body == ["methods": .null, "ranges": .list([]), "accept": .flag(false)])
    }

    @Test func rulesSendOnlyWhatIsNamed() throws {
        let new = try parsed(
            ["rules", "add", "berlin", "--accept", "--generation", "NV7,NV8", "--site", "Berlin", "--tag", "a"], as: RulesAddCommand.self)
        #expect(
            new.body == [
                "name": .text("berlin"), "action": .text("accept"), "generations": .list([.text("NV7"), .text("NV8")]),
                "site": .text("Berlin"), "tags": .list([.text("a")]),
            ])
        let change = try parsed(["rules", "change", "berlin", "--site", "", "--position", "0"], as: RulesChangeCommand.self)
        #expect(change.body == ["site": .null, "position": .integer(0)])
    }

    @Test func rulesAreToldInWords() {
        let rule = RuleRecord(
            id: 1, position: 1, name: "berlin", ranges: ["10.1.0.0/16"], generations: ["NV7", "NV8"], methods: ["snmp"], action: "accept",
            site: "Berlin", tags: ["a", "b"])
        #expect(rule.words == "accept in 10.1.0.0/16, NV7 or NV8, found by snmp, with site Berlin, tags a, b")
        let all = RuleRecord(id: 1, position: 1, name: "x", ranges: [], generations: [], methods: [], action: "ignore", tags: [])
        #expect(all.words == "ignore all cards")
    }

    @Test func searchesAreToldInWords() {
        let search = DiscoveryRecord(id: 3, state: "running", ranges: ["10.1.0.0/16"], probed: 40, total: 100, found: 2)
        #expect(search.sentence == "Search 3 of 10.1.0.0/16: running, 40 %, 2 found")
        #expect(DiscoveryRecord(id: 4, state: "failed", error: "No interface.").sentence == "Search 4: failed, No interface.")
    }

    @Test func recordsAreCalledByIdOrName() async throws {
        let list = #"{"items":[{"id":1,"name":"2","cards":0},{"id":2,"name":"Berlin","cards":4}],"next":null}"#
        let script = APIScript([(200, list), (200, list), (200, list), (200, #"{"id":2,"name":"Ulm","cards":4}"#)])
        let api = try script.api()
        #expect(try await api.record("2", SiteRecord.self).name == "Berlin")
        await #expect(throws: CommandFailure(.failed, "There is no site \"Rome\". See nvexplorer sites.")) {
            try await api.record("Rome", SiteRecord.self)
        }
        let change = try parsed(["sites", "change", "Berlin", "--name", "Ulm", "--gateway", ""], as: SitesChangeCommand.self)
        #expect(change.body == ["name": .text("Ulm"), "gateway": .null])
        let changed = try await api.change(try await api.record("Berlin", SiteRecord.self), change.body)
        #expect(changed.name == "Ulm")
        #expect(script.calls.last == "PATCH /sites/2")
    }

    @Test func aGroupKeepsTheConditionsThatAreNotNamed() throws {
        let before: [String: FilterText] = ["site": FilterText(texts: ["Berlin"]), "status": FilterText(texts: ["off", "critical"])]
        let change = try parsed(
            ["groups", "change", "slow", "--site", "", "--range", "10.1.0.0/16", "--no-poll"], as: GroupsChangeCommand.self)
        #expect(
            change.body(before) == [
                "filter": .object(["status": .list([.text("off"), .text("critical")]), "range": .text("10.1.0.0/16")]), "polling": .null,
            ])
        let name = try parsed(["groups", "change", "slow", "--name", "x"], as: GroupsChangeCommand.self)
        #expect(name.body(before) == ["name": .text("x")])
        let new = try parsed(["groups", "add", "x", "--status", "off", "--kind", "ups"], as: GroupsAddCommand.self)
        #expect(new.filter.applied() == ["status": .text("off"), "kind": .text("ups")])
    }

    @Test func credentialsKeepWhatIsNotNamed() throws {
        let ranges = try parsed(
            ["credentials", "change", "core", "--range", "10.2.0.0/16", "--group", ""], as: CredentialsChangeCommand.self)
        #expect(ranges.access.questions().isEmpty)
        #expect(ranges.body([], group: nil) == ["ranges": .list([.text("10.2.0.0/16")]), "group": .null])
        let user = try parsed(["credentials", "change", "core", "--user", "nms", "--privacy", "AES"], as: CredentialsChangeCommand.self)
        #expect(
            user.body(["secret"], group: nil) == [
                "snmp": .object([
                    "version": .text("3"), "user": .text("nms"), "privProtocol": .text("AES"), "privPassword": .text("secret"),
                ])
            ])
    }

    @Test func aNewCardIsSentWithWhatItIsGiven() throws {
        let plain = try parsed(["add", "10.1.0.5", "--site", "Berlin"], as: AddCommand.self)
        #expect(plain.body("10.1.0.5", secrets: []) == ["address": .text("10.1.0.5")])
        let opened = try parsed(["add", "10.1.0.5", "--name", "Rack 3", "--snmp", "1"], as: AddCommand.self)
        #expect(
            opened.body("10.1.0.5", secrets: ["c"]) == [
                "address": .text("10.1.0.5"), "name": .text("Rack 3"),
                "credentials": .object(["snmp": .object(["version": .text("1"), "readCommunity": .text("c")])]),
            ])
    }

    @Test func anHeirSaysWhereTheHistoryIs() {
        var card = CardRecord(name: "Rack 1", address: "10.0.0.1", generation: "NV8", status: "normal")
        (card.id, card.predecessor) = (15, 12)
        #expect(
            card.inheritance
                == "Rack 1 (id 15) has taken the place of card 12, whose history stays there: nvexplorer history 12 --metric NAME")
    }
}
