import NetVision
import PowerDevice
import SNMP

/// The card's date and time: set in one request they are one moment, and where one of them is set alone the other goes on.
final class ClockGroup: SetGroup {
    enum Part: Int {
        /// `dd/mm/yyyy`.
        case date
        /// `hh:mm:ss`.
        case time

        /// The three numbers of a text; nil for what does not have the form.
        func numbers(_ text: String) -> [Int]? {
            let separator = self == .date ? UInt8(ascii: "/") : UInt8(ascii: ":")
            let fields = text.utf8.split(separator: separator, omittingEmptySubsequences: false)
            guard fields.map(\.count) == (self == .date ? [2, 2, 4] : [2, 2, 2]),
                fields.allSatisfy({ field in field.allSatisfy { (0x30...0x39).contains($0) } })
            else { return nil }
            return fields.compactMap { Int(Substring($0)) }
        }
    }

    private let clock: CardClock

    init(_ clock: CardClock) { self.clock = clock }

    func draft(for requester: Requester) -> any SetDraft { ClockDraft(clock, by: ChangeOrigin(.snmp, by: "\(requester)")) }
}

private final class ClockDraft: SetDraft {
    private let clock: CardClock
    private let origin: ChangeOrigin
    /// What the clock showed when the request came.
    private let old: TimeSource.Reading
    private var new: DeviceClock
    private var lastKey = 0

    init(_ clock: CardClock, by origin: ChangeOrigin) {
        self.clock = clock
        self.origin = origin
        old = clock.reading
        new = clock.local(old.utc)
    }

    func take(_ value: SNMPValue, for key: Int) -> ErrorStatus? {
        guard let part = ClockGroup.Part(rawValue: key), let numbers = value.text.flatMap(part.numbers) else { return .wrongValue }
        lastKey = key
        switch part {
        case .date: (new.day, new.month, new.year) = (numbers[0], numbers[1], numbers[2])
        case .time: (new.hour, new.minute, new.second) = (numbers[0], numbers[1], numbers[2])
        }
        return nil
    }

    /// A day that no month has, an hour that no day has, or a year that no device knows.
    var refusal: SetRefusal? { new.isValid ? nil : SetRefusal(key: lastKey, .wrongValue) }

    func commit() -> Bool { (try? clock.set(local: new, by: origin)) != nil }

    func undo() -> Bool { (try? clock.set(utc: old.utc + clock.reading.elapsed - old.elapsed, by: origin)) != nil }
}
