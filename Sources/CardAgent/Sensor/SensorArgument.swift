import Modbus
import UPSSimulation

/// What `--emd` says: where the environment sensor (EMD) is.
///
///     serial:/dev/ttyUSB1[?baud=9600]
///     tcp:HOST:PORT
///     sim
enum SensorArgument: Sendable {
    case serial(path: String, baudRate: BaudRate)
    case tcp(Endpoint)
    case simulated

    /// Why an argument is no sensor, and what would be one.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    init(_ argument: String) throws(Problem) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("sim", 1) where argument == "sim": self = .simulated
        case ("tcp", 2):
            guard let endpoint = Endpoint(argument: parts[1]), endpoint.port > 0 else { throw Self.malformed(argument) }
            self = .tcp(endpoint)
        case ("serial", 2): self = try Self.serial(parts[1], argument)
        default: throw Self.malformed(argument)
        }
    }

    private static func serial(_ rest: String, _ argument: String) throws(Problem) -> SensorArgument {
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let path = parts.first, !path.isEmpty else { throw malformed(argument) }
        guard parts.count == 2 else { return .serial(path: path, baudRate: .baud9600) }
        guard parts[1].hasPrefix("baud="), let rate = Int(parts[1].dropFirst("baud=".count)).flatMap(BaudRate.init) else {
            let rates = BaudRate.allCases.map { String($0.rawValue) }.joined(separator: ", ")
            throw Problem(description: "\"\(parts[1])\" is no option of a sensor; give baud= and one of \(rates)")
        }
        return .serial(path: path, baudRate: rate)
    }

    private static func malformed(_ argument: String) -> Problem {
        Problem(description: "\"\(argument)\" is no sensor; give serial:PATH[?baud=9600], tcp:HOST:PORT or sim")
    }
}
