extension VUMap {
    /// T001–T015 at 0x0001–0x000F. (The vendor's public manual counts the same words from T000.)
    package static let configuration: [Point] = [
        word(1, "Installation code (high byte) and device type (low byte)"),
        word(2, "Number of devices one level below: modules or units, 1 to 15"),
        word(
            3, "Devices present",
            (0..<8).map { ConfigurationFlag($0, "Module or unit \($0 + 1) present") } + [ConfigurationFlag(13, "Bypass module present")]),
        word(4, "Number of this device, 1 to 15"),
        rating(5, "Nominal apparent power", nominalPower),
        rating(6, "Nominal active power", nominalRealpower),
        word(7, "Number of input phases (high byte) and output phases (low byte)"),
        word(
            8, "Functions",
            [
                ConfigurationFlag(0, "Eco mode enabled"), ConfigurationFlag(1, "Energy saver enabled"),
                ConfigurationFlag(3, "Generator set present"), ConfigurationFlag(6, "Standby schedule"),
                ConfigurationFlag(9, "Backfeed protection present"),
            ]),
        word(
            9, "Environment",
            [
                ConfigurationFlag(0, "External transformer"), ConfigurationFlag(1, "External input breaker"),
                ConfigurationFlag(2, "External output breaker"), ConfigurationFlag(3, "Double bus bar"),
                ConfigurationFlag(4, "External bypass"), ConfigurationFlag(5, "Super bypass"), ConfigurationFlag(6, "Without bypass"),
                ConfigurationFlag(7, "Without maintenance bypass"),
            ]),
        word(10, "DC storage", [ConfigurationFlag(0, "Battery present")]),
        word(11, nil),
        word(12, nil),
        word(13, nil),
        word(14, "Measurement factor: 0 whole values, 1 values with one decimal"),
        word(15, "Device reference code"),
    ]

    /// R000 and R001.
    package static let texts: [Point] = [
        Point("R000", address: serialAddress, title: "Serial number", content: .text(words: 10, order: .highByteFirst)),
        Point("R001", address: referenceAddress, title: "UPS reference", content: .text(words: 10, order: .highByteFirst)),
    ]

    private static func word(_ number: Int, _ title: String?, _ flags: [ConfigurationFlag] = []) -> Point {
        Point(
            PointCode("T", number), address: configurationAddress + UInt16(number - 1), title: title, content: .configuration(flags))
    }

    private static func rating(_ number: Int, _ title: String, _ rating: Measurement) -> Point {
        Point(PointCode("T", number), address: configurationAddress + UInt16(number - 1), title: title, content: .rating(rating))
    }
}
