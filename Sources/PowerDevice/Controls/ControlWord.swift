/// One word of a control's write: a number, or a value of the control.
package enum ControlWord: Sendable, Hashable {
    case constant(UInt16)
    case field(Field)

    /// A control's value, as a word carries it.
    package enum Field: String, Sendable, CaseIterable {
        /// Battery test schedule.
        case weeks
        case weekday
        case hour
        /// Standby schedule: the kind's number, seconds and minutes; `.high` are the upper 16 bits of a number that takes two words.
        case kind
        case delay
        case delayHigh = "delay.high"
        case standby
        case standbyHigh = "standby.high"
        /// Clock: high byte and low byte.
        case minuteSecond = "minute|second"
        case dayHour = "day|hour"
        case monthWeekday = "month|weekday"
        /// The month in the high byte, nothing in the low one.
        case month = "month|0"
        /// Years from 2000.
        case year
    }

    /// The word that carries the value of `control`, or nil where it has no such value.
    func value(in control: DeviceControl) -> UInt16? {
        switch (self, control) {
        case (.constant(let value), _): value
        case (.field(let field), .scheduleBatteryTest(let schedule)): schedule.word(field)
        case (.field(let field), .scheduleStandby(let schedule)): schedule.word(field)
        case (.field(let field), .setClock(let clock)): clock.word(field)
        case (.field, _): nil
        }
    }
}

extension ControlWord: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(UInt16.self) {
            self = .constant(value)
            return
        }
        let text = try container.decode(String.self)
        if let field = Field(rawValue: text) {
            self = .field(field)
        } else if let value = UInt16(registerText: text) {
            self = .constant(value)
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a word nor a value of a control: \(text)")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .constant(let value): try container.encode(value)
        case .field(let field): try container.encode(field.rawValue)
        }
    }
}

extension BatteryTestSchedule {
    fileprivate func word(_ field: ControlWord.Field) -> UInt16? {
        switch field {
        case .weeks: UInt16(clamping: weeks)
        case .weekday: UInt16(clamping: weekday)
        case .hour: UInt16(clamping: hour)
        default: nil
        }
    }

    /// The schedule that `fields` tell, or nil where one is missing or out of range.
    init?(_ fields: [ControlWord.Field: UInt16]) {
        guard let weeks = fields[.weeks], let weekday = fields[.weekday], let hour = fields[.hour] else { return nil }
        self.init(weeks: Int(weeks), weekday: Int(weekday), hour: Int(hour))
        if fault != nil { return nil }
    }
}

extension StandbySchedule {
    fileprivate func word(_ field: ControlWord.Field) -> UInt16? {
        switch field {
        case .kind: kind.rawValue
        case .delay: UInt16(truncatingIfNeeded: delay)
        case .delayHigh: UInt16(truncatingIfNeeded: delay >> 16)
        case .standby: UInt16(truncatingIfNeeded: standby)
        case .standbyHigh: UInt16(truncatingIfNeeded: standby >> 16)
        default: nil
        }
    }

    /// The schedule that `fields` tell, or nil where one is missing or out of range.
    init?(_ fields: [ControlWord.Field: UInt16]) {
        guard let kind = fields[.kind].flatMap(Kind.init), let delay = fields[.delay], let standby = fields[.standby] else { return nil }
        self.init(
            kind: kind, delay: Self.number(fields[.delayHigh], delay, Self.delayRange),
            standby: Self.number(fields[.standbyHigh], standby, Self.standbyRange))
        if fault != nil { return nil }
    }

    /// The number of two words. Some writers put the low 16 bits' bytes into the two words: where only that is in range, it is meant.
    private static func number(_ high: UInt16?, _ low: UInt16, _ range: ClosedRange<Int>) -> Int {
        let high = Int(high ?? 0)
        let value = high << 16 | Int(low)
        let ofBytes = high << 8 | Int(low)
        return !range.contains(value) && low <= 0xFF && range.contains(ofBytes) ? ofBytes : value
    }
}

extension DeviceClock {
    fileprivate func word(_ field: ControlWord.Field) -> UInt16? {
        switch field {
        case .minuteSecond: words[0]
        case .dayHour: words[1]
        case .monthWeekday: UInt16(clamping: month << 8 | (weekday == 0 ? calendarWeekday : weekday))
        case .month: UInt16(clamping: month << 8)
        case .year: words[3]
        default: nil
        }
    }

    /// The clock that `fields` tell, or nil where one is missing or it is no time of the calendar.
    init?(_ fields: [ControlWord.Field: UInt16]) {
        guard let time = fields[.minuteSecond], let day = fields[.dayHour], let year = fields[.year],
            let month = fields[.monthWeekday] ?? fields[.month].map({ $0 & 0xFF00 })
        else { return nil }
        self.init(words: [time, day, month, year])
        if !isValid { return nil }
    }
}
