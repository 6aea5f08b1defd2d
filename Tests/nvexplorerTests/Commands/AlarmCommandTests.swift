import ArgumentParser
import FoundationEssentials
import NIOCore
import Testing

@testable import nvexplorer

/// What the commands about alarms and incidents send, and what they print.
@Suite struct AlarmCommandTests {
    static let onBattery = """
        {"id":12,"card":3,"cardName":"Rack 3","site":"Berlin","name":"upsAlarmOnBattery","title":"On battery","severity":"critical",\
        "source":"trap","detail":null,"state":"raised","since":"2026-01-31T12:00:00Z","clearedAt":null,"flapping":true,"occurrences":6,\
        "shelvedUntil":null,"incident":4,"changedAt":"2026-01-31T12:00:00Z","somethingNew":1}
        """

    private let now = Elapsed.date("2026-01-31T13:00:00Z") ?? .distantPast

    private func given(_ query: [(String, String?)]) -> [String: String] {
        Dictionary(query.compactMap { name, value in value.map { (name, $0) } }) { $1 }
    }

    @Test func aListAsksForWhatIsNamed() throws {
        let plain = try parsed(["alarms"], as: AlarmsListCommand.self)
        #expect(given(plain.query(card: nil, now: now)).isEmpty)
        let line = [
            "alarms", "list", "--state", "all", "--severity", "warning,critical", "--site", "Berlin", "--source", "trap", "--no-shelved",
            "--search", "x", "--from", "1h",
        ]
        let full = try parsed(line, as: AlarmsListCommand.self)
        #expect(
            given(full.query(card: 3, now: now)) == [
                "state": "all", "severity": "warning,critical", "card": "3", "site": "Berlin", "source": "trap", "shelved": "false",
                "q": "x", "from": "2026-01-31T12:00:00.000Z",
            ])
    }

    @Test func aCheckIsAboutWhatNobodyHasSeen() throws {
        let check = try parsed(["alarms", "--check", "--site", "Berlin"], as: AlarmsListCommand.self)
        #expect(
            given(check.query(card: nil, now: now))
                == ["state": "raised", "severity": "critical", "shelved": "false", "site": "Berlin"])
        #expect(ProgramExit.alarming.rawValue == 5)
    }

    @Test func anAlarmIsPrintedAsTheServerTellsIt() async throws {
        let api = try APIScript([(200, #"{"items":[\#(Self.onBattery)],"next":"5"}"#)]).api()
        let found: (items: [Answer<AlarmItem>], hasMore: Bool) = try await api.first(1, of: "alarms")
        #expect(found.hasMore)
        let json = try Output.json(found.items)
        #expect(json.contains("\"somethingNew\" : 1") && json.contains("\"detail\" : null"), "\(json)")
        let lines = Output.table(found.items, AlarmsListCommand.columns(now: now))
        #expect(lines.last?.contains("1 h ago") == false && lines.last?.contains("60 min ago") == true, "\(lines)")
        #expect(lines.last?.contains("Rack 3") == true && lines.last?.hasSuffix("flapping") == true, "\(lines)")
    }

    @Test func aListEndsWhereEnoughIsThere() async throws {
        let pages = ["a", "b"].map { (200, #"{"items":[\#(Self.onBattery),\#(Self.onBattery)],"next":"\#($0)"}"#) }
        let script = APIScript(pages)
        let found: (items: [Answer<AlarmItem>], hasMore: Bool) = try await script.api().first(3, of: "alarms", [("state", "all")])
        #expect(found.items.count == 3 && found.hasMore)
        #expect(script.calls == ["GET /alarms?state=all&limit=3", "GET /alarms?state=all&limit=1&cursor=a"])
    }

    @Test func anAlarmIsShownWithItsTimeline() throws {
        let events = """
            [{"id":1,"at":"2026-01-31T12:00:00Z","kind":"raised","severity":"critical","source":"trap","user":null,"text":null},
             {"id":2,"at":"2026-01-31T12:05:00Z","kind":"acknowledged","severity":"critical","user":"olga","text":"on my way"}]
            """
        let json = Self.onBattery.dropLast() + ",\"events\":\(events)}"
        let found = try JSONDecoder().decode(Answer<AlarmHistory>.self, from: Data(json.utf8))
        let lines = AlarmsShowCommand.lines(found.record, incident: found.all["incident"]?.words, now: now)
        #expect(lines.first == "On battery (id 12)")
        #expect(lines.contains("  Incident         4"), "\(lines)")
        #expect(lines.last == "  2026-01-31T12:05:00Z  acknowledged by olga: on my way", "\(lines)")
    }

    @Test func manyAreAcknowledgedInParts() async throws {
        let command = try parsed(["alarms", "ack"] + (1...501).map(String.init) + ["--comment", "seen"], as: AlarmsAckCommand.self)
        let script = APIScript([
            (200, #"{"acknowledged":499,"skipped":[{"id":7,"reason":"It is over."}]}"#), (200, #"{"acknowledged":1,"skipped":[]}"#),
        ])
        let report = try await command.acknowledge(try script.api())
        #expect(report == AcknowledgementReport(acknowledged: 500, skipped: [.init(id: 7, reason: "It is over.")]))
        #expect(script.calls == ["POST /alarms/acknowledge", "POST /alarms/acknowledge"])
        #expect(script.requests.last?.body.map { String(buffer: $0) }?.contains(#""ids":[501]"#) == true)
    }

    @Test func shelvingHasAnEndAndAReason() throws {
        let span = try parsed(["alarms", "shelve", "12", "--for", "90m", "--reason", "new battery"], as: AlarmsShelveCommand.self)
        #expect(span.body == ["minutes": .integer(90), "reason": .text("new battery")])
        let time = try parsed(
            ["alarms", "shelve", "12", "13", "--until", "2026-01-31T12:00:00Z", "--reason", "x"], as: AlarmsShelveCommand.self)
        #expect(time.body == ["until": .text("2026-01-31T12:00:00.000Z"), "reason": .text("x")])
    }

    @Test func anIncidentIsShownWithWhatTheServerAdds() throws {
        let json = """
            {"id":4,"site":"Berlin","cause":"mains","title":"Mains failure at Berlin","severity":"critical","state":"open",\
            "openedAt":"2026-01-31T12:00:00Z","endedAt":null,"changedAt":"2026-01-31T12:00:00Z","cards":34,"active":5,"singles":2,\
            "acknowledgedAt":null,"acknowledgedBy":null,"root":"The mains of Berlin","counts":{"alarms":40,"active":6}}
            """
        let incident = try JSONDecoder().decode(Answer<IncidentItem>.self, from: Data(json.utf8))
        let line = #"{"at":"2026-01-31T12:00:03Z","kind":"opened","text":"34 cards on battery"}"#
        let entry = try JSONDecoder().decode(Answer<TimelineEntry>.self, from: Data(line.utf8))
        let lines = IncidentsShowCommand.lines(.init(incident: incident, timeline: [entry]), now: now)
        #expect(lines.contains { $0.contains("34 cards, 5 still active, 2 told on their own") }, "\(lines)")
        #expect(lines.contains { $0.contains("The mains of Berlin") } && lines.contains { $0.contains("counts.alarms") }, "\(lines)")
        #expect(lines.last == "  2026-01-31T12:00:03Z  opened: 34 cards on battery")
    }

    @Test func anOlderServerIsSaidToBeOlder() async throws {
        let answer = #"{"title":"Not Found","detail":"There is nothing here. The API is described at /api/v1/openapi.json."}"#
        let api = try APIScript([(404, answer)]).api()
        await #expect {
            let _: (items: [Answer<AlarmItem>], hasMore: Bool) = try await api.first(1, of: "alarms")
        } throws: { error in
            guard let failure = error as? CommandFailure else { return false }
            return failure.isGeneral && failure.description.contains("no /api/v1/alarms") && failure.description.contains("older")
        }
    }
}
