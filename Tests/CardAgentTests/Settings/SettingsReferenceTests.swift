import Foundation
import NetVision
import Testing

@testable import CardAgent

@Suite struct SettingsReferenceTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/settings.md")

    @Test func thePageIsThatOfTheTable() throws {
        #expect(
            try String(contentsOf: Self.page, encoding: .utf8) == SettingsReference.markdown,
            "run: CardAgent settings list --markdown > docs/settings.md")
    }

    @Test func everySettingIsListed() {
        let lines = SettingsReference.plain.split(separator: "\n")
        #expect(lines.count == SettingsTable.all.count)
        #expect(lines.contains("configuration.polling-rate  1 to 60 s  default 2"))
        #expect(SettingsReference.markdown.contains("### `[trap-receiver-1]` to `[trap-receiver-8]`"))
        #expect(SettingsReference.markdown.contains("### `[shutdown-emd-alarm-2]`"))
    }
}
