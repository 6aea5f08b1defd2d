import NetVision
import PowerDevice
import SNMP

extension SensorRecord.Contents {
    /// The group emdStatus. Without a sensor its values are not managed and its inputs are disabled.
    func objects(_ settings: EnvironmentSettings) -> [ManagedObject] {
        let conditions = monitor.conditions
        let inputs = zip(settings.inputs, [EnvironmentCondition.input1, .input2]).map { input, condition in
            guard isPresent, input.mode != .disabled else { return CardObjects.SensorInput.disabled }
            return conditions[condition] == nil ? .notActive : .active
        }
        return CardObjects.sensor(
            temperature: monitor.reading?.temperature, humidity: monitor.reading?.humidity, inputs: inputs)
    }
}
