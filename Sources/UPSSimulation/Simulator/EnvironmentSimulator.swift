package import Modbus
package import PowerDevice
import Synchronization

/// A simulated environment monitoring device (EMD): a temperature, a humidity and two contacts, behind its registers.
package final class EnvironmentSimulator: RegisterBank {
    private let state: Mutex<State>
    private let identity: EnvironmentSensor.Identity

    private struct State {
        var reading: EnvironmentReading
        var isPresent: Bool
    }

    /// - Parameter isPresent: whether it is plugged in; without it nobody answers.
    package init(
        _ reading: EnvironmentReading = EnvironmentReading(temperature: 22, humidity: 45, inputs: [false, false]), isPresent: Bool = true,
        identity: EnvironmentSensor.Identity = EnvironmentSensor.Identity()
    ) {
        state = Mutex(State(reading: reading, isPresent: isPresent))
        self.identity = identity
    }

    package static let temperatures = -40.0...85.0
    package static let humidities = 0.0...100.0

    /// Changes the room; what is nil stays as it is. The registers show it when this returns.
    package func apply(temperature: Double? = nil, humidity: Double? = nil, inputs: [Bool]? = nil, isPresent: Bool? = nil)
        throws(SimulationError)
    {
        if let temperature, !Self.temperatures.contains(temperature) {
            throw .outOfRange(field: "temperature", value: temperature, allowed: Self.temperatures)
        }
        if let humidity, !Self.humidities.contains(humidity) {
            throw .outOfRange(field: "humidity", value: humidity, allowed: Self.humidities)
        }
        if let inputs, inputs.count > EnvironmentSensor.inputCount {
            throw .notThere("An EMD has \(EnvironmentSensor.inputCount) inputs, not \(inputs.count).")
        }
        state.withLock { state in
            state.reading.temperature = temperature ?? state.reading.temperature
            state.reading.humidity = humidity ?? state.reading.humidity
            for (index, isClosed) in (inputs ?? []).enumerated() { state.reading.inputs[index] = isClosed }
            state.isPresent = isPresent ?? state.isPresent
        }
    }

    package var reading: EnvironmentReading { state.withLock { $0.reading } }
    package var isPresent: Bool { state.withLock { $0.isPresent } }

    /// For the servers in front of it: one that is not plugged in answers nobody.
    package var admit: Admit { { [self] in isPresent ? .answer : .drop } }

    package func serves(_ unit: UInt8) -> Bool { (unit == EnvironmentSensor.slave || unit == 0 || unit == 255) && isPresent }

    package func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        guard serves(unit) else { throw .gatewayTargetFailedToRespond }
        let words = EnvironmentSensor.words(of: reading, identity)
        guard let start = EnvironmentSensor.range.offset(of: address), count > 0, start + count <= words.count else {
            throw .illegalDataAddress
        }
        return Array(words[start..<(start + count)])
    }

    /// An EMD takes no orders.
    package func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) { throw .illegalFunction }
}
