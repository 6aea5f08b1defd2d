import NetVision
import PowerDevice
import Testing

@testable import CardAgent

@Suite struct DeviceControlSettingsTests {
    private let vault = SecretVault()
    private let mac = HardwareAddress(octets: (0x00, 0xE0, 0xD8, 0xFF, 0xC1, 0x90))
    private var factory: CardSettings {
        CardSettings(
            factory: CardPlan(mac: mac, portOffset: .none, network: NetworkSettings(address: 1, mask: 2), systemName: "UPS 1"))
    }

    /// Nothing is sent to a UPS unless somebody has asked for it.
    @Test func theFactorySettingsAskForNothing() {
        #expect(!factory.control.synchronisesClock)
        #expect(!factory.control.turnsOffAfterShutdown)
        #expect(factory.control.ecoMode.rows.allSatisfy { $0.startDay == nil && $0.endDay == nil })
    }

    @Test func whatIsWrittenIsRead() {
        var settings = factory
        settings.control.synchronisesClock = true
        settings.control.shutdownDelay = 9999
        settings.control.turnsOffAfterShutdown = true
        settings.control.restartsAutomatically = true
        settings.control.ecoMode[6] = EcoModeSchedule.Row(words: "saturday 12:00 monday 06:30") ?? .init()
        settings.sensor.isEnabled = false
        settings.sensor.location = " Rack 4"
        settings.sensor.temperature.offset = -0.3
        settings.sensor.humidity.criticalHigh = 99.9
        settings.sensor.inputs[1].name = "Door"
        settings.sensor.inputs[1].mode = .normallyClosed
        let text = SettingsDocument.text(settings, mac: mac, vault: vault)
        var read = factory
        #expect(SettingsDocument.apply(text, to: &read, vault: vault) == [])
        #expect(read == settings)
        #expect(SettingsDocument.text(read, mac: mac, vault: vault) == text)
    }

    @Test(arguments: [
        "[ups-control]\nshutdown-delay = -1", "[ups-control]\nshutdown-delay = soon", "[ups-control]\neco-mode-1 = monday 22:00",
        "[ups-control]\neco-mode-8 = none 00:00 none 00:00", "[emd]\ntemperature-offset = warm", "[emd]\ntemperature-offset = nan",
        "[emd]\nhumidity-hysteresis = -1", "[emd]\ninput-1-mode = open", "[emd]\ninput-3-mode = disabled",
        "[emd]\nhumidity-warning-low = 101",
    ])
    func whatIsNoSettingIsABadLine(_ text: String) {
        var settings = factory
        #expect(SettingsDocument.apply(text, to: &settings, vault: vault).count == 1)
        #expect(settings == factory)
    }
}
