import Logging
import NetVision
import PowerDevice
import Synchronization
import Testing

@testable import CardAgent

@Suite struct SettingsStoreTests {
    private let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private let origin = ChangeOrigin(.web, by: "admin")

    private func plan(_ directory: String? = nil) -> CardPlan {
        CardPlan(
            mac: mac, portOffset: .none, network: NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_0000, gateway: 0x0A00_0001),
            systemName: "UPS 1", directory: directory)
    }

    private func store(_ directory: String? = nil) throws -> SettingsStore {
        try SettingsStore(plan(directory), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What the card's log gets to hear.
    private final class Log: Sendable {
        private let texts = Mutex<[String]>([])

        init(_ store: SettingsStore) {
            store.listen { news in self.texts.withLock { $0 += news.events.map(\.text) } }
        }

        var all: [String] { texts.withLock { $0 } }
    }

    private func withDirectory(_ body: (String) throws -> Void) throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try body(scratch.path)
    }

    // MARK: - Changes

    @Test func aChangeIsToldAndKept() throws {
        try withDirectory { directory in
            let store = try store(directory)
            let log = Log(store)
            try store.change(by: origin) { settings throws(SettingsProblem) in
                settings.polling.rate = 7
                settings.accounts.adminChangedAt = 5
                try settings.values.set(.text("celsius"), for: "configuration.temperature-unit")
                try settings.values.set(.text("x"), for: "mail.user")
            }
            #expect(log.all == ["Polling Rate has been changed via web by admin", "User Account has been changed via web by admin"])
            #expect(store.revision == 1)
            #expect(try self.store(directory).settings == store.settings)
        }
    }

    @Test func whatCanNotBeChangesNothing() throws {
        try withDirectory { directory in
            let store = try store(directory)
            let log = Log(store)
            let before = store.settings
            let refusal = #expect(throws: SettingsRefusal.self) {
                try store.change(by: origin) { settings throws(SettingsProblem) in
                    settings.dataUnit = 3
                    settings.polling.rate = 77
                }
            }
            #expect(refusal?.description == "Polling Rate must be 1 to 60, not 77")
            #expect(throws: SettingsRefusal.self) {
                try store.change(by: origin) { settings throws(SettingsProblem) in try settings.values.set(.number(0), for: "bacnet.port") }
            }
            #expect(throws: SettingsRefusal.self) {
                try store.change(by: origin) { settings throws(SettingsProblem) in settings.network.gateway = 0x0B00_0001 }
            }
            #expect(!store.change { $0.modbusPort = 0 })
            #expect(store.settings == before && store.revision == 0 && log.all == [])
        }
    }

    @Test func theCardMayRefuse() throws {
        let store = try store()
        store.admit = { old, new in new.modbusPort == old.modbusPort ? nil : "port \(new.modbusPort) is taken" }
        #expect(throws: SettingsRefusal.notAdmitted("port 1502 is taken")) {
            try store.change(by: origin) { settings throws(SettingsProblem) in settings.modbusPort = 1502 }
        }
        try store.change(by: origin) { settings throws(SettingsProblem) in settings.dataUnit = 1 }
        #expect(store.settings.modbusPort == 502 && store.settings.dataUnit == 1)
    }

    @Test func whatIsNotWrittenDoesNotCount() throws {
        try withDirectory { directory in
            let store = try store(directory)
            // Where the new file would be, is a folder.
            try StateFile.makeDirectory("\(directory)/settings.conf.new/x")
            let refusal = #expect(throws: SettingsRefusal.self) {
                try store.change(by: origin) { settings throws(SettingsProblem) in settings.dataUnit = 1 }
            }
            #expect(refusal?.description.hasPrefix("could not be saved") == true)
            #expect(throws: SettingsRefusal.self) { try store.upload(document: Array("[emd]\nenabled = disabled\n".utf8), by: origin) }
            #expect(store.settings.dataUnit == 0 && store.settings.sensor.isEnabled)
            #expect(try self.store(directory).settings == store.settings)
        }
    }

    @Test func resetsTakeBackWhatTheySay() throws {
        let store = try store()
        let log = Log(store)
        try store.change(by: origin) { settings throws(SettingsProblem) in
            settings.accounts.adminSecret = "scrypt:x"
            settings.accounts.users[0].name = "eve"
            settings.network.address = 0x0A00_0006
        }
        try store.reset(.accounts, by: origin)
        #expect(store.settings.accounts.adminSecret == "" && store.settings.accounts.users[0].name == "")
        #expect(store.settings.network.address == 0x0A00_0006)
        try store.reset(.factory, by: origin)
        #expect(store.settings == CardSettings(factory: plan()))
        #expect(log.all.last == "NET VISION UPS Agent Parameters reset to default")
    }

    // MARK: - The document

    @Test func aDocumentIsOneChange() throws {
        let store = try store()
        let log = Log(store)
        let reading = try store.upload(
            document: Array("[configuration]\npolling-rate = 7\nhistory-interval = 1\n[emd]\nlocation = Rack 4\n".utf8),
            by: ChangeOrigin(.explorer, by: "10.0.0.9"))
        #expect(reading.bad == [.init(number: 3, reason: "history-interval must be 5 to 28800, not 1")])
        #expect(store.revision == 1)
        #expect(
            log.all == [
                "EMD Location has been changed via NET VISION Explorer by 10.0.0.9",
                "Polling Rate has been changed via NET VISION Explorer by 10.0.0.9",
                "Upload configuration with 1 error(s) via NET VISION Explorer by 10.0.0.9",
            ])
    }

    @Test func aCardTakesItsOwnDocument() throws {
        let store = try store()
        let document = store.document()
        #expect(!document.contains("checksum") && !document.contains("= public"))
        try store.change(by: origin) { settings throws(SettingsProblem) in
            settings.systemName = "X"
            settings.snmp.readCommunity = "other"
        }
        let log = Log(store)
        #expect(try store.upload(document: Array(document.utf8), by: ChangeOrigin(.explorer, by: "10.0.0.9")).bad == [])
        #expect(store.settings == CardSettings(factory: plan()))
        #expect(log.all.last == "Upload configuration successfully via NET VISION Explorer by 10.0.0.9")
    }

    @Test func eachOfManyChangesHasItsLine() throws {
        let store = try store()
        let log = Log(store)
        let lines = (1...9).map { "[wol-\($0)]\nenabled = disabled\n" }.joined()
        _ = try store.upload(document: Array(lines.utf8), by: origin)
        #expect(log.all.count == 10 && log.all.last == "Upload configuration successfully via NET VISION Explorer by admin")
    }

    // MARK: - The file

    @Test func aDamagedFileIsReplacedByItsCopy() throws {
        try withDirectory { directory in
            let path = "\(directory)/settings.conf"
            try store(directory).change(by: origin) { settings throws(SettingsProblem) in settings.polling.rate = 7 }
            let text = try #require(try StateFile.read(path))
            for damage in [text.replacing("polling-rate = 7", with: "polling-rate = 8"), "", String(text.dropLast(10))] {
                try StateFile.write(damage, to: path)
                let found = try store(directory)
                #expect(Log(found).all == ["Parameters checksum error"])
                #expect(found.settings.polling.rate == 7)
                #expect(try StateFile.read(path) == text)
                #expect(try StateFile.read(path + ".damaged") == damage)
                #expect(try Log(store(directory)).all == [])
            }
        }
    }

    @Test func withoutACopyTheDefaultsCount() throws {
        try withDirectory { directory in
            try StateFile.write("[emd]\nlocation = x\nchecksum = 00\n", to: "\(directory)/settings.conf")
            let found = try store(directory)
            #expect(Log(found).all == ["Parameters checksum error"])
            #expect(found.settings == CardSettings(factory: plan()))
        }
    }

    @Test func aHandWrittenFileIsTaken() throws {
        try withDirectory { directory in
            let path = "\(directory)/settings.conf"
            try StateFile.write("[configuration]\r\npolling-rate = 7\r\nnonsense", to: path)
            let found = try store(directory)
            #expect(Log(found).all == [])
            #expect(found.settings.polling.rate == 7)
            let text = try #require(try StateFile.read(path))
            #expect(SettingsFile.condition(of: Array(text.utf8)) == .intact)
            #expect(SettingsDocument.mac(in: text) == mac)
        }
    }

    /// The lines of a newer version are there when that one comes back.
    @Test func aNewerVersionLosesNothing() throws {
        try withDirectory { directory in
            let path = "\(directory)/settings.conf"
            try StateFile.write("version = 9\n[quantum]\nentangled = yes\n", to: path)
            try store(directory).change(by: origin) { settings throws(SettingsProblem) in settings.polling.rate = 7 }
            #expect(try StateFile.read(path)?.contains("[quantum]\nentangled = yes\n") == true)
        }
    }
}
