import PowerDevice

/// A time as the card's pages show it: `dd/mm/yyyy`, which is a day, or `dd/mm/yyyy hh:mm:ss`, which is a second.
struct LogTime: Equatable {
    let start: DeviceClock
    let end: DeviceClock

    init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard (1...2).contains(parts.count), let date = Self.numbers(parts[0], "/"), (1970...9999).contains(date[2]) else { return nil }
        let time = parts.count == 2 ? Self.numbers(parts[1], ":") : [0, 0, 0]
        guard let time else { return nil }
        var clock = DeviceClock(
            year: date[2], month: date[1], day: date[0], hour: time[0], minute: time[1], second: time[2])
        guard clock.isDate else { return nil }
        start = clock
        if parts.count == 1 { (clock.hour, clock.minute, clock.second) = (23, 59, 59) }
        end = clock
    }

    private static func numbers(_ text: String, _ separator: Character) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false).map { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } && part.count <= 4 ? Int(part) : nil
        }
        let numbers = parts.compactMap(\.self)
        return parts.count == 3 && numbers.count == 3 ? numbers : nil
    }
}

extension DeviceClock {
    /// Whether it is a date of the calendar, and a time of the day: one that comes back the same from the seconds that it makes.
    fileprivate var isDate: Bool {
        let again = DeviceClock(seconds: seconds)
        return (again.year, again.month, again.day) == (year, month, day)
            && (again.hour, again.minute, again.second) == (hour, minute, second)
    }
}
