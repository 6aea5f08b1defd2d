import NetVision
import PowerDevice
import SNMP

// The words of the settings document and of the command line.

extension TrapReceiver.Kind {
    var word: String {
        switch self {
        case .none: "none"
        case .rfc1628: "rfc1628"
        case .netVision: "netvision"
        }
    }

    init?(word: String) {
        guard let kind = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = kind
    }
}

extension SNMPVersion {
    var word: String {
        switch self {
        case .v1: "v1"
        case .v2c: "v2c"
        case .v3: "v3"
        }
    }

    init?(word: String) {
        guard let version = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = version
    }
}

extension TrapFilter {
    /// `severity warning`, `events 5,13,15`.
    var words: String {
        switch self {
        case .severity(let least): "severity \(least.rawValue)"
        case .events(let numbers): "events " + numbers.sorted().map(String.init).joined(separator: ",")
        }
    }

    init?(words: String) {
        let parts = words.split(separator: " ", maxSplits: 1).map(String.init)
        switch parts.first {
        case "severity":
            guard parts.count == 2, let severity = Severity(rawValue: parts[1]) else { return nil }
            self = .severity(severity)
        case "events":
            guard let numbers = Self.numbers(parts.count == 2 ? parts[1] : "", separator: ",") else { return nil }
            self = .events(numbers)
        default: return nil
        }
    }

    /// Trap numbers in a list; nil if one is none.
    static func numbers(_ text: String, separator: Character) -> Set<Int32>? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int32($0) }.filter { UPSTrap.numbers.contains($0) }
        return numbers.count == parts.count ? Set(numbers) : nil
    }
}
