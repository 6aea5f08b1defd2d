import NetVision
import PowerDevice

/// When the card switches the eco mode of its UPS on and off, week by week (manual 12.7.4, upsControlEcoModeScheduleTable).
struct EcoModeSchedule: Equatable, Sendable {
    struct Row: Equatable, Sendable {
        /// Without a day the row does not switch it on.
        var startDay: Weekday?
        var startTime = TimeOfDay.midnight
        /// Without a day the row does not switch it off.
        var endDay: Weekday?
        var endTime = TimeOfDay.midnight
    }

    /// Rows of the table.
    static let count = 7

    private(set) var rows = Array(repeating: Row(), count: count)

    /// - Parameter row: From 0 to 6.
    subscript(row: Int) -> Row {
        get { rows[row] }
        set { rows[row] = newValue }
    }

    /// What is to be done in a minute of the week: off before on, where one period follows the other.
    func controls(at time: WeekTime) -> [DeviceControl] {
        let ends = rows.contains { row in row.endDay.map { WeekTime($0, row.endTime) } == time }
        let starts = rows.contains { row in row.startDay.map { WeekTime($0, row.startTime) } == time }
        return (ends ? [.ecoModeOff] : []) + (starts ? [.ecoModeOn] : [])
    }
}

extension EcoModeSchedule.Row {
    /// `monday 22:00 tuesday 06:00`, as a line of the settings has it; a day that is not set is `none`.
    var words: String {
        "\(startDay?.word ?? Self.none) \(startTime) \(endDay?.word ?? Self.none) \(endTime)"
    }

    init?(words: String) {
        let parts = words.split(separator: " ").map(String.init)
        guard parts.count == 4, let startTime = TimeOfDay(parts[1]), let endTime = TimeOfDay(parts[3]) else { return nil }
        let days = [parts[0], parts[2]].map { Weekday(word: $0) }
        guard days[0] != nil || parts[0] == Self.none, days[1] != nil || parts[2] == Self.none else { return nil }
        self.init(startDay: days[0], startTime: startTime, endDay: days[1], endTime: endTime)
    }

    private static let none = "none"
}
