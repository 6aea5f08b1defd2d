import NetVision
import PowerDevice

/// The environment sensor (manual ch. 14), its two quantities and its two inputs. A card that is given one uses it, unless somebody has said
/// otherwise.
extension CardSettings {
    private struct QuantityKeys {
        let name: SettingKey
        let numbers: [(any WritableKeyPath<EnvironmentSettings.Quantity, Double> & Sendable, SettingKey)]

        init(_ quantity: String) {
            name = SettingKey(known: "emd.\(quantity)-name")
            let key = { (name: String) in SettingKey(known: "emd.\(quantity)-\(name)") }
            numbers = [
                (\.offset, key("offset")), (\.criticalHigh, key("critical-high")), (\.warningHigh, key("warning-high")),
                (\.warningLow, key("warning-low")), (\.criticalLow, key("critical-low")), (\.hysteresis, key("hysteresis")),
            ]
        }
    }

    private enum SensorKey {
        static let enabled = SettingKey(known: "emd.enabled")
        static let location = SettingKey(known: "emd.location")
        static let temperature = QuantityKeys("temperature")
        static let humidity = QuantityKeys("humidity")
        static let inputs = (1...2).map {
            (name: SettingKey(known: "emd.input-\($0)-name"), mode: SettingKey(known: "emd.input-\($0)-mode"))
        }
    }

    var sensor: EnvironmentSettings {
        get {
            var sensor = EnvironmentSettings()
            sensor.isEnabled = values[flag: SensorKey.enabled]
            sensor.location = values[text: SensorKey.location]
            sensor.temperature = quantity(SensorKey.temperature)
            sensor.humidity = quantity(SensorKey.humidity)
            sensor.inputs = SensorKey.inputs.map { keys in
                var input = EnvironmentSettings.Input(name: values[text: keys.name])
                input.mode = .init(word: values[text: keys.mode]) ?? .disabled
                return input
            }
            return sensor
        }
        set {
            values[flag: SensorKey.enabled] = newValue.isEnabled
            values[text: SensorKey.location] = newValue.location
            setQuantity(SensorKey.temperature, newValue.temperature)
            setQuantity(SensorKey.humidity, newValue.humidity)
            for (keys, input) in zip(SensorKey.inputs, newValue.inputs) {
                values[text: keys.name] = input.name
                values[text: keys.mode] = input.mode.word
            }
        }
    }

    private func quantity(_ keys: QuantityKeys) -> EnvironmentSettings.Quantity {
        var quantity = EnvironmentSettings.Quantity(name: values[text: keys.name])
        for (path, key) in keys.numbers { quantity[keyPath: path] = Double(values[number: key]) / 10 }
        return quantity
    }

    private mutating func setQuantity(_ keys: QuantityKeys, _ quantity: EnvironmentSettings.Quantity) {
        values[text: keys.name] = quantity.name
        for (path, key) in keys.numbers { values[number: key] = Int(exactly: (quantity[keyPath: path] * 10).rounded()) ?? .max }
    }
}

extension EnvironmentSettings {
    /// Those of a card that is given a sensor: it is there to be used, and so are its contacts.
    static let activated = CardSettings().sensor
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
