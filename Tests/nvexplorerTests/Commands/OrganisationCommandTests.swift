import ArgumentParser
import FoundationEssentials
import Testing

@testable import nvexplorer

/// What the commands of the inventory send, and what they print.
struct OrganisationCommandTests {
    private func parsed<Command>(_ line: [String], as: Command.Type) throws -> Command {
        try #require(try NVExplorer.parseAsRoot(line) as? Command)
    }

    @Test func setSendsOnlyWhatIsNamed() throws {
        let site = try parsed(["set", "12", "--site", ""], as: SetCommand.self)
        #expect(site.body(secrets: []) == ["site": .text("")])
        let poll = try parsed(["set", "12", "--poll", "10:60", "--no-profile"], as: SetCommand.self)
        #expect(
            poll.body(secrets: []) == [
                "polling": .object(["statusSeconds": .integer(10), "fullSeconds": .integer(60)]), "profile": .null,
            ])
        let gateway = try parsed(["set", "12", "--gateway-unit", "7"], as: SetCommand.self)
        #expect(gateway.body(secrets: []) == ["gateway": .object(["unit": .integer(7)])])
        let none = try parsed(["set", "12", "--no-gateway", "--no-poll"], as: SetCommand.self)
        #expect(none.body(secrets: []) == ["gateway": .null, "polling": .null])
    }

    @Test func credentialsTakeTheirSecretsInOrder() throws {
        let line = ["credentials", "add", "core", "--user", "nms", "--authentication", "SHA", "--privacy", "AES", "--username", "admin"]
        let command = try parsed(line, as: CredentialsAddCommand.self)
        #expect(command.access.questions(needsSNMP: true).count == 3)
        let body = command.body(["one", "two", "three"], group: 4)
        #expect(body["password"] == .text("three"))
        #expect(body["group"] == .integer(4))
        #expect(
            body["snmp"]
                == .object([
                    "version": .text("3"), "user": .text("nms"), "authProtocol": .text("SHA"), "authPassword": .text("one"),
                    "privProtocol": .text("AES"), "privPassword": .text("two"),
                ]))
        let community = try parsed(["credentials", "add", "old", "--snmp", "1", "--range", "10.1.0.0/16"], as: CredentialsAddCommand.self)
        let simple = community.body(["secret"], group: nil)
        #expect(simple["snmp"] == .object(["version": .text("1"), "readCommunity": .text("secret")]))
        #expect(simple["ranges"] == .list([.text("10.1.0.0/16")]))
    }

    @Test func spansAndTimesAreUnderstood() throws {
        #expect(Moment.seconds("90") == 90)
        #expect(Moment.seconds("5m") == 300)
        #expect(Moment.seconds("2w") == 1_209_600)
        for wrong in ["", "m", "-5m", "0", "inf", "5y"] { #expect(Moment.seconds(wrong) == nil, "\(wrong)") }
        let now = Date(timeIntervalSince1970: 1_000_000)
        #expect(Moment.date("1h", now: now) == Date(timeIntervalSince1970: 996_400))
        #expect(Moment.date("1970-01-01T00:00:10Z", now: now) == Date(timeIntervalSince1970: 10))
        let history = try parsed(["history", "1", "--metric", "a", "--metric", "b", "--from", "1h"], as: HistoryCommand.self)
        let query = Dictionary(uniqueKeysWithValues: history.query(now: now).compactMap { name, value in value.map { (name, $0) } })
        #expect(query == ["metric": "a,b", "from": "1970-01-12T12:46:40.000Z"])
    }

    @Test func aHistoryWithoutValuesSaysSo() {
        let empty = HistoryRecord(metric: "battery.charge", unit: "%", points: [])
        #expect(HistoryCommand.lines(empty) == ["battery.charge: nothing was measured in this time."])
        let point = SeriesRecord.Point(at: "2026-01-31T12:00:00Z", avg: 61.04, min: 60, max: 62)
        let lines = HistoryCommand.lines(
            HistoryRecord(series: [
                SeriesRecord(metric: "battery.charge", unit: "%", points: [point]), SeriesRecord(metric: "ups.load", unit: "%", points: []),
            ]))
        #expect(lines.contains { $0.contains("61 %") && $0.contains("60 %") && $0.contains("62 %") }, "\(lines)")
        #expect(lines.contains("ups.load: nothing was measured in this time."))
    }

    @Test func anImportTellsWhatWasRefused() {
        let item = ImportRecord.Item(line: 3, address: "10.1.0.5", action: "refused", error: "no such profile")
        let lines = ImportCommand.lines(ImportRecord(items: [item], added: 0, updated: 0, unchanged: 2, refused: 1), isDryRun: true)
        #expect(lines.contains { $0.contains("3") && $0.contains("10.1.0.5") && $0.contains("no such profile") }, "\(lines)")
        #expect(lines.last == "It would be: 0 added, 0 updated, 2 unchanged, 1 refused.")
    }

    @Test func healthIsTold() {
        let health = HealthRecord(
            latencyMs: .init(last: 2.04, average: 2.5, worst: 9), lossPercent: 1.25, consecutiveFailures: 2, lastError: "No answer.",
            polling: .init(statusSeconds: 10, fullSeconds: 60, from: "group slow"), protocol: "snmp")
        let lines = HealthCommand.lines(health, now: Date(timeIntervalSince1970: 0))
        #expect(lines.contains { $0.contains("every 10 s, fully every 60 s (group slow)") }, "\(lines)")
        #expect(lines.contains { $0.contains("last 2 ms") || $0.contains("last 2.0 ms") }, "\(lines)")
        #expect(lines.contains { $0.contains("No answer.") })
        #expect(lines.contains { $0.contains("Last answer") && $0.contains("never") })
    }

    @Test func theGatewaySaysWhyItsPortIsClosed() {
        let closed = GatewayRecord(listen: "0.0.0.0:502", problem: "Port 502 needs a privilege.", items: [])
        #expect(GatewayCommand.lines(closed, now: Date()).first == "Shared port: 0.0.0.0:502 is closed. Port 502 needs a privilege.")
        let item = GatewayRecord.Item(
            card: 1, name: "Rack 3", port: 1502, unit: nil, writes: false, state: "occupied", clients: 2, requests: 10, cacheHits: 4,
            queued: 0, lastError: "another program")
        #expect(GatewayCommand.lines(GatewayRecord(items: [item]), now: Date()).contains { $0.contains("1502") && $0.contains("occupied") })
    }

    @Test func theSystemIsShownAsItIsTold() throws {
        let json = #"{"version": "0.1.0", "storage": {"state": "ok", "problem": null, "bytesPerSample": 1.9}, "list": ["a", "b"]}"#
        let system = try JSONDecoder().decode(APIValue.self, from: Data(json.utf8))
        #expect(
            SystemCommand.lines(system).map { $0.split(separator: " ").joined(separator: " ") } == [
                "list a, b", "storage.bytesPerSample 1.9", "storage.state ok", "version 0.1.0",
            ])
    }

    @Test func filtersOfGroupsAreOneTextOrSeveral() throws {
        let json =
            #"{"id": 1, "name": "g", "position": 1, "cards": 2, "filter": {"site": "Berlin", "status": ["onBattery", "critical"], "tag": null}}"#
        let group = try JSONDecoder().decode(GroupRecord.self, from: Data(json.utf8))
        #expect(group.words == "site Berlin, status onBattery or critical")
    }
}
