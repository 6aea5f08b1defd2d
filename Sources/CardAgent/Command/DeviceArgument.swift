import Modbus
import PowerDevice
import UPSSimulation

/// What `--device` says.
///
///     serial:/dev/ttyUSB0[?baud=auto|9600&map=auto|VU-MAP]
///     tcp:HOST:PORT[?map=auto|VU-MAP]
///     sim:MODEL
enum DeviceArgument: Sendable {
    case serial(path: String, baudRate: BaudRate?, map: DeviceMap?)
    case tcp(Endpoint, map: DeviceMap?)
    case simulated(UPSModel)

    /// Why an argument is no device, and what would be one.
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    init(_ argument: String) throws(Problem) {
        guard let colon = argument.firstIndex(of: ":") else { throw Self.malformed(argument) }
        let rest = argument[argument.index(after: colon)...]
        let parts = rest.split(separator: "?", maxSplits: 1)
        guard let place = parts.first else { throw Self.malformed(argument) }
        switch argument[..<colon] {
        case "serial":
            let options = try Self.options(parts.dropFirst().first, allowed: ["baud", "map"])
            self = .serial(path: String(place), baudRate: try Self.baudRate(options["baud"]), map: try Self.map(options["map"]))
        case "tcp":
            guard let endpoint = Endpoint(argument: String(place)), endpoint.port > 0 else { throw Self.malformed(argument) }
            self = .tcp(endpoint, map: try Self.map(try Self.options(parts.dropFirst().first, allowed: ["map"])["map"]))
        case "sim":
            guard let model = UPSModel.named(String(rest)) else {
                throw Problem("there is no model \"\(rest)\"; there are \(UPSModel.catalogue.map(\.name).joined(separator: ", "))")
            }
            self = .simulated(model)
        default:
            throw Self.malformed(argument)
        }
    }

    private static func malformed(_ argument: String) -> Problem {
        Problem("\"\(argument)\" is no device; give serial:PATH[?baud=auto&map=auto], tcp:HOST:PORT or sim:MODEL")
    }

    private static func options(_ query: Substring?, allowed: Set<String>) throws(Problem) -> [String: String] {
        var options: [String: String] = [:]
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, allowed.contains(String(parts[0])) else {
                throw Problem("a device has no option \"\(pair)\"; there are \(allowed.sorted().joined(separator: ", "))")
            }
            options[String(parts[0])] = String(parts[1])
        }
        return options
    }

    private static func baudRate(_ text: String?) throws(Problem) -> BaudRate? {
        guard let text, text != "auto" else { return nil }
        guard let rate = Int(text).flatMap(BaudRate.init) else {
            throw Problem(
                "baud must be auto or one of \(BaudRate.allCases.map { String($0.rawValue) }.joined(separator: ", ")), not \(text)")
        }
        return rate
    }

    private static func map(_ text: String?) throws(Problem) -> DeviceMap? {
        guard let text, text != "auto" else { return nil }
        guard let map = DeviceLink.maps.first(where: { $0.name == text }) else {
            throw Problem("map must be auto or one of \(DeviceLink.maps.map(\.name).joined(separator: ", ")), not \(text)")
        }
        return map
    }
}
