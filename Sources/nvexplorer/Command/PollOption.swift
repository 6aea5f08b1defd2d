import ArgumentParser

/// `10` or `10:60`: whole seconds between reads of the status, and of everything.
struct PollOption: Sendable, Equatable {
    private static let statusRange = 1...3600
    private static let fullRange = 1...86_400
    /// Between reads of everything where nothing is said of them; never more often than the status.
    private static let standardFull = 60

    let statusSeconds: Int
    let fullSeconds: Int

    /// Throws what is wanted.
    init(parsing text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let status = parts[0], let full = parts.count == 2 ? parts[1] : max(Self.standardFull, status)
        else { throw ValidationError("Write whole seconds, STATUS or STATUS:FULL: 10 or 10:60.") }
        guard Self.statusRange.contains(status), Self.fullRange.contains(full) else {
            throw ValidationError(
                "STATUS is from \(Self.statusRange.lowerBound) to \(Self.statusRange.upperBound) seconds, "
                    + "FULL from \(Self.fullRange.lowerBound) to \(Self.fullRange.upperBound).")
        }
        guard status <= full else {
            throw ValidationError("STATUS is read at least as often as FULL: write \(full):\(status), if you mean that.")
        }
        statusSeconds = status
        fullSeconds = full
    }

    static func help(_ what: String) -> ArgumentHelp {
        ArgumentHelp(
            "\(what), in whole seconds: STATUS or STATUS:FULL. Without FULL everything is read every minute, or as often as the status.",
            valueName: "seconds")
    }

    var value: APIValue { .object(["statusSeconds": .integer(statusSeconds), "fullSeconds": .integer(fullSeconds)]) }

    static func words(_ status: Double, _ full: Double) -> String { "every \(number(status)) s, fully every \(number(full)) s" }

    private static func number(_ value: Double) -> String { value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)" }
}
