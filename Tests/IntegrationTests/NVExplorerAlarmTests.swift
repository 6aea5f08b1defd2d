import Foundation
import Testing

/// Alarms and who is told of them, from the terminal.
extension ServerLane.NVExplorerTests {
    /// What a webhook was sent: each body in a file of its own.
    private static let receiver = """
        import http.server, sys
        class Take(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                open(sys.argv[2], "ab").write(body + b"\\n")
                self.send_response(200); self.end_headers(); self.wfile.write(b"taken")
            def log_message(self, *arguments): pass
        server = http.server.HTTPServer((sys.argv[1].split(":")[0], int(sys.argv[1].split(":")[1])), Take)
        print("ready", flush=True)
        server.serve_forever()
        """

    @Test func alarmsAreSeenAcknowledgedAndEndFromTheTerminal() async throws {
        let demo = try DemoFleet.shared
        _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
        try await logIn()
        let card = try await demo.id(of: 7)
        try await demo.farm.put("mains", ["present": false], card: 7)
        let alarm = try await eventually("the card is on battery", within: .seconds(20)) {
            try await json(["alarms", "--card", "\(card)", "--name", "upsAlarmOnBattery"])["items"]?.elements.first
        }
        let id = try #require(alarm["id"]?.int)
        #expect(try await explorer(["alarms", "show", "\(id)"]).text.contains("raised"))
        let commented = try await explorer(["alarms", "comment", "\(id)", "on my way"])
        #expect(commented.exitCode == 0, "\(commented)")
        #expect(try await json(["alarms", "ack", "\(id)", "--comment", "seen"])["acknowledged"]?.int == 1)
        let shown = try await explorer(["alarms", "show", "\(id)"])
        #expect(shown.text.contains("acknowledged by admin: seen") && shown.text.contains("on my way"), "\(shown)")
        #expect(try await explorer(["alarms", "unack", "\(id)"]).exitCode == 0)
        let shelved = try await explorer(["alarms", "shelve", "\(id)", "--for", "2h", "--reason", "a test"])
        #expect(shelved.exitCode == 0, "\(shelved)")
        #expect(try await explorer(["alarms", "unshelve", "\(id)"]).exitCode == 0)
        let check = try await explorer(["alarms", "--check"])
        #expect([0, 5].contains(check.exitCode), "\(check)")
        #expect(try await explorer(["alarms", "summary"]).exitCode == 0)

        let followed = try await explorer(["alarms", "--follow", "--count", "1", "--json"])
        #expect(try JSON(parsing: followed.text)["state"]?.string != nil, "\(followed)")
        try await demo.farm.put("mains", ["present": true], card: 7)
        try await eventually("the alarm is over", within: .seconds(60)) {
            try await json(["alarms", "show", "\(id)"])["state"]?.string == "cleared"
        }
        #expect(try await explorer(["alarms", "ack", "\(id)"]).exitCode == 1)
        let incidents = try await explorer(["incidents", "--state", "all"])
        #expect(incidents.exitCode == 0, "\(incidents)")
    }

    @Test func aChannelIsTriedAndRoutedFromTheTerminal() async throws {
        let demo = try DemoFleet.shared
        let scratch = demo.farm.scratch
        try await logIn()
        let taken = try scratch.write("", as: "taken")
        let endpoint = demo.farm.network.endpoint(249, 9099)
        try await ProgramUnderTest.withReceiver(try scratch.write(Self.receiver, as: "receiver.py"), endpoint, taken, scratch) {
            let key = try scratch.write("a-signing-key\n", as: "key")
            let added = try await explorer([
                "channels", "add", "webhook", "ops", "--set", "url=http://\(endpoint)/", "--secret", "signingKey", "--secrets", key,
            ])
            #expect(added.exitCode == 0, "\(added)")
            let shown = try await explorer(["channels", "show", "ops"])
            #expect(shown.text.contains("kind: webhook") && !shown.text.contains("a-signing-key"), "\(shown)")
            let test = try await json(["channels", "test", "ops"])
            #expect(test["delivered"]?.bool == true, "\(test.text)")
            #expect(FileManager.default.contents(atPath: taken)?.isEmpty == false)
        }
        let dead = try await explorer(["channels", "test", "ops"])
        #expect(dead.exitCode == 1 && dead.text.contains("has not taken"), "\(dead)")

        #expect(try await explorer(["routes", "add", "day", "--channel", "ops", "--severity", "critical"]).exitCode == 0)
        let route = try await explorer(["routes", "show", "day"])
        let file = try scratch.write(route.text, as: "route.yaml")
        #expect(try await explorer(["routes", "set", "day", "--file", file]).exitCode == 0)
        let preview = try await explorer(["notifications", "preview", "--severity", "critical"])
        #expect(preview.text.contains("ops"), "\(preview)")
        #expect(try await explorer(["windows", "add", "work", "--for", "1h"]).exitCode == 0)
        let quiet = try await explorer(["notifications", "preview", "--severity", "critical"])
        #expect(quiet.text.contains("maintenance"), "\(quiet)")
        #expect(try await explorer(["windows", "remove", "work"]).exitCode == 0)
        #expect(try await explorer(["notifications"]).exitCode == 0)
        #expect(try await explorer(["routes", "remove", "day"]).exitCode == 0)
        #expect(try await explorer(["channels", "remove", "ops"]).exitCode == 0)
    }

    @Test func rulesAreCodeAtTheTerminal() async throws {
        let demo = try DemoFleet.shared
        let scratch = demo.farm.scratch
        _ = try await demo.server.liveCards(DemoFleet.size, within: .seconds(30))
        try await logIn()
        let rules = """
            nvfleetRules: 1
            rules:
              - name: never
                severity: warning
                threshold: {variable: ups.load, above: 1000, for: 5m}
            """
        let file = try scratch.write(rules, as: "rules.yaml")
        let checked = try await explorer(["alarm-rules", "check", file])
        #expect(checked.exitCode == 0, "\(checked)")
        let wrong = try await explorer(["alarm-rules", "check", try scratch.write(rules + "\n    colour: red\n", as: "wrong.yaml")])
        #expect(wrong.exitCode == 1 && wrong.text.contains("wrong.yaml:"), "\(wrong)")
        #expect(try await json(["alarm-rules", "import", file, "--dry-run"])["added"]?.int == 1)
        #expect(try await json(["alarm-rules"])["items"]?.elements.isEmpty == true)
        #expect(try await json(["alarm-rules", "import", file])["added"]?.int == 1)
        #expect(try await explorer(["alarm-rules", "export"]).text.contains("never"))
        let rehearsal = try await json(["alarm-rules", "dry-run", "never", "--from", "1h"])
        #expect(rehearsal["fired"]?.int == 0, "\(rehearsal.text)")
        #expect(try await explorer(["alarm-rules", "disable", "never"]).exitCode == 0)
        #expect(try await explorer(["alarm-rules", "remove", "never"]).exitCode == 0)
        #expect(try await explorer(["receivers"]).text.contains("traps"))
        #expect(try await explorer(["senders"]).exitCode == 0)
    }
}

extension ProgramUnderTest {
    /// A webhook's far end, while `body` runs.
    fileprivate static func withReceiver(
        _ script: String, _ endpoint: String, _ taken: String, _ scratch: Scratch, _ body: () async throws -> Void
    ) async throws {
        let program = try start(executable: Executable.peer("python3"), [script, endpoint, taken], in: scratch)
        defer { program.discard() }
        try await program.line(containing: "ready")
        try await body()
    }
}
