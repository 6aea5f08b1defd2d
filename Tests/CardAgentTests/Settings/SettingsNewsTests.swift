import NetVision
import Testing

@testable import CardAgent

@Suite struct SettingsNewsTests {
    private let manager = ChangeOrigin(.snmp, by: "10.0.0.9")

    private func settings(_ names: String...) throws -> [Setting] { try names.map { try #require(SettingsTable[$0]) } }

    @Test func anIntervalOfALogHasTheLogsOwnLineToo() throws {
        let news = SettingsNews.changed(try settings("configuration.history-interval", "configuration.extended-interval"), manager)
        #expect(
            news.events.map(\.text) == [
                "History Log Interval has been changed via SNMP by 10.0.0.9", "History log interval changed",
                "Extend Log Interval has been changed via SNMP by 10.0.0.9", "Extended history log interval changed",
            ])
    }

    @Test func aDocumentTellsEachChangeAndThenItself() throws {
        let changed = SettingsTable.all.filter { $0.section.hasPrefix("wol") }
        let news = SettingsNews.uploaded(changed, errors: 2, ChangeOrigin(.explorer, by: "10.0.0.9"))
        #expect(news.events.count == changed.count + 1)
        #expect(news.events.last?.text == "Upload configuration with 2 error(s) via NET VISION Explorer by 10.0.0.9")
    }

    @Test func whatTheCardKeepsForItselfIsNoNews() throws {
        #expect(SettingsNews.changed(try settings("configuration.admin-password-changed"), manager).events.isEmpty)
    }
}
