import NetVision

extension SettingsDocument {
    static func text(_ settings: CardSettings, mac: HardwareAddress, vault: SecretVault) -> String {
        text(settings.values, mac: mac, secrets: vault.secrets)
    }

    /// Applies every line of a card's own document that is a setting, and tells which are not.
    static func apply(_ text: String, to settings: inout CardSettings, vault: SecretVault) -> [BadLine] {
        let reading = read(Array(text.utf8), into: settings.values, as: .own, secrets: vault.secrets)
        settings.values = reading.values
        return reading.bad
    }
}
