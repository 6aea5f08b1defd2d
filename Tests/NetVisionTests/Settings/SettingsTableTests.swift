import NetVision
import Testing

@Suite struct SettingsTableTests {
    @Test func everyNameIsFoundAndThereOnce() {
        #expect(Set(SettingsTable.all.map(\.name)).count == SettingsTable.all.count)
        for setting in SettingsTable.all { #expect(SettingsTable[setting.name]?.title == setting.title) }
        #expect(SettingsTable["configuration.colour"] == nil)
    }

    @Test func everyPageHasSettingsAndTheyStandTogether() {
        var pages: [SettingsPage] = []
        for setting in SettingsTable.all where pages.last != setting.page { pages.append(setting.page) }
        #expect(pages == SettingsPage.allCases)
    }

    /// A line of a document is a section, a key and a sign: none of them may be mistaken for another.
    @Test func namesCanBeWritten() {
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789-")
        for setting in SettingsTable.all {
            #expect(Set(setting.section).isSubset(of: letters) && Set(setting.key).isSubset(of: letters), "\(setting.name)")
            #expect(!setting.title.isEmpty && !setting.source.isEmpty, "\(setting.name)")
        }
    }

    @Test func everyDefaultIsAValueInItsCanonicalForm() throws {
        for setting in SettingsTable.all {
            #expect(try setting.kind.canonical(setting.defaultValue) == setting.defaultValue, "\(setting.name)")
        }
    }

    /// What each kind takes and what it does not: samples that are the same for all settings of a kind.
    private func samples(_ kind: Setting.Kind) -> (good: [String], bad: [String]) {
        switch kind {
        case .flag: (["enabled", "disabled"], ["", "on", "Enabled", "true"])
        case .number(let form):
            (
                [form.range.lowerBound, form.range.upperBound].map(String.init) + (form.word.map { [$0] } ?? []),
                ["\(form.range.lowerBound - 1)", "\(form.range.upperBound + 1)", "", "x", "1.5", "+1", " 1", "99999999999999999999"]
            )
        case .decimal(let range, _):
            (
                [range.lowerBound, range.upperBound, 0].map { kind.text(of: .number($0)) },
                [range.upperBound + 1, range.lowerBound - 1].map { kind.text(of: .number($0)) } + ["", "warm", "nan", "1.25", ".5", "1e1"]
            )
        case .choice(let words): (words, ["", "nothing of the kind", words[0] + " ", words[0].uppercased() + "x"])
        case .text(let form):
            (
                [String(repeating: "x", count: form.length.upperBound)],
                [String(repeating: "x", count: form.length.upperBound + 1), "a\0b"] + (form.characters == .any ? [] : ["a\nb"])
            )
        case .usmPassword: (["", "longenough"], ["short", "brackets[]x", String(repeating: "x", count: 65)])
        case .accountPassword:
            (
                ["", "scrypt:13:8:1:x:y", "Str0ng!enough"],
                ["short", "alllowercase!1", "NoSpecial12345", "Wrong-Special1!", "Umlaut-äÄ1!xxxx"]
            )
        case .ipv4Address: (["10.0.0.1", "0.0.0.0"], ["", "10.0.0", "10.0.0.256", "10.0.0.1/8", "::1"])
        case .ipv6Address(let hasPrefix):
            hasPrefix
                ? (["", "fe80::1/64"], ["fe80::1", "fe80::1/129", "10.0.0.1/8", "fe80::x/1", "fe80::1/"])
                : (["", "fe80::1"], ["fe80::1/64", "10.0.0.1", "1:2", "fe80::1%eth0"])
        case .ipAddress: (["", "10.0.0.1", "2001:db8::1"], ["host", "10.0.0", ":"])
        case .endpoint:
            (["", "10.0.0.1", "10.0.0.1:1162"], ["host", "0.0.0.0", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536", "10.0.0.1:1:2"])
        case .host: (["", "10.0.0.1", "mail.example.org", "2001:db8::1"], ["-x", "a..b", "a b", "1.2.3", "10.0.0.256", "x-.org"])
        case .mailAddress:
            (["", "ups@example.org"], ["ups", "ups@", "@example.org", "a@b@c", "a b@c", String(repeating: "x", count: 60) + "@b.org"])
        case .hardwareAddress: (["00:E0:D8:FF:C1:90"], ["", "00:E0:D8", "x"])
        case .timeOfDay: (["00:00", "23:59"], ["", "24:00", "0:00", "00:60", "00:00:00"])
        case .date: (["29/02/2024", "31/12/2099"], ["", "29/02/2023", "31/04/2024", "01/13/2024", "1/1/2024", "01/01/1999"])
        case .numbers(let range): (["", "\(range.lowerBound)"], ["0", "x", "1,", ",1", "\(range.upperBound + 1)", "1 2"])
        }
    }

    @Test func everySettingTakesWhatItCanAndRefusesTheRest() throws {
        for setting in SettingsTable.all {
            let (good, bad) = samples(setting.kind)
            for text in good {
                let value = try setting.kind.value(of: text)
                #expect(try setting.kind.value(of: setting.kind.text(of: value)) == value, "\(setting.name) \(text)")
                var values = SettingsValues()
                try values.set(value, for: setting.name)
                #expect(values[setting.name] == value)
                #expect(values.changes(from: SettingsValues()).map(\.name) == (value == setting.defaultValue ? [] : [setting.name]))
            }
            for text in bad {
                let problem = #expect(throws: SettingValueProblem.self, "\(setting.name) \(text)") { try setting.kind.value(of: text) }
                #expect(problem?.reason.isEmpty == false)
            }
        }
    }

    @Test(arguments: [
        ("configuration.polling-rate", "77", "must be 1 to 60, not 77"), ("configuration.polling-rate", "", "must be 1 to 60, not empty"),
        ("configuration.serial-timeout", "x", "must be auto or 0 to 5000, not x"),
        ("configuration.temperature-unit", "kelvin", "must be celsius or fahrenheit, not kelvin"),
        ("control.http", "on", "must be enabled or disabled, not on"),
        ("identity.address", "10.0.0.300", "must be an IPv4 address, not 10.0.0.300"),
        ("emd.temperature-offset", "100.1", "must be -100.0 to 100.0 with one decimal, not 100.1"),
        ("special-schedule-1.restart-date", "30/02/2026", "must be a date from 2000 to 2099, dd/mm/yyyy, not 30/02/2026"),
        ("trap-receiver-1.events", "1,99", "must be numbers from 1 to 42 with commas between them, not 1,99"),
        ("mail.password", "a$b", "can't have any of ( ) [ ] { } $ £ & \\ | /"),
        ("snmp-user-1.auth-password", "short", "must have 8 to 64 octets, not 5"),
    ])
    func reasonsArePrecise(_ name: String, _ text: String, _ reason: String) throws {
        let setting = try #require(SettingsTable[name])
        #expect(throws: SettingValueProblem(reason)) { try setting.kind.value(of: text) }
    }

    @Test(arguments: [
        ("identity.address", "010.0.0.1", "10.0.0.1"), ("identity.ipv6-router", "FE80:0:0::1", "fe80::1"),
        ("wol-1.mac", "00e0d8-ffc190", "00:E0:D8:FF:C1:90"), ("trap-receiver-1.events", "15, 1,1", "1,15"),
        ("emd.temperature-offset", "-0.5", "-0.5"), ("emd.temperature-offset", "7", "7.0"),
    ])
    func valuesBecomeCanonical(_ name: String, _ text: String, _ canonical: String) throws {
        let setting = try #require(SettingsTable[name])
        #expect(setting.kind.text(of: try setting.kind.value(of: text)) == canonical)
    }

    /// Of the manual's pages, as they are printed.
    @Test(arguments: [
        ("configuration.polling-rate", "2"), ("configuration.history-interval", "60"), ("configuration.extended-interval", "60"),
        ("configuration.password-validity", "90"), ("configuration.login-timeout", "300"), ("configuration.temperature-unit", "celsius"),
        ("configuration.snmp-read-community", "public"), ("configuration.snmp-write-community", "private"),
        ("control.https-port", "443"), ("control.http-port", "80"), ("control.ssh-port", "22"), ("control.snmp-port", "161"),
        ("control.smtp-port", "25"), ("control.trap-filter", "disabled"), ("control.data-unit-selection", "0"),
        ("remote-view-pro.port", "80"), ("mail.daily-report", "00:00"), ("radius.port", "1812"), ("radius.packet-timeout", "1"),
        ("radius.packet-retry", "3"), ("wol.repeating-times", "1"), ("wol.interval", "1"), ("wol-32.mac", "00:00:00:00:00:00"),
        ("modbus-tcp.modbus", "enabled"), ("modbus-tcp.port", "502"), ("bacnet.enabled", "disabled"), ("bacnet.port", "47808"),
        ("bacnet.id", "1883"), ("syslog.port", "514"), ("emd.temperature-critical-high", "60.0"), ("emd.humidity-critical-low", "5.0"),
        ("special-schedule-8.restart-date", "01/01/2017"), ("battery-test.week-interval", "disabled"), ("link-4.enabled", "disabled"),
    ])
    func theManualsDefaultsCount(_ name: String, _ text: String) throws {
        let setting = try #require(SettingsTable[name])
        #expect(setting.kind.text(of: setting.defaultValue) == text)
    }

    @Test(arguments: [
        ("user", "name", 8), ("snmp-user", "name", 8), ("trap-receiver", "address", 8), ("mail", "account", 8), ("wol", "mac", 32),
        ("firewall", "address", 8), ("link", "address", 4), ("eco-mode", "start-day", 7), ("weekly-schedule", "shutdown-day", 7),
        ("special-schedule", "shutdown-date", 8), ("power-share", "mode", 4), ("radius-user", "name", 8),
    ])
    func tablesHaveTheirRows(_ section: String, _ key: String, _ count: Int) {
        #expect((1...count).allSatisfy { SettingsTable["\(section)-\($0).\(key)"] != nil })
        #expect(SettingsTable["\(section)-\(count + 1).\(key)"] == nil)
        #expect(SettingsTable.shutdownEvents.count == 13)
    }

    @Test func whatIsSecretIsKnown() {
        let secrets = Set(SettingsTable.all.filter(\.isSecret).map(\.key))
        #expect(
            secrets == [
                "admin-password", "snmp-read-community", "snmp-write-community", "password", "auth-password", "priv-password", "community",
                "primary-secret", "secondary-secret", "proxy-password",
            ])
    }
}
