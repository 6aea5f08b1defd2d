import ArgumentParser
import FoundationEssentials
import NIOCore
import Testing

@testable import nvexplorer

/// What the commands about channels, routes, windows, rules and senders send, and what they print.
@Suite struct NotificationCommandTests {
    private let now = Elapsed.date("2026-01-31T12:00:00Z") ?? .distantPast

    @Test func aChannelHasItsSecretsApart() throws {
        let add = try parsed(
            [
                "channels", "add", "mail", "ops", "--set", "host=mail.example.org", "--set", "port=587", "--set", "to=[a@x.org, b@x.org]",
                "--set", "headers.X-Team=power", "--secret", "password", "--secrets", "f",
            ], as: ChannelsAddCommand.self)
        #expect(
            add.body(document: [:], secrets: ["hush"]) == [
                "kind": .text("mail"), "name": .text("ops"), "isEnabled": .flag(true),
                "settings": .object([
                    "host": .text("mail.example.org"), "port": .integer(587), "to": .list([.text("a@x.org"), .text("b@x.org")]),
                    "headers": .object(["X-Team": .text("power")]),
                ]), "secrets": .object(["password": .text("hush")]),
            ])
    }

    @Test func aChannelKeepsWhatIsNotNamed() throws {
        let stored = APIValue.object(["host": .text("a"), "port": .integer(25)])
        let set = try parsed(["channels", "set", "ops", "--set", "host=b", "--set", "port="], as: ChannelsSetCommand.self)
        #expect(set.body(stored: stored, document: [:], secrets: []) == ["settings": .object(["host": .text("b")])])
        let off = try parsed(["channels", "set", "ops", "--disable"], as: ChannelsSetCommand.self)
        #expect(off.body(stored: stored, document: [:], secrets: []) == ["isEnabled": .flag(false)])
    }

    @Test(arguments: [
        ("587", APIValue.integer(587)), ("no", .text("no")), ("true", .flag(true)), ("007", .text("007")), ("1.5", .number(1.5)),
        ("\"587\"", .text("587")), ("{{title}} at {{site}}", .text("{{title}} at {{site}}")), ("[a, 2]", .list([.text("a"), .integer(2)])),
    ])
    func settingsAreWordsOrLists(text: String, value: APIValue) { #expect(DocumentFile.setting(text) == value) }

    @Test func documentsAreYAMLOrJSON() throws {
        let value = APIValue.object(["name": .text("a"), "steps": .list([.object(["minutes": .integer(15)])])])
        #expect(try DocumentFile.value(of: "name: a\nsteps:\n  - minutes: 15\n", from: "x") == value)
        #expect(try DocumentFile.value(of: #"{"name": "a", "steps": [{"minutes": 15}]}"#, from: "x") == value)
        #expect(throws: CommandFailure.self) { try DocumentFile.value(of: "a: [", from: "x") }
        // Each line names the one before ten times.
        var bomb = "b0: &b0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        for number in 1...9 {
            let names = Array(repeating: "*b\(number - 1)", count: 10).joined(separator: ", ")
            bomb += "b\(number): &b\(number) [\(names)]\n"
        }
        #expect(throws: CommandFailure.self) { try DocumentFile.value(of: bomb, from: "x") }
    }

    @Test func whatIsShownCanBeGivenBack() throws {
        let value = APIValue.object([
            "id": .integer(3), "name": .text("night: shift"), "on": .text("yes"), "match": .object(["sites": .list([.text("Zürich")])]),
            "escalation": .list([.object(["minutes": .integer(15), "channels": .list([.integer(2)])])]), "quietHours": .null,
            "continue": .flag(false), "empty": .list([]), "number": .text("15"), "text": .text("a\n\"b\"\\"),
        ])
        let lines = Outline.lines(value)
        #expect(lines.first == "id: 3")
        #expect(try DocumentFile.value(of: lines.joined(separator: "\n"), from: "x") == value, "\(lines)")
    }

    @Test func hoursAreUnderstood() throws {
        let nights = try HoursText(parsing: "mon-fri 18:00-06:00")
        #expect(nights.days == ["monday", "tuesday", "wednesday", "thursday", "friday"])
        #expect(try HoursText(parsing: "fri-mon 00:00-24:00").days == ["friday", "saturday", "sunday", "monday"])
        #expect(
            try HoursText(parsing: "22:00-06:00").value(zone: "Europe/Zurich")
                == .object(["from": .text("22:00"), "to": .text("06:00"), "zone": .text("Europe/Zurich")]))
        for wrong in [
            "", "22-06", "mo 22:00-06:00", "22:00-24:01", "mon 22:00", "day 22:00-06:00", "mon tue 22:00-06:00", "-", "mon- 1:00-2:00",
        ] {
            #expect(throws: ValidationError.self, "\(wrong)") { try HoursText(parsing: wrong) }
        }
    }

    @Test func aRouteNamesItsChannels() async throws {
        let add = try parsed(
            [
                "routes", "add", "night", "--channel", "pager", "--channel", "7", "--severity", "critical", "--site", "Berlin", "--site",
                "Ulm", "--escalate", "15m:boss", "--quiet", "22:00-06:00", "--digest", "10m", "--no-continue",
            ], as: RoutesAddCommand.self)
        let list = #"{"items":[{"id":1,"name":"pager","kind":"webhook"},{"id":2,"name":"boss","kind":"mail"}],"next":null}"#
        let script = APIScript([(200, list), (200, list)])
        let body = try await add.route.body([:], stored: nil, script.api())
        #expect(
            body == [
                "channels": .list([.integer(1), .integer(7)]), "continue": .flag(false), "digestMinutes": .integer(10),
                "match": .object(["severity": .text("critical"), "sites": .list([.text("Berlin"), .text("Ulm")])]),
                "escalation": .list([.object(["minutes": .integer(15), "channels": .list([.integer(2)])])]),
                "quietHours": .object(["hours": .object(["from": .text("22:00"), "to": .text("06:00")])]),
            ])
    }

    @Test func aChangedRouteKeepsTheRestOfItsMatch() async throws {
        let set = try parsed(["routes", "set", "night", "--severity", "warning", "--tag", "", "--digest", "0"], as: RoutesSetCommand.self)
        let stored = APIValue.object(["match": .object(["sites": .list([.text("Ulm")]), "tags": .list([.text("a")])])])
        let body = try await set.what.body([:], stored: stored, APIScript([]).api())
        #expect(
            body == [
                "match": .object(["sites": .list([.text("Ulm")]), "tags": .list([]), "severity": .text("warning")]),
                "digestMinutes": .null,
            ])
    }

    @Test func aRouteIsToldInWords() {
        let route = APIValue.object([
            "match": .object(["severity": .text("critical"), "sites": .list([.text("Berlin"), .text("Ulm")]), "tags": .list([])]),
            "channels": .list([.integer(1), .integer(9)]), "digestMinutes": .integer(10), "continue": .flag(false),
            "escalation": .list([.object(["minutes": .integer(15), "channels": .list([.integer(1)])])]),
        ])
        #expect(RouteWords.match(route["match"]) == "severity critical, sites Berlin or Ulm")
        #expect(RouteWords.match(.object(["severity": .text("information")])) == "all messages")
        #expect(RouteWords.channels(route["channels"], [1: "pager"]) == "pager, channel 9")
        #expect(RouteWords.more(route, [1: "pager"]) == "after 15 min pager; digest of 10 min; no more routes")
    }

    @Test func aWindowOpensOnceOrEachWeek() throws {
        let once = try parsed(["windows", "add", "batteries", "--site", "Berlin", "--for", "2h"], as: WindowsAddCommand.self)
        #expect(
            once.body(cards: [3], now: now) == [
                "name": .text("batteries"), "sites": .list([.text("Berlin")]), "tags": .list([]), "cards": .list([.integer(3)]),
                "from": .text("2026-01-31T12:00:00.000Z"), "until": .text("2026-01-31T14:00:00.000Z"),
            ])
        let weekly = try parsed(
            ["windows", "add", "tests", "--weekly", "sat 08:00-12:00", "--zone", "Europe/Zurich"], as: WindowsAddCommand.self)
        let body = weekly.body(cards: [], now: now)
        #expect(body["from"] == nil && body["until"] == nil)
        #expect(WindowWords.time(.object(body)) == "saturday 08:00-12:00 Europe/Zurich")
        #expect(WindowWords.scope(.object(body)) == "the whole fleet")
    }

    @Test func aTestTellsTheAnswerLiterally() {
        let refused = ChannelTestReport(delivered: false, answer: "550 5.1.1 no such user", milliseconds: 31.4)
        #expect(ChannelsTestCommand.words("ops", refused) == "ops has not taken the message after 31 ms: 550 5.1.1 no such user")
        #expect(ChannelsTestCommand.words("ops", .init(delivered: true)) == "ops has taken the message: nothing")
    }

    @Test func aPreviewTellsWhoAndWhy() throws {
        let preview = try parsed(
            ["notifications", "preview", "--severity", "warning", "--site", "Ulm"], as: NotificationsPreviewCommand.self)
        #expect(
            preview.body([:]) == ["tell": .object(["kind": .text("opened"), "severity": .text("warning"), "site": .text("Ulm")])])
        let message = NotificationPreview.Message(channel: 1, channelName: "ops", at: "2026-01-31T12:10:00Z", reason: "digest", step: 0)
        let lines = NotificationsPreviewCommand.lines(NotificationPreview(routes: ["day"], messages: [message]), now: now)
        #expect(lines.first == "Routes: day." && lines.last?.contains("in 10 min") == true, "\(lines)")
        let none = NotificationPreview(routes: [], messages: [], suppressed: "noRoute")
        #expect(NotificationsPreviewCommand.lines(none, now: now) == ["No route matches.", "Nobody is told: noRoute."])
    }

    @Test func aStoredRuleIsRehearsedWithoutWhatTheServerAdds() async throws {
        let rule = """
            {"id":5,"name":"load","enabled":true,"severity":"warning","title":null,"scope":{"sites":[],"tags":["core"]},\
            "alarm":"rule:load","threshold":{"variable":"ups.load","above":80,"below":null,"for":"10m"},"alarmTitle":"x","activeAlarms":1,"notes":[],\
            "changedAt":"2026-01-31T12:00:00Z","changedBy":"olga"}
            """
        let outcome =
            """
            {"fired":3,"cards":[{"card":3,"name":"Rack 3","fired":3,"longestSeconds":720,"firstAt":"2026-01-01T00:00:00Z"}],\
            "text":"would have fired 3 times in the last 30 days on 1 card","notes":["By hours."]}
            """
        let script = APIScript([(200, #"{"items":[\#(rule)],"next":null}"#), (200, outcome)])
        let command = try parsed(["alarm-rules", "dry-run", "load", "--from", "1h"], as: AlarmRulesDryRunCommand.self)
        let found = try await command.rehearse(script.api(), now: now)
        let sent = try JSONDecoder().decode(APIValue.self, from: Data((script.requests.last?.body.map { String(buffer: $0) } ?? "").utf8))
        #expect(
            sent
                == .object([
                    "name": .text("load"), "enabled": .flag(true), "severity": .text("warning"),
                    "scope": .object(["tags": .list([.text("core")])]),
                    "threshold": .object(["variable": .text("ups.load"), "above": .integer(80), "for": .text("10m")]),
                    "from": .text("2026-01-31T11:00:00.000Z"),
                ]))
        let lines = AlarmRulesDryRunCommand.lines(found.record)
        #expect(lines.first == "would have fired 3 times in the last 30 days on 1 card" && lines.last == "Note: By hours.", "\(lines)")
        #expect(lines.contains { $0.contains("Rack 3") && $0.contains("12 min") }, "\(lines)")
    }

    @Test func wrongRulesAreToldWithTheirLines() throws {
        let json =
            """
            {"isValid":false,"rules":0,"problems":[{"line":3,"column":5,"key":"rules[0].for","reason":"a duration"},\
            {"line":null,"column":null,"key":"","reason":"no rules"}],"notes":[]}
            """
        let check = try JSONDecoder().decode(RuleCheck.self, from: Data(json.utf8))
        #expect(AlarmRulesCheckCommand.lines(check, "r.yaml") == ["r.yaml:3:5: rules[0].for: a duration", "r.yaml: no rules"])
        let good = RuleCheck(isValid: true, problems: [], rules: 1, notes: nil)
        #expect(AlarmRulesCheckCommand.lines(good, "r.yaml") == ["r.yaml is good: 1 rule."])
        let done = RuleImport(items: [.init(name: "a", action: "added")], added: 1, changed: 0, unchanged: 2, removed: 0)
        #expect(
            AlarmRulesImportCommand.lines(done, isDryRun: true) == ["a: added", "It would be: 1 added, 0 changed, 2 unchanged, 0 removed."])
    }

    @Test func namesNeedAnAdministratorNumbersDoNot() async throws {
        let script = APIScript([(403, "{}")])
        #expect(try await script.api().channelNumber("4") == 4)
        #expect(script.calls.isEmpty)
        #expect(try await script.api().channelNames().isEmpty)
    }
}
