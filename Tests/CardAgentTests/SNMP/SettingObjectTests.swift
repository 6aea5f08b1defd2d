import Foundation
import NetVision
import SNMP
import Testing

@testable import CardAgent

/// The table of what SNMP shows of the settings.
@Suite struct SettingObjectTests {
    private static let defaults = SettingsValues()

    @Test func noInstanceHasTwoSettings() {
        let names = SettingObject.all.map(\.object.name)
        #expect(Set(names).count == names.count)
    }

    @Test func everyDefaultIsAValueOfItsObject() {
        for row in SettingObject.all {
            let shown = row.object.shown(Self.defaults)
            #expect(row.object.type.syntax.refusal(of: shown) == nil, "\(row.object.type.name) shows \(shown)")
        }
    }

    @Test func whatIsShownIsTheSettingAgain() {
        for object in SettingObject.all.map(\.object) where !object.isHidden {
            let value = Self.defaults[object.setting]
            let shown = object.shown(Self.defaults)
            // The older branch's rate of polls begins at 3.
            if case .integer(let number) = shown, case .number(let setting) = value, Int(number) != setting { continue }
            #expect((try? object.coding.setting(of: shown, current: value).get()) == value, "\(object.type.name)")
        }
    }

    @Test func everyNumberOfAnEnumerationIsAWordOfItsSetting() {
        for object in SettingObject.all.map(\.object) {
            guard case .enumeration(let names) = object.type.syntax, case .words = object.coding else { continue }
            for name in names {
                let setting = try? object.coding.setting(of: .integer(name.number), current: .text("")).get()
                var values = Self.defaults
                #expect(throws: Never.self, "\(object.type.name) \(name)") { try values.set(setting ?? .flag(true), for: object.setting) }
            }
        }
    }

    @Test func aNumberBeyondTheObjectsRangeIsShownAsTheNearest() {
        let type = ObjectType("demo", "1.3.6.1.3.1", .integer(3...60), .readWrite)
        #expect(SettingCoding.number.shown(.number(1), as: type) == .integer(3))
        #expect(SettingCoding.number.shown(.number(61), as: type) == .integer(60))
        #expect(SettingCoding.number.shown(.number(17), as: type) == .integer(17))
    }

    @Test func ofWordsWithOneNumberTheOneThatIsSetStays() throws {
        let coding = SettingCoding.words([(1, "client-shutdown"), (1, "warning"), (2, "disabled")])
        #expect(try coding.setting(of: .integer(1), current: .text("warning")).get() == .text("warning"))
        #expect(try coding.setting(of: .integer(1), current: .text("disabled")).get() == .text("client-shutdown"))
        #expect(try coding.setting(of: .integer(2), current: .text("warning")).get() == .text("disabled"))
        #expect(throws: SettingCoding.Refusal.self) { try coding.setting(of: .integer(3), current: .text("warning")).get() }
    }

    @Test(arguments: [
        (UInt32(0xFFFF_FF00), true), (0xFFFF_FFFF, true), (0x8000_0000, true), (0, false), (0xFF00_FF00, false), (255, false),
    ])
    func aMaskHasNoGaps(_ mask: UInt32, _ isMask: Bool) {
        let result = SettingCoding.mask.setting(of: .ipAddress(.init(rawValue: mask)), current: .text(""))
        #expect((try? result.get()) == (isMask ? .text(AddressRange.text(mask)) : nil))
    }

    /// A reader could write with it.
    @Test func theWriteCommunityIsNotShown() {
        let rows = SettingObject.all.map(\.object).filter { $0.setting == SettingKey(known: "configuration.snmp-write-community") }
        #expect(rows.map { $0.shown(Self.defaults) } == [.text(""), .integer(2)])
    }
}

// MARK: - Documentation

extension SettingObjectTests {
    private func page() throws -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/snmp.md").standardizedFileURL
        return try String(contentsOf: url, encoding: .utf8)
    }

    @Test func thePageNamesEveryObjectWithItsSetting() throws {
        let lines = try page().split(separator: "\n")
        for object in SettingObject.all.map(\.object) {
            let name = object.setting.setting.name
            let event = SettingsTable.shutdownEvents.first { name.hasPrefix("shutdown-\($0.key).") }
            let shown = event.map { name.replacing("shutdown-\($0.key).", with: "shutdown-EVENT.") } ?? name.replacing(/-\d\./, with: "-N.")
            #expect(lines.contains { $0.contains(object.type.name) && $0.contains("`\(shown)`") }, "\(object.type.name) \(shown)")
        }
        for (number, event) in SettingsTable.shutdownEvents.enumerated() {
            #expect(lines.contains("| \(number + 1) | \(event.title) | `\(event.key)` |"))
        }
    }
}
