import NIOCore
import NetVision
import PowerDevice
import SNMP

extension FuzzTarget {
    static let card = [
        FuzzTarget(name: "LAN message") { input in
            guard let message = try? LANMessage(decoding: input) else { return }
            require((try? LANMessage(decoding: message.encoded())) == message, "what was decoded does not survive encoding")
        },
        FuzzTarget(name: "LAN session") { input in
            let card = HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3))
            guard let peer = try? SocketAddress(ipAddress: "192.0.2.1", port: 4555) else { return }
            guard let key = LANKey(octets: Array(repeating: 7, count: LANKey.length)) else { return }
            var session = LANCardSession(card: card)
            let announcement = Announcement(card: card, network: NetworkSettings(address: 1, mask: 1), firmware: "1.0", model: "m")
            let now = NIODeadline.uptimeNanoseconds(1)
            let action = session.received(input, from: peer, now: now, announcement: { announcement }, random: { 4 })
            guard case .judge(let claim) = action else { return }
            _ = session.judge(claim, key: key, obstacle: nil, now: now)
        },
        FuzzTarget(name: "firmware image") { input in
            guard let image = try? FirmwareImage(decoding: input) else { return }
            require(image.encoded == input, "an image that was read is not what was given")
            try? image.verifySignature(trustedKeys: [])
        },
        FuzzTarget(name: "card's answers") { input in
            guard case .pdu(let pdu)? = (try? CommunityMessage(decoding: input))?.content else { return }
            guard let card = CardIdentity(pdu.bindings) else { return }
            let state = DeviceState(pdu.bindings, from: card)
            require(state.readings.values.allSatisfy(\.isFinite), "a reading is no number")
            _ = OperatingStatus(state)
        },
        FuzzTarget(name: "list of cards") { input in
            let text = String(buffer: input)
            if let file = try? CardFile(csv: text) { require(file.entries.allSatisfy { $0.line > 0 }, "an entry has no line") }
            if let file = try? CardFile(yaml: text) { require(file.entries.allSatisfy { $0.line > 0 }, "an entry has no line") }
            require(CSVDocument.original(CSVDocument.harmless(text)) == text, "a text does not come back as it was")
            let written = CSVDocument.field(text.filter { $0 != "\u{FEFF}" })
            let document = try? CSVDocument("a,b\n\(written),x\n")
            require(document?.records.last?.fields.count == 2, "a field that was written is not one")
        },
        FuzzTarget(name: "profile file") { input in
            guard let file = try? ProfileFile(String(buffer: input), path: "x") else { return }
            for profile in ProfileFile.resolve([file]).profiles {
                let again = (try? ProfileFile(profile.yaml, path: "x")).map { ProfileFile.resolve([$0]).profiles }
                require(again?.first?.yaml == profile.yaml, "what is printed does not read as the same profile")
            }
        },
        FuzzTarget(name: "pattern") { input in
            let text = String(buffer: input)
            guard let pattern = try? TextPattern(String(text.prefix(64))) else { return }
            _ = pattern.isFound(in: String(text.dropFirst(64)))
        },
        FuzzTarget(name: "settings document") { input in
            let card = HardwareAddress(octets: (0, 0xE0, 0xD8, 1, 2, 3))
            // What is sealed is written in numbers.
            let secrets = SettingsDocument.Secrets(
                seal: { secret, _ in SettingsDocument.Secrets.prefix + secret.map { String($0) }.joined(separator: ".") },
                open: { text, _ in text.dropFirst(SettingsDocument.Secrets.prefix.utf8.count).split(separator: ".").compactMap { UInt8($0) }
                })
            let octets = Array(input.readableBytesView)
            _ = SettingsFile.condition(of: octets)
            let reading = SettingsDocument.read(octets, into: SettingsValues(), as: .upload(to: card), secrets: secrets)
            require(SettingsRules.violations(of: reading.values, since: SettingsValues()).isEmpty, "settings that don't fit were taken")
            let plain = SettingsDocument.read(octets, into: SettingsValues(), as: .own, secrets: secrets)
            let text = SettingsDocument.text(plain.values, mac: card, secrets: secrets)
            let again = SettingsDocument.read(Array(text.utf8), into: SettingsValues(), as: .own, secrets: secrets)
            require(again.values == plain.values, "a setting was lost by writing it")
        },
        FuzzTarget(name: "texts") { input in
            let text = String(buffer: input)
            if let range = AddressRange(text) { require(range.first <= range.last, "a range without addresses") }
            _ = FirmwareVersion(text)
            _ = HardwareAddress(text)
            _ = FirmwarePublicKey(text: text)
            _ = OID(text)
        },
    ]
}
