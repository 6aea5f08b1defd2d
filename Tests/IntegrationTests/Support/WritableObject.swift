import Testing

/// What a vendor's MIB, or RFC 1628, lets a manager write: an instance, values that it takes and values that it does not.
///
/// An independent list: nothing here is made of the tables of the card. Of tables it has the first and the last row.
struct WritableObject: Sendable, CustomTestStringConvertible {
    /// A value as snmpset takes it: its type's letter, and its text.
    struct Value: Sendable, Equatable {
        let type: String
        let text: String

        /// As net-snmp prints it.
        var printed: String {
            switch type {
            case "i": "INTEGER: \(text)"
            case "a": "IpAddress: \(text)"
            default: text.isEmpty ? "\"\"" : "STRING: \"\(text)\""
            }
        }

        static func i(_ number: Int) -> Value { Value(type: "i", text: "\(number)") }
        static func s(_ text: String) -> Value { Value(type: "s", text: text) }
        static func a(_ text: String) -> Value { Value(type: "a", text: text) }
    }

    let object: String
    /// Taken one after the other, each read back.
    let good: [Value]
    /// With the error that net-snmp names.
    let bad: [(value: Value, error: String)]

    var testDescription: String { object }

    init(_ object: String, _ good: [Value], _ bad: [(value: Value, error: String)]) {
        self.object = object
        self.good = good
        self.bad = bad
    }

    /// A number, of which those beside the range are refused.
    static func number(_ object: String, _ good: Int..., outside bad: Int...) -> WritableObject {
        WritableObject(object, good.map { .i($0) }, bad.map { (.i($0), "wrongValue") } + [(.s("1"), "wrongType")])
    }

    /// A text of any content, up to a length.
    static func text(_ object: String, upTo length: Int) -> WritableObject {
        WritableObject(
            object, [.s("Hall 7"), .s(String(repeating: "x", count: length)), .s("")],
            [(.s(String(repeating: "y", count: length + 1)), "wrongLength"), (.i(7), "wrongType")])
    }

    /// `hh:mm`.
    static func time(_ object: String) -> WritableObject {
        WritableObject(
            object, [.s("07:45"), .s("23:59")],
            [
                (.s("24:00"), "wrongValue"), (.s("12:60"), "wrongValue"), (.s("07-45"), "wrongValue"), (.s("7:45"), "wrongLength"),
                (.s("07:45:00"), "wrongLength"), (.i(7), "wrongType"),
            ])
    }

    /// `dd/mm/yyyy`.
    static func date(_ object: String) -> WritableObject {
        WritableObject(
            object, [.s("24/12/2026"), .s("29/02/2028")],
            [
                (.s("31/04/2026"), "wrongValue"), (.s("29/02/2027"), "wrongValue"), (.s("24.12.2026"), "wrongValue"),
                (.s("1/1/2027"), "wrongLength"), (.i(7), "wrongType"),
            ])
    }

    /// enabled(1), disabled(2).
    static func flag(_ object: String) -> WritableObject { number(object, 1, 2, outside: 0, 3) }
}

// MARK: - The private branches

extension WritableObject {
    private static let newer = "1.3.6.1.4.1.4555.1.1.7.1"
    private static let older = "1.3.6.1.4.1.4555.1.1.1.1"
    private static let standard = "1.3.6.1.2.1.33.1"

    /// The names of the events in the older branch, in the order of their numbers in the newer one.
    static let events = [
        "UPS on battery (AC Failed)", "Battery Low or Battery Discharged", "Battery Level", "Imminent Stop", "UPS Overload",
        "Temperature Alarm", "On Bypass", "Weekly Schedule", "Special Day", "EMD Temperature", "EMD Humidity", "EMD Alarm-1", "EMD Alarm-2",
    ]

    /// A text as an index of variable length (RFC 1212): its length, and its octets.
    static func index(_ text: String) -> String { ([text.utf8.count] + text.utf8.map(Int.init)).map(String.init).joined(separator: ".") }

    /// upsIdent, upsControl and upsAgent of SOCOMECUPS-MIB 8.11.
    static let ofNewerBranch: [WritableObject] =
        [text("\(newer).1.6.0", upTo: 127), text("\(newer).1.7.0", upTo: 127), text("\(newer).1.8.0", upTo: 127)]
        + control("\(newer).7", delays: 10_080, seconds: 3600)
        + [1, 13].flatMap { event in
            shutdown("\(newer).7.4.1", "\(event)", status: [1, 3, 2], minutes: 10_080, seconds: 3600)
        }
        + agent("\(newer).9", history: 28_800, extended: 3, poll: 1, community: 31)
        + [1, 8].flatMap { row in
            [
                WritableObject(
                    "\(newer).9.22.1.2.\(row)", [.s("10.0.0.0"), .s("192.0.2.7"), .s("")],
                    [(.s("10.0.0"), "wrongValue"), (.s("everybody"), "wrongValue"), (.i(1), "wrongType")]),
                number("\(newer).9.22.1.3.\(row)", 24, 1, 32, outside: 0, 65), number("\(newer).9.22.1.4.\(row)", 2, 1, outside: 0, 3),
            ]
        }

