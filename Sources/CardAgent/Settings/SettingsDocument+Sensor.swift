import PowerDevice

/// The environment sensor (manual ch. 14), its two quantities and its two inputs.
///
///     [emd]
///     enabled = enabled
///     location = Rack 4
///     temperature-name = Temperature
///     temperature-offset = 0.0
///     temperature-critical-high = 60.0
///     temperature-warning-high = 50.0
///     temperature-warning-low = 10.0
///     temperature-critical-low = 5.0
///     temperature-hysteresis = 1.0
///     humidity-… likewise
///     input-1-name = Alarm-1
///     input-1-mode = disabled | normally-open | normally-closed
///     input-2-… likewise
///
/// Numbers have one decimal; a set point between its neighbours is the user's affair, and one that is not behaves as it reads.
extension SettingsDocument {
    static let sensor: [Entry] =
        [flag(section, "enabled", \.sensor.isEnabled), name("location", \.sensor.location)]
        + quantity("temperature", \.sensor.temperature) + quantity("humidity", \.sensor.humidity) + input(0) + input(1)

    private static let section = "emd"
    private static let longestName = 63
    /// What a sensor can measure, and what may be added to it.
    private static let values = -100.0...100.0

    private static func quantity(
        _ key: String, _ path: any WritableKeyPath<CardSettings, EnvironmentSettings.Quantity> & Sendable
    ) -> [Entry] {
        let numbers: [(String, any WritableKeyPath<EnvironmentSettings.Quantity, Double> & Sendable)] = [
            ("offset", \.offset), ("critical-high", \.criticalHigh), ("warning-high", \.warningHigh), ("warning-low", \.warningLow),
            ("critical-low", \.criticalLow), ("hysteresis", \.hysteresis),
        ]
        let nameEntry = Entry(section: section, key: "\(key)-name") { settings, _ in
            settings[keyPath: path].name
        } write: { settings, value, _ in
            value.utf8.count <= longestName ? (settings[keyPath: path].name = value) : nil
        }
        return [nameEntry]
            + numbers.map { part, number in
                Entry(section: section, key: "\(key)-\(part)") { settings, _ in
                    text(settings[keyPath: path][keyPath: number])
                } write: { settings, value, _ in
                    guard let value = Double(value), values.contains(value), part != "hysteresis" || value >= 0 else { return nil }
                    settings[keyPath: path][keyPath: number] = (value * 10).rounded() / 10
                    return ()
                }
            }
    }

    private static func input(_ index: Int) -> [Entry] {
        [
            name("input-\(index + 1)-name", \.sensor.inputs[index].name),
            Entry(section: section, key: "input-\(index + 1)-mode") { settings, _ in
                settings.sensor.inputs[index].mode.word
            } write: { settings, value, _ in
                guard let mode = EnvironmentSettings.Input.Mode(word: value) else { return nil }
                settings.sensor.inputs[index].mode = mode
                return ()
            },
        ]
    }

    private static func name(_ key: String, _ path: any WritableKeyPath<CardSettings, String> & Sendable) -> Entry {
        Entry(section: section, key: key) { settings, _ in
            settings[keyPath: path]
        } write: { settings, value, _ in
            value.utf8.count <= longestName ? (settings[keyPath: path] = value) : nil
        }
    }

    /// With one decimal: `-0.5`.
    private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

extension EnvironmentSettings {
    /// Those of a card that is given a sensor: it is there to be used, and so are its contacts.
    static let activated: EnvironmentSettings = {
        var settings = EnvironmentSettings()
        settings.isEnabled = true
        for index in settings.inputs.indices { settings.inputs[index].mode = .normallyOpen }
        return settings
    }()
}

extension EnvironmentSettings.Input.Mode {
    var word: String {
        switch self {
        case .disabled: "disabled"
        case .normallyOpen: "normally-open"
        case .normallyClosed: "normally-closed"
        }
    }

    init?(word: String) {
        guard let mode = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = mode
    }
}
