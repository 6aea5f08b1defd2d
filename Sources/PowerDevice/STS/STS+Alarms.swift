extension STS {
    /// 0x0148–0x0149: each word, then its bits.
    package static let alarms: [Point] = word(0, transfer0) + word(1, device1)

    private typealias Bit = (level: Severity?, title: String?)

    private static let transfer0: [Bit] = [
        (.critical, "Imminent stop"),
        (.warning, "Output short circuit detected"),
        (.warning, "Manual bypass"),
        (.warning, "Overload"),
        (.critical, "SoLink alarm"),
        (.warning, "Consecutive detections"),
        (.warning, "Switchback impossible"),
        (.warning, "Transfer impossible"),
        (nil, nil),
        (.warning, "Power path 1 deteriorated"),
        (.warning, "Power path 1 short circuit"),
        (.critical, "Power path 1 failure"),
        (nil, nil),
        (.warning, "Power path 2 deteriorated"),
        (.warning, "Power path 2 short circuit"),
        (.critical, "Power path 2 failure"),
    ]

    private static let device1: [Bit] = [
        (.warning, "Backfeed protection 1 open"),
        (.warning, "Backfeed protection 2 open"),
        (.warning, "Ambient temperature at its maximum"),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (nil, nil),
        (.warning, "Preventive alarm"),
        (.warning, "Wrong configuration"),
        (.warning, "Operator panel alarm"),
        (.warning, "Electronics alarm"),
        (.warning, "Custom input"),
        (.warning, "Maintenance alarm"),
        (.warning, "General alarm"),
    ]

    private static func word(_ number: UInt16, _ bits: [Bit]) -> [Point] {
        let address = alarmAddress + number
        let word = Point(code(address), address: address, title: "Alarm word \(number + 1)", content: .word)
        return [word]
            + bits.enumerated().map { bit, row in
                Point(code(address, bit: bit), address: address, title: row.title, content: .alarm(bit: bit, level: row.level))
            }
    }
}
