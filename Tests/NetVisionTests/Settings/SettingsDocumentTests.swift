import NetVision
import Testing

@Suite struct SettingsDocumentTests {
    private let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))

    /// Seals nothing, but only for one place and one card.
    private func secrets(_ card: String = "a") -> SettingsDocument.Secrets {
        SettingsDocument.Secrets(
            seal: { secret, place in "sealed:\(card)/\(place)/\(String(decoding: secret, as: UTF8.self))" },
            open: { text, place in
                let prefix = "sealed:\(card)/\(place)/"
                return text.hasPrefix(prefix) ? Array(text.utf8.dropFirst(prefix.utf8.count)) : nil
            })
    }

    private func read(
        _ text: String, into values: SettingsValues = SettingsValues(), as origin: SettingsDocument.Origin? = nil, card: String = "a"
    ) -> SettingsDocument.Reading {
        SettingsDocument.read(Array(text.utf8), into: values, as: origin ?? .upload(to: mac), secrets: secrets(card))
    }

    /// Every setting at a value that is not its default.
    private var changed: SettingsValues {
        get throws {
            var values = SettingsValues()
            for setting in SettingsTable.all { try values.set(other(setting), for: setting.name) }
            return values
        }
    }

    private func other(_ setting: Setting) -> SettingValue {
        switch setting.kind {
        case .flag: return .flag(!setting.defaultValue.flag)
        case .number(let form):
            return .number(setting.defaultValue.number == form.range.upperBound ? form.range.lowerBound : form.range.upperBound)
        case .decimal(let range, _): return .number(range.upperBound - 1)
        case .choice(let words): return .text(words.first { $0 != setting.defaultValue.text } ?? "")
        case .text(let form): return .text(String(repeating: "x", count: form.length.upperBound - 2) + " =")
        case .usmPassword: return .text("authpass-1")
        case .accountPassword: return .text("Str0ng!enough")
        case .ipv4Address, .ipAddress, .endpoint, .host: return .text("10.0.0.77")
        case .ipv6Address(let hasPrefix): return .text(hasPrefix ? "fe80::77/64" : "fe80::77")
        case .mailAddress: return .text("ups@example.org")
        case .hardwareAddress: return .text("00:E0:D8:00:00:01")
        case .timeOfDay: return .text("12:34")
        case .date: return .text("29/02/2028")
        case .numbers: return .text("1,15")
        }
    }

    @Test func everySettingSurvives() throws {
        let values = try changed
        let text = SettingsDocument.text(values, mac: mac, secrets: secrets())
        let reading = read(text, as: .own)
        #expect(reading.bad == [])
        #expect(reading.values == values)
        #expect(reading.mac == mac)
        #expect(SettingsDocument.text(reading.values, mac: mac, secrets: secrets()) == text)
        #expect(text.utf8.count < SettingsDocument.maximumLength / 2)
    }

    @Test func theIdentityComesFirst() {
        let lines = SettingsDocument.text(SettingsValues(), mac: mac, secrets: secrets()).split(separator: "\n")
        #expect(lines.prefix(5) == ["# CardAgent settings", "version = 2", "# Identity", "[identity]", "mac = 00:E0:D8:FF:C1:90"])
    }

    @Test func aChangeIsOneLine() throws {
        var values = SettingsValues()
        let before = SettingsDocument.text(values, mac: mac, secrets: secrets()).split(separator: "\n")
        try values.set(.number(7), for: "configuration.polling-rate")
        let after = SettingsDocument.text(values, mac: mac, secrets: secrets()).split(separator: "\n")
        #expect(after.difference(from: before).insertions.count == 1)
        #expect(after.contains("polling-rate = 7"))
    }

    // MARK: - Uploads

    @Test func validLinesCountAndEachOtherIsTold() {
        let reading = read(
            """
            version = 2
            [configuration]
            polling-rate = 77
            history-interval = 120
            colour = red
            nonsense
            [emd]
            temperature-offset = 0.5
            [nowhere]
            key = value
            """)
        #expect(
            reading.bad.map { "\($0.number): \($0.reason)" } == [
                "3: polling-rate must be 1 to 60, not 77", "5: no setting colour in section [configuration]",
                "6: not of the form key = value", "10: no setting key in section [nowhere]",
            ])
        #expect(
            reading.values.changes(from: SettingsValues()).map(\.name) == ["emd.temperature-offset", "configuration.history-interval"])
    }

    @Test func theIdentityOfAnotherCardIsLeftOut() {
        let text = "[identity]\nsystem-name = X\naddress = 10.0.0.1\n[configuration]\npolling-rate = 7\n"
        for mac in ["", "mac = 00:E0:D8:00:00:01\n"] {
            let reading = read("[identity]\n\(mac)\(text)")
            #expect(reading.bad == [])
            #expect(reading.notes.count == 1 && reading.notes[0].hasPrefix("2 line(s) are the identity"))
            #expect(reading.values.changes(from: SettingsValues()).map(\.name) == ["configuration.polling-rate"])
        }
        #expect(read("\(text)[identity]\nmac = 00-e0-d8-ff-c1-90\n").values["identity.system-name"] == .text("X"))
        // Of the card's own file it counts in any case.
        #expect(read(text, as: .own).values["identity.system-name"] == .text("X"))
        #expect(read("[identity]\naddress = 1\n").bad.count == 1)
    }

    @Test func secretsOfAnotherCardAreBadLines() throws {
        var values = SettingsValues()
        try values.set(.text("s3cret"), for: "mail.password")
        let text = SettingsDocument.text(values, mac: mac, secrets: secrets("b"))
        let reading = read(text)
        #expect(reading.bad.allSatisfy { $0.reason.hasSuffix("is sealed by another card") })
        #expect(reading.bad.count == 1 + 2 + 8)
        #expect(reading.values == SettingsValues())
        #expect(!text.contains("= s3cret"))
        // As it is, it is taken.
        #expect(read("[mail]\npassword = s3cret").values["mail.password"] == .text("s3cret"))
        // What was sealed for one setting opens for no other.
        #expect(read("[iot]\npassword = sealed:a/mail.password/s3cret").bad.count == 1)
    }

    @Test func linesThatDoNotFitTogetherAreBad() {
        let reading = read("[control]\nhttp-port = 502\n[configuration]\npolling-rate = 7\n")
        #expect(reading.bad.map(\.number) == [2])
        #expect(reading.bad.first?.reason == "Modbus Port 502 is that of HTTP Port, too")
        #expect(reading.values.changes(from: SettingsValues()).map(\.name) == ["configuration.polling-rate"])
        // What stands in the order in which it is not yet right is right in the end.
        #expect(read("[control]\nhttp-port = 502\n[modbus-tcp]\nport = 1502\n").bad == [])
    }

    @Test func aRepetitionIsABadLine() {
        let reading = read("[configuration]\npolling-rate = 7\n[emd]\n[configuration]\npolling-rate = 8\n")
        #expect(reading.bad == [.init(number: 5, reason: "polling-rate has been set in line 2 already")])
        #expect(reading.values["configuration.polling-rate"] == .number(7))
    }

    // MARK: - Version 1

    @Test func aDocumentOfVersion1LosesNothing() {
        let reading = read(
            """
            # CardAgent settings
            [identity]
            mac = 00:E0:D8:FF:C1:90
            system-name = UPS 4
            [network]
            dhcp = enabled
            address = 10.0.0.5
            subnet-mask = 255.255.0.0
            gateway = 10.0.0.1
            [polling]
            polling-rate = 7
            serial-timeout = 120
            baud-rate = 19200
            [control]
            network-upgrade = disabled
            trap-filter = enabled
            data-unit-selection = 12
            [modbus-tcp]
            modbus = disabled
            port = 1502
            [ups-control]
            sync-ups-clock = enabled
            shutdown-delay = 9999
            turn-off-after-shutdown = enabled
            auto-restart = enabled
            eco-mode-7 = saturday 12:00 none 00:00
            [emd]
            enabled = disabled
            humidity-critical-high = 99.9
            input-2-mode = normally-closed
            [snmp-users]
            user-1 = read-write none none - guest
            user-2 =
            [trap-receiver-2]
            address = 10.0.0.9:1162
            community = sealed:a/trap-receiver-2/tr4ps
            type = netvision
            version = v1
            inform = enabled
            filter = events 5,13
            [trap-receiver-3]
            filter = severity critical
            """)
        #expect(reading.bad == [])
        let text = { (name: String) in reading.values[name].text }
        #expect(reading.values["identity.dhcp"] == .flag(true))
        #expect(text("identity.address") == "10.0.0.5" && text("identity.gateway") == "10.0.0.1")
        #expect(reading.values["configuration.polling-rate"] == .number(7))
        #expect(reading.values["configuration.serial-timeout"] == .number(120))
        #expect(text("configuration.baud-rate") == "19200")
        #expect(reading.values["shutdown.ups-shut-off-delay"] == .number(9999))
        #expect(reading.values["shutdown.ups-shut-off"] == .flag(true) && reading.values["date-time.sync-ups-clock"] == .flag(true))
        #expect(text("eco-mode-7.start-day") == "saturday" && text("eco-mode-7.start-time") == "12:00")
        #expect(text("snmp-user-1.name") == "guest" && text("snmp-user-1.access") == "read-write")
        #expect(text("trap-receiver-2.community") == "tr4ps" && text("trap-receiver-2.events") == "5,13")
        #expect(text("trap-receiver-2.event-filter") == "event" && text("trap-receiver-3.severity") == "critical")
        #expect(reading.values["emd.humidity-critical-high"] == .number(999))
    }

    @Test func aNewerVersionsLinesAreToldAndCarriedOn() {
        let text = "version = 3\n[quantum]\nentangled = yes\n[configuration]\npolling-rate = 7\n"
        let reading = read(text, as: .own)
        #expect(reading.bad.map(\.number) == [3])
        #expect(reading.notes.count == 1)
        #expect(reading.values["configuration.polling-rate"] == .number(7))
        let written = SettingsDocument.text(reading.values, mac: mac, secrets: secrets(), kept: reading.kept)
        #expect(written.hasSuffix("[quantum]\nentangled = yes\n"))
    }

    // MARK: - Hostile texts

    @Test func marksAndLineEndsOfOtherSystemsAreTaken() {
        let reading = read("\u{FEFF}version = 2\r\n[configuration]\r\npolling-rate = 7\r\n\r\n# end\r\n")
        #expect(reading.bad == [])
        #expect(reading.values["configuration.polling-rate"] == .number(7))
    }

    @Test func whatIsNoTextIsABadLine() {
        let lines: [[UInt8]] = [
            Array("[identity]".utf8), Array("system-location = a".utf8) + [0xC3, 0x28], Array("system-contact = a\0b".utf8),
            Array("sys\0tem-name = x".utf8), Array("[emd]".utf8), Array("location = \u{7}".utf8), Array("enabled = disabled".utf8),
        ]
        let reading = SettingsDocument.read(
            Array(lines.joined(separator: [0x0A])), into: SettingsValues(), as: .own, secrets: secrets())
        #expect(reading.bad.map(\.number) == [2, 3, 4, 6])
        #expect(reading.values.changes(from: SettingsValues()).map(\.name) == ["emd.enabled"])
    }

    @Test func whatIsTooLongIsNotRead() {
        let long = read("[emd]\nlocation = " + String(repeating: "x", count: 5000) + "\nenabled = disabled\n")
        #expect(long.bad == [.init(number: 2, reason: "has more than 4096 octets")])
        #expect(long.values["emd.enabled"] == .flag(false))
        let huge = read(String(repeating: "#\n", count: SettingsDocument.maximumLength))
        #expect(huge.bad.count == 1 && huge.values == SettingsValues())
        let nonsense = read(String(repeating: "x\n", count: 100_000))
        #expect((1000...1010).contains(nonsense.bad.count))
        let unknown = read(String(repeating: "x = y\n", count: 20_000))
        #expect((1000...1010).contains(unknown.bad.count))
    }

    @Test func everyPrefixIsReadWithoutHarm() throws {
        let octets = Array(SettingsDocument.text(try changed, mac: mac, secrets: secrets()).utf8)
        for length in stride(from: 0, to: octets.count, by: 397) {
            let reading = SettingsDocument.read(octets[..<length], into: SettingsValues(), as: .upload(to: mac), secrets: secrets())
            #expect(reading.values.problems.isEmpty)
        }
    }

    @Test func everyMutationIsReadWithoutHarm() throws {
        let octets = Array(SettingsDocument.text(try changed, mac: mac, secrets: secrets()).utf8)
        for index in stride(from: 0, to: octets.count, by: 211) {
            var changed = octets
            changed[index] = UInt8(truncatingIfNeeded: index &* 7)
            let reading = SettingsDocument.read(changed, into: SettingsValues(), as: .upload(to: mac), secrets: secrets())
            #expect(reading.values.problems.isEmpty, "octet \(index)")
        }
    }
}
