import NetVision
import Testing

@testable import CardAgent

@Suite struct SettingsDocumentTests {
    private let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private var factory: CardSettings {
        CardSettings(
            factory: CardPlan(
                mac: mac, portOffset: .none, network: NetworkSettings(address: 0x0A00_0005, mask: 0xFFFF_0000, gateway: 0x0A00_0001),
                systemName: "UPS 1"))
    }

    @Test func whatIsWrittenIsRead() {
        var settings = factory
        settings.systemName = "  a = b # c \\n\n[x]\r "
        settings.systemContact = ""
        settings.systemLocation = "\u{301}x\r\n\u{85}\u{2028}\t"
        settings.network.usesDHCP = true
        settings.isNetworkUpgradeEnabled = false
        let text = SettingsDocument.text(settings, mac: mac)
        var read = factory
        #expect(SettingsDocument.apply(text, to: &read) == [])
        #expect(SettingsDocument.mac(in: text) == mac)
        #expect(read.systemName == settings.systemName)
        #expect(read == settings)
    }

    @Test func aBadLineIsToldAndTheOthersCount() {
        var settings = factory
        let bad = SettingsDocument.apply(
            """
            [identity]
            system-name = UPS 2
            colour = red
            [network]
            address = 10.0.0.300
            dhcp = perhaps
            nonsense
            gateway = 10.0.0.9
            """, to: &settings)
        #expect(bad.map(\.number) == [3, 5, 6, 7])
        #expect(settings.systemName == "UPS 2")
        #expect(settings.network.gateway == 0x0A00_0009)
        #expect(settings.network.address == 0x0A00_0005)
    }

    @Test func everyPrefixOfADocumentIsReadWithoutHarm() {
        let text = SettingsDocument.text(factory, mac: mac)
        for length in 0...text.count {
            var settings = factory
            _ = SettingsDocument.apply(String(text.prefix(length)), to: &settings)
        }
    }
}
