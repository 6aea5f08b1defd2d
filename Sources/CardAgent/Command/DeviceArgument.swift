import Modbus
import PowerDevice
import UPSSimulation

/// What `--device` says.
///
///     serial:/dev/ttyUSB0[?baud=auto|57600|9600|2400|19200&map=auto|VU-MAP|JBUSP|STS&profile=FILE]
///     tcp:HOST:PORT[?map=auto|VU-MAP|JBUSP|STS&profile=FILE]
///     sim:MODEL[?units=U&modules=M&profile=FILE]
struct DeviceArgument: Sendable {
    enum Place: Sendable {
        case serial(path: String, baudRate: BaudRate?)
        case tcp(Endpoint)
        case simulated(SystemLayout)
    }

    let place: Place
    /// Nil is found out.
    let map: DeviceMap?
    /// A document with the registers by which the device is controlled; nil goes by what is found, or public.
    let profile: String?

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
        let query = parts.dropFirst().first
        let options: [String: String]
        switch argument[..<colon] {
        case "serial":
            options = try Self.options(query, allowed: ["baud", "map", "profile"])
            self.place = .serial(path: String(place), baudRate: try Self.baudRate(options["baud"]))
        case "tcp":
            options = try Self.options(query, allowed: ["map", "profile"])
            guard let endpoint = Endpoint(argument: String(place)), endpoint.port > 0 else { throw Self.malformed(argument) }
            self.place = .tcp(endpoint)
        case "sim":
            options = try Self.options(query, allowed: ["units", "modules", "profile"])
            self.place = .simulated(try Self.layout(String(place), options))
        default:
            throw Self.malformed(argument)
        }
        map = try Self.map(options["map"])
        profile = options["profile"]
    }

    private static func layout(_ name: String, _ options: [String: String]) throws(Problem) -> SystemLayout {
        guard let model = UPSModel.named(name) else {
            throw Problem("there is no model \"\(name)\"; there are \(UPSModel.all.map(\.name).joined(separator: ", "))")
        }
        let units = try number("units", options)
        let modules = try number("modules", options)
        do throws(SimulationError) {
            return try SystemLayout(model, units: units, modules: modules)
        } catch {
            throw Problem("\(error)")
        }
    }

    private static func number(_ key: String, _ options: [String: String]) throws(Problem) -> Int? {
        guard let text = options[key] else { return nil }
        guard let number = Int(text), (1...99).contains(number) else { throw Problem("\(key) must be a number, not \(text)") }
        return number
    }

    private static func malformed(_ argument: String) -> Problem {
        Problem("\"\(argument)\" is no device; give serial:PATH[?baud=auto&map=auto], tcp:HOST:PORT or sim:MODEL[?units=U&modules=M]")
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
            let known = BaudRate.allCases.map { String($0.rawValue) }.joined(separator: ", ")
            throw Problem("baud must be auto or one of \(known), not \(text)")
        }
        return rate
    }

    private static func map(_ text: String?) throws(Problem) -> DeviceMap? {
        guard let text, text != "auto" else { return nil }
        guard let map = DeviceMap.named(text) else {
            throw Problem("map must be auto or one of \(DeviceLink.maps.map(\.name).joined(separator: ", ")), not \(text)")
        }
        return map
    }
}
