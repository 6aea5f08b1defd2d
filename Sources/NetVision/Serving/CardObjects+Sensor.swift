import PowerDevice
package import SNMP

extension CardObjects {
    /// An input of the environment sensor, by the numbers of emdStatusIn1Active.
    package enum SensorInput: Int32, Sendable {
        case disabled = 1
        case notActive = 2
        case active = 3
    }

    /// The group emdStatus, in the branches of NET VISION 7 and 8 (10) and of the older cards (11, without the inputs).
    ///
    /// - Parameters:
    ///   - temperature: In °C; nil without a sensor, as all of them.
    ///   - humidity: In percent.
    ///   - inputs: The first two count; those that are missing are disabled.
    package static func sensor(temperature: Double?, humidity: Double?, inputs: [SensorInput]) -> [ManagedObject] {
        let measured = [MIBModule.netVision6, .netVision7].flatMap { module in
            quantity("ambient.1.temperature", temperature, in: module) + quantity("ambient.1.humidity", humidity, in: module)
        }
        let types = [SensorGroup.emdStatusIn1Active, SensorGroup.emdStatusIn2Active]
        return measured
            + types.enumerated().map { index, type in
                ManagedObject(type, .integer((index < inputs.count ? inputs[index] : .disabled).rawValue))
            }
    }

    private static func quantity(_ variable: VariableTemplate, _ value: Double?, in module: MIBModule) -> [ManagedObject] {
        module.cells.filter { $0.point.variable == variable }.map {
            ManagedObject($0.type, named: $0.object, .integer($0.point.raw(value: value)))
        }
    }
}
