/// Reads a message's octets from the left. Never beyond their end.
struct SyslogScanner {
    static let blank = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")

    private let octets: ArraySlice<UInt8>
    var position: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        position = octets.startIndex
    }

    var isAtEnd: Bool { position >= octets.endIndex }
    var next: UInt8? { isAtEnd ? nil : octets[position] }
    var rest: ArraySlice<UInt8> { octets[min(position, octets.endIndex)...] }

    mutating func skip(_ octet: UInt8) -> Bool {
        guard next == octet else { return false }
        position += 1
        return true
    }

    mutating func skip(_ text: StaticString) -> Bool {
        guard rest.count >= text.utf8CodeUnitCount else { return false }
        let isThere = text.withUTF8Buffer { rest.starts(with: $0) }
        if isThere { position += text.utf8CodeUnitCount }
        return isThere
    }

    mutating func skipBlanks() { while next == Self.blank { position += 1 } }

    mutating func take(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = position
        while let octet = next, isWanted(octet) { position += 1 }
        return octets[start..<position]
    }

    /// A number of so many digits.
    mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        let start = position
        let found = take { 0x30...0x39 ~= $0 }
        guard digits.contains(found.count), found.count < 10 else {
            position = start
            return nil
        }
        return found.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// What is tried and fails leaves the position as it was.
    mutating func attempt<Value>(_ body: (inout SyslogScanner) -> Value?) -> Value? {
        var copy = self
        guard let value = body(&copy) else { return nil }
        self = copy
        return value
    }
}

extension SyslogScanner {
    /// `2003-10-11T22:14:15.003Z`, `2003-08-24T05:14:15.000003-07:00` (RFC 5424 §6.2.3). More digits of the second than six are left out.
    mutating func rfc3339() -> SyslogTime? {
        attempt { scanner in
            guard let year = scanner.number(4...4), scanner.skip("-"), let month = scanner.number(2...2), scanner.skip("-"),
                let day = scanner.number(2...2), scanner.skip("T") || scanner.skip("t"),
                let clock = scanner.clockTime()
            else { return nil }
            let offset: Int
            if scanner.skip("Z") || scanner.skip("z") {
                offset = 0
            } else {
                let isWest = scanner.skip("-")
                guard isWest || scanner.skip("+"), let hours = scanner.number(2...2), scanner.skip(":"),
                    let minutes = scanner.number(2...2),
                    hours < 24, minutes < 60
                else { return nil }
                offset = (hours * 60 + minutes) * (isWest ? -1 : 1)
            }
            return SyslogTime(
                CivilDate(year: year, month: month, day: day), hour: clock.hour, minute: clock.minute, second: clock.second,
                microseconds: clock.microseconds, offsetMinutes: offset)
        }
    }

    /// `Oct 11 22:14:15`; with a year before or behind the clock time, with a fraction, with `*` or `.` before it as from devices whose clock
    /// is not set, with the name of a zone and a colon behind it. A year that is missing is the one that brings it nearest to `now`.
    mutating func traditionalTime(now: Int64) -> SyslogTime? {
        attempt { scanner in
            if !scanner.skip("*") { _ = scanner.skip(".") }
            let name = String(decoding: scanner.take { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 }, as: UTF8.self)
            guard let month = CivilDate.months.firstIndex(where: { $0.lowercased() == name.lowercased() }) else { return nil }
            guard scanner.skip(Self.blank) else { return nil }
            scanner.skipBlanks()
            guard let day = scanner.number(1...2), scanner.skip(Self.blank) else { return nil }
            scanner.skipBlanks()
            var year = scanner.attempt { inner in inner.number(4...4).flatMap { inner.skip(Self.blank) ? $0 : nil } }
            guard let clock = scanner.clockTime() else { return nil }
            if year == nil { year = scanner.attempt { $0.skip(Self.blank) ? $0.number(4...4) : nil } }
            if let next = scanner.next, next != Self.blank, next != Self.colon { return nil }
            scanner.skipZone()
            let candidates = year.map { [$0] } ?? Self.years(around: now)
            let times = candidates.compactMap { year in
                SyslogTime(
                    CivilDate(year: year, month: month + 1, day: day), hour: clock.hour, minute: clock.minute, second: clock.second,
                    microseconds: clock.microseconds)
            }
            return times.min { abs($0.secondsSince1970 - now) < abs($1.secondsSince1970 - now) }
        }
    }

    /// ` CEST:`, ` UTC:` or `:` behind a time.
    private mutating func skipZone() {
        if skip(Self.colon) { return }
        _ = attempt { scanner -> Bool? in
            guard scanner.skip(Self.blank) else { return nil }
            let zone = scanner.take { 0x41...0x5A ~= $0 }
            return 1...5 ~= zone.count && scanner.skip(Self.colon) ? true : nil
        }
    }

    /// A leap day may be some years away.
    private static func years(around now: Int64) -> [Int] {
        let bounded = min(max(now, 0), 200_000_000_000)
        let year = CivilDate(daysSince1970: Int(bounded / 86_400)).year
        return Array(year - 1...year + 1)
    }

    private mutating func clockTime() -> (hour: Int, minute: Int, second: Int, microseconds: Int32)? {
        guard let hour = number(2...2), skip(Self.colon), let minute = number(2...2), skip(Self.colon), let second = number(2...2) else {
            return nil
        }
        var microseconds: Int32 = 0
        if next == UInt8(ascii: ".") || next == UInt8(ascii: ",") {
            position += 1
            let digits = take { 0x30...0x39 ~= $0 }
            guard 1...9 ~= digits.count else { return nil }
            for index in 0..<6 {
                let digit = index < digits.count ? Int32(digits[digits.startIndex + index] - 0x30) : 0
                microseconds = microseconds * 10 + digit
            }
        }
        return (hour, minute, second, microseconds)
    }
}