    /// The same of SOCOMECUPS-MIB 6.20.
    static let ofOlderBranch: [WritableObject] =
        control("\(older).8", delays: 10_080, seconds: 3600)
        + [events[0], events[12]].flatMap { event in
            shutdown("\(older).8.4.1", index(event), status: [1, 2], minutes: 10_080, seconds: 3600)
        }
        + agent("\(older).10", history: 21_600, extended: 3, poll: 3, community: 15)
        + [number("\(older).10.11.0", 1, 3, 2, outside: 0, 4)]

    private static func control(_ group: String, delays: Int, seconds: Int) -> [WritableObject] {
        let weekly = [1, 7].flatMap { row in
            [5, 7].flatMap { table in
                [
                    number("\(group).\(table).1.2.\(row)", 3, 1, 8, outside: 0, 9), time("\(group).\(table).1.3.\(row)"),
                    number("\(group).\(table).1.4.\(row)", 7, 8, outside: 0, 9), time("\(group).\(table).1.5.\(row)"),
                ]
            }
        }
        let special = [1, 8].flatMap { row in
            [
                date("\(group).6.1.2.\(row)"), time("\(group).6.1.3.\(row)"), date("\(group).6.1.4.\(row)"), time("\(group).6.1.5.\(row)"),
            ]
        }
        return [number("\(group).2.0", 240, 0, 9999, outside: -1, 10_000), flag("\(group).3.0")] + weekly + special
    }

    private static func shutdown(_ entry: String, _ index: String, status: [Int], minutes: Int, seconds: Int) -> [WritableObject] {
        [
            WritableObject(
                "\(entry).2.\(index)", status.map { .i($0) },
                [(.i(0), "wrongValue"), (.i((status.max() ?? 0) + 1), "wrongValue"), (.s("1"), "wrongType")]),
            number("\(entry).3.\(index)", 12, 0, minutes, outside: -1, minutes + 1),
            number("\(entry).4.\(index)", 45, 0, seconds, outside: -1, seconds + 1),
            number("\(entry).5.\(index)", 90, 0, seconds, outside: -1, seconds + 1),
        ]
    }

    private static func agent(_ group: String, history: Int, extended: Int, poll: Int, community: Int) -> [WritableObject] {
        let server = WritableObject(
            "\(group).6.0", [.s("ntp.example.org"), .s("192.0.2.1"), .s("")],
            [(.s("no host"), "wrongValue"), (.s(String(repeating: "n", count: 256)), "wrongLength"), (.i(1), "wrongType")])
        let numbers = [
            number("\(group).7.0", 31, 1, 77, outside: 0, 78), number("\(group).8.0", 30, 5, history, outside: 4, history + 1),
            number("\(group).9.0", 15, extended, 10_080, outside: extended - 1, 10_081),
            number("\(group).10.0", 5, 60, poll, outside: poll - 1, 61),
        ]
        // What was asked for is done, and the object reads as before.
        let requests = (15...20).map { number("\(group).\($0).0", 2, outside: 0, 3) }
        let receivers = [1, 8].flatMap { row in
            [
                WritableObject(
                    "\(group).21.1.2.\(row)", [.s("127.0.0.9:10162"), .s("127.0.0.9"), .s("")],
                    [(.s("no address"), "wrongValue"), (.s("127.0.0.9:99999"), "wrongValue"), (.i(1), "wrongType")]),
                WritableObject(
                    "\(group).21.1.3.\(row)", [.s("traps"), .s(String(repeating: "c", count: community))],
                    [(.s(String(repeating: "c", count: community + 1)), "wrongLength"), (.i(1), "wrongType")]),
                number("\(group).21.1.4.\(row)", 3, 2, 1, outside: 0, 4),
            ]
        }
        return [server] + numbers + [flag("\(group).12.0"), flag("\(group).13.0"), flag("\(group).14.0")] + requests + receivers
    }
}

// MARK: - Standard MIBs

extension WritableObject {
    /// The system group (RFC 3418), and UPS-MIB (RFC 1628) where no order to the UPS is behind it.
    static let ofStandardMIBs: [WritableObject] =
        ["1.3.6.1.2.1.1.4.0", "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.1.6.0"].map { text($0, upTo: 255) } + [
            text("\(standard).1.5.0", upTo: 63), text("\(standard).1.6.0", upTo: 63),
            WritableObject(
                "\(standard).8.1.0", [.i(1)], [(.i(2), "inconsistentValue"), (.i(0), "wrongValue"), (.i(3), "wrongValue")]),
            number("\(standard).8.5.0", 1, 2, outside: 0, 3),
        ]

    /// What can be read and never written.
    static let readOnly = [
        "\(newer).1.1.0", "\(newer).2.1.0", "\(newer).7.4.1.1.1", "\(newer).8.4.0", "\(newer).9.11.0", "\(newer).9.21.1.1.1",
        "\(newer).9.22.1.1.1", "\(newer).9.23.0", "\(newer).9.50.0", "\(older).7.3.0", "\(older).9.1.0", "\(older).10.23.0",
        "\(standard).1.1.0", "\(standard).7.3.0", "\(standard).9.1.0", "\(standard).9.5.0",
    ]
}
