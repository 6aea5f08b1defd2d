import Alarming
import FoundationEssentials
import Synchronization

/// The time zones of the system, read as they are asked for.
final class ZoneShelf: Sendable {
    static let system = ZoneShelf(directory: "/usr/share/zoneinfo")
    private static let maximum = 200

    private let directory: String
    private let known = Mutex<[String: ZoneRules]>([:])

    init(directory: String) { self.directory = directory }

    /// Nil of a name that the system does not know.
    func rules(of name: String) -> ZoneRules? {
        if name == "UTC" { return .utc }
        guard Self.isName(name) else { return nil }
        if let rules = known.withLock({ $0[name] }) { return rules }
        guard let file = FileManager.default.contents(atPath: "\(directory)/\(name)"), let rules = ZoneRules(tzif: Array(file)) else {
            return nil
        }
        known.withLock { if $0.count < Self.maximum { $0[name] = rules } }
        return rules
    }

    /// `Europe/Zurich`: no way out of the directory.
    private static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name.first?.isLetter == true
            && name.utf8.allSatisfy { octet in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= octet || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= octet
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= octet || "/_+-".utf8.contains(octet)
            }
    }
}
