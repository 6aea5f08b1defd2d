/// A change as a document writes it: an object with these keys, each of which may be absent.
protocol KeyedChange {
    static var keys: [String] { get }
}

/// `{"percent": 80}`
struct LoadChange: Decodable, KeyedChange {
    let percent: Double

    static let keys = ["percent"]
    var occurrence: Occurrence { .load(percent) }
}

/// `{"celsius": 31}`
struct AmbientChange: Decodable, KeyedChange {
    let celsius: Double

    static let keys = ["celsius"]
    var occurrence: Occurrence { .ambient(celsius) }
}

/// `{"enabled": false}`
struct RemoteChange: Decodable, KeyedChange {
    let enabled: Bool

    static let keys = ["enabled"]
}

/// What a device is told to do: `eco`, and of a transfer system `automatic`, `bypass1` or `bypass2`.
struct ModeChange {
    let occurrence: Occurrence

    static let transferModes: [(String, Int?)] = [("automatic", nil), ("bypass1", 1), ("bypass2", 2)]
    static var known: String {
        (UPSPhysics.Mode.allCases.map(\.rawValue) + transferModes.map(\.0)).joined(separator: ", ")
    }

    init?(_ name: String) {
        if let mode = UPSPhysics.Mode(rawValue: name) {
            occurrence = .mode(mode)
        } else if let mode = Self.transferModes.first(where: { $0.0 == name }) {
            occurrence = .manualBypass(mode.1)
        } else {
            return nil
        }
    }
}

extension SupplyChange: KeyedChange {
    static let keys = ["source", "present", "voltage", "frequency", "drift", "lost", "phase", "reversed"]
}

extension PartChange: KeyedChange {
    static let keys = ["failed", "present"]
}

extension GensetChange: KeyedChange {
    static let keys = ["present", "failed", "delay"]
}

extension BatteryChange: KeyedChange {
    static let keys = ["unit", "charge", "health", "temperature", "connected", "test"]
}

extension TransferChange: KeyedChange {
    static let keys = ["preferred", "locked"]
}

/// `{"closed": false}`, or `{"mode": "batteryCapacity", "value": 50}`: %, minutes, or seconds.
extension PlugChange: Decodable, KeyedChange {
    static let keys = ["closed", "mode", "value"]

    private enum CodingKeys: String, CodingKey { case closed, mode, value }

    private enum Mode: String, Decodable { case none, batteryCapacity, backupTime, timeOnBattery, emergencyLight }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        closed = try container.decodeIfPresent(Bool.self, forKey: .closed)
        switch try container.decodeIfPresent(Mode.self, forKey: .mode) {
        case nil: mode = nil
        case .some(.none): mode = PowerSharePlug.Mode.none
        case .batteryCapacity: mode = .batteryCapacity(try container.decode(Double.self, forKey: .value))
        case .backupTime: mode = .backupTime(try container.decode(Double.self, forKey: .value))
        case .timeOnBattery: mode = .timeOnBattery(try container.decode(Double.self, forKey: .value))
        case .emergencyLight: mode = .emergencyLight
        }
    }
}
