import Modbus
import NIOCore
import PowerDevice
import UPSSimulation

/// The environment sensor (EMD) of a card: the way to it, and what is known of it.
struct CardSensor: Sendable {
    let link: ModbusConnection.Link
    let record = SensorRecord()

    init(_ link: ModbusConnection.Link) { self.link = link }
}

extension SensorArgument {
    /// The way to the sensor, and the simulated one where it is that.
    func link() -> (link: ModbusConnection.Link, simulator: EnvironmentSimulator?) {
        switch self {
        case .serial(let path, let baudRate): return (.serial(path: path, baudRate: baudRate), nil)
        case .tcp(let endpoint): return (.tcp(host: endpoint.host, port: endpoint.port), nil)
        case .simulated:
            let simulator = EnvironmentSimulator()
            return (.direct(simulator), simulator)
        }
    }
}
