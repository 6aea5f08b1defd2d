extension JBUSP {
    /// I00–I11 at 0x1000–0x100B. The manual's detail table calls them T00–T11 too, names that it gives again at 0x10E0.
    package static let identification: [Point] = [
        identification(0, "UPS type", .configuration([])),
        identification(1, "Nominal apparent power", .rating(nominalPower)),
        identification(2, "Modules", .configuration([])),
        identification(3, "Serial number, characters 1 and 2", .configuration([])),
        identification(4, "Serial number, characters 3 and 4", .configuration([])),
        identification(5, "Serial number, characters 5 and 6", .configuration([])),
        identification(6, "Serial number, characters 7 and 8", .configuration([])),
        identification(7, "Serial number, characters 9 and 10", .configuration([])),
        identification(8, nil, .configuration([])),
        identification(9, nil, .configuration([])),
        identification(10, nil, .configuration([])),
        identification(11, nil, .configuration([])),
    ]

    /// R00 over I03–I07: the first character of each word is in its low byte.
    package static let texts: [Point] = [
        Point("R00", address: identificationAddress + 3, title: "Serial number", content: .text(words: 5, order: .lowByteFirst))
    ]

    /// T00–T31 at 0x10E0–0x10FF; nominal voltages are those between line and neutral.
    package static let configuration: [Point] =
        [
            configuration(0, "Nominal input voltage", .rating(Measurement(.volt, .whole, "input.voltage.nominal"))),
            configuration(1, "Nominal output voltage", .rating(Measurement(.volt, .whole, "output.voltage.nominal"))),
            configuration(2, "Nominal input frequency", .rating(Measurement(.hertz, .whole, "input.frequency.nominal"))),
            configuration(3, "Nominal output frequency", .rating(Measurement(.hertz, .whole, "output.frequency.nominal"))),
            configuration(4, "Firmware version of the communication board", .rating(Measurement(.none, .hundredths, nil))),
            configuration(5, nil, .configuration([])),
            configuration(6, nil, .configuration([])),
            configuration(7, nil, .configuration([])),
            configuration(
                8, "Nominal battery capacity with its extensions", .rating(Measurement(.ampereHour, .tenths, "battery.capacity.nominal"))
            ),
            configuration(9, nil, .configuration([])),
            configuration(10, "Power share plugs", .configuration([])),
        ] + (11..<32).map { configuration($0, nil, .configuration([])) }

    /// K00–K03 at 0x1360–0x1363, not in the manual.
    package static let clock: [Point] = [
        clock(0, "Clock: minute (high byte) and second (low byte)"),
        clock(1, "Clock: day (high byte) and hour (low byte)"),
        clock(2, "Clock: month (high byte)"),
        clock(3, "Clock: year from 2000 on"),
    ]

    /// How I01 is read: tenths of a kVA.
    package static let nominalPower = Measurement(.kilovoltAmpere, .tenths, "ups.power.nominal")

    private static func identification(_ number: Int, _ title: String?, _ content: Point.Content) -> Point {
        Point(PointCode("I", number, digits: 2), address: identificationAddress + UInt16(number), title: title, content: content)
    }

    private static func configuration(_ number: Int, _ title: String?, _ content: Point.Content) -> Point {
        Point(PointCode("T", number, digits: 2), address: configurationAddress + UInt16(number), title: title, content: content)
    }

    private static func clock(_ number: Int, _ title: String) -> Point {
        Point(
            PointCode("K", number, digits: 2), address: clockAddress + UInt16(number), title: title, content: .configuration([]))
    }
}
