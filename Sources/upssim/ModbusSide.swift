import Logging
import Modbus
import NIOCore
import ServiceLifecycle

/// The way by which the simulated device is asked: a serial line, or Modbus TCP.
struct ModbusSide {
    let options: UPSSim

    func server(
        _ bank: some RegisterBank, admit: @escaping Admit, _ logger: Logger, _ announcement: Announcement
    ) throws -> any Service {
        if let endpoint = options.listen { return try tcp(bank, endpoint, admit, announcement) }
        let configuration = ModbusRTUServer.Configuration(
            line: .pseudoTerminal(link: options.pty, baudRate: options.baudRate), units: Set(1...247))
        let baud = options.baud
        let faults = options.noise == 0 ? nil : LineFaults(noise: LineNoise(LineNoise.Rates(hit: options.noise), seed: options.seed))
        let server = ModbusRTUServer(configuration, bank: bank, admit: admit, faults: faults, logger: logger) { path in
            announcement.add("Modbus RTU at \(baud) baud on \(path)")
        }
        return Explained(service: server, failure: "can't open a pseudo-terminal at \(options.pty ?? "")")
    }

    private func tcp(
        _ bank: some RegisterBank, _ endpoint: Endpoint, _ admit: @escaping Admit, _ announcement: Announcement
    ) throws -> any Service {
        let failure = "can't listen on \(endpoint)"
        guard let address = try? SocketAddress.makeAddressResolvingHost(endpoint.host, port: endpoint.port) else {
            throw StartFailure("\(failure): there is no such host")
        }
        let configuration = ModbusTCPServer.Configuration(address: address, maxConnections: 16, idleTimeout: nil, allowsWrites: true)
        let server = ModbusTCPServer(configuration, bank: bank, admit: admit) { bound in
            announcement.add("Modbus TCP on \(Endpoint(host: endpoint.host, port: bound.port ?? endpoint.port))")
        }
        return Explained(service: server, failure: failure)
    }
}
