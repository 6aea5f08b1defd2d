// The pages of the device: the identity of the card, the manual's chapters 12.7, 12.8 and 14.

extension SettingsTable {
    /// The numbers of upsControlEcoModeScheduleTable follow the order.
    package static let weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    private static let weekdaysOrNone = weekdays + ["none"]

    static let identity: [Setting] = {
        let section = SettingsSection("identity", .identity, "15.2")
        let text = Setting.Kind.text(.init(0...255, .any))
        return [
            section.setting("system-name", "System Name", text, .text("Socomec"), "Shown on the pages, in sysName and in mails."),
            section.setting("system-contact", "System Contact", text, .text(""), "Shown in sysContact and in mails."),
            section.setting("system-location", "System Location", text, .text(""), "Shown on the pages, in sysLocation and in mails."),
            section.setting(
                "ups-name", "UPS Name", .text(.init(0...63, .any)), .text(""), "upsIdentName of RFC 1628."),
            section.setting(
                "attached-devices", "UPS Attached Devices", .text(.init(0...63, .any)), .text(""), "upsIdentAttachedDevices of RFC 1628."),
            section.flag(
                "dhcp", "BootP/DHCP", false,
                "Remembered and shown: the address is the host system's to lease. Also on the control page."),
            section.address("address", "IP Address", .ipv4Address, "192.168.7.18", "The one address of the card."),
            section.address("subnet-mask", "Subnet Mask", .ipv4Address, "255.255.255.0"),
            section.address("gateway", "Gateway Address", .ipv4Address, "0.0.0.0", "0.0.0.0 for none."),
            section.setting("ipv6-local-address", "IPv6 Local Address", .ipv6Address(hasPrefix: true), .text(""), status: .stored),
            section.setting("ipv6-global-address", "IPv6 Global Address", .ipv6Address(hasPrefix: true), .text(""), status: .stored),
            section.setting("ipv6-router", "IPv6 Router", .ipv6Address(hasPrefix: false), .text(""), status: .stored),
        ]
    }()

    /// The system's, and those of the units of a parallel system with a battery each.
    static let batteryTest: [Setting] =
        batteryTest(SettingsSection("battery-test", .batteryTest, "12.7.3", writer: .readWrite, status: .stored))
        + rows(12, "battery-test-unit", .batteryTest, "12.7.3", writer: .readWrite, status: .stored, batteryTest)

    private static func batteryTest(_ section: SettingsSection) -> [Setting] {
        let weeks = Setting.Kind.number(.init(1...52, unit: "weeks", word: "disabled", wordValue: 0))
        let unit = section.row == nil ? "" : " Unit"
        return [
            section.setting("week-interval", "Battery Test Week interval\(unit)", weeks, .number(0), "From one test to the next."),
            section.choice("day", "Battery Test Day\(unit)", weekdays, "monday"),
            section.number("hour", "Battery Test Hours\(unit)", 0, 0...23, "h"),
        ]
    }

    static let ecoMode = rows(7, "eco-mode", .ecoMode, "12.7.4", writer: .readWrite) { row in
        [
            row.choice("start-day", "Enabled eco mode Day", weekdaysOrNone, "none", "Without a day nothing begins."),
            row.address("start-time", "Enabled eco mode Time", .timeOfDay, "00:00"),
            row.choice("end-day", "Disabled eco mode Day", weekdaysOrNone, "none", "Without a day nothing ends."),
            row.address("end-time", "Disabled eco mode Time", .timeOfDay, "00:00"),
        ]
    }

    static let weekly = rows(7, "weekly-schedule", .weekly, "12.7.5", writer: .readWrite, status: .stored) { row in
        [
            row.choice("shutdown-day", "Weekly Schedule SHUTDOWN Day", weekdaysOrNone, "none"),
            row.address("shutdown-time", "Weekly Schedule SHUTDOWN Time", .timeOfDay, "00:00"),
            row.choice("restart-day", "Weekly Schedule RESTART Day", weekdaysOrNone, "none"),
            row.address("restart-time", "Weekly Schedule RESTART Time", .timeOfDay, "00:00"),
        ]
    }

    /// A row whose periods are both at the default is not in use.
    static let special = rows(8, "special-schedule", .special, "12.8", writer: .readWrite, status: .stored) { row in
        [
            row.address("shutdown-date", "Special Schedule SHUTDOWN Date", .date, "01/01/2017"),
            row.address("shutdown-time", "Special Schedule SHUTDOWN Time", .timeOfDay, "00:00"),
            row.address("restart-date", "Special Schedule RESTART Date", .date, "01/01/2017"),
            row.address("restart-time", "Special Schedule RESTART Time", .timeOfDay, "00:00"),
        ]
    }

    static let powerShare = rows(4, "power-share", .powerShare, "12.8.1", status: .stored) { row in
        [
            row.choice(
                "mode", "Power Share Mode Plug",
                ["none", "battery-capacity", "remaining-backup-time", "emergency-light", "time-on-battery"],
                "none", "What switches the plug."),
            row.number(
                "value", "Power Share Value Plug", 0, 0...9999, "", "Of the mode: per cent of battery capacity, or minutes."),
        ]
    }

    /// The events that shut servers down, by upsControlEventIndex.
    package static let shutdownEvents: [(key: String, title: String)] = [
        ("on-battery", "UPS on battery (AC Failed)"), ("battery-low", "Battery Low or Battery Discharged"),
        ("battery-level", "Battery Level"), ("imminent-stop", "Imminent Stop"), ("overload", "UPS Overload"),
        ("temperature", "Temperature Alarm"), ("on-bypass", "On Bypass"), ("weekly-schedule", "Weekly Schedule"),
        ("special-day", "Special Day"), ("emd-temperature", "EMD Temperature"), ("emd-humidity", "EMD Humidity"),
        ("emd-alarm-1", "EMD Alarm-1"), ("emd-alarm-2", "EMD Alarm-2"),
    ]

    static let shutdown: [Setting] = {
        let section = SettingsSection("shutdown", .shutdown, "12.8.2", writer: .readWrite)
        let general: [Setting] = [
            section.number(
                "ups-shut-off-delay", "UPS Shut Off Delay", 60, 0...9999, "s",
                "From the shutdown of the servers to the end of their supply; what a UPS takes is its profile's affair."),
            section.flag("ups-shut-off", "UPS Shut Off", false, "Whether the supply ends at all."),
            section.number(
                "ups-on-delay", "UPS On Delay", 0, 0...9999, "min", "Until the UPS restarts when its input is back; 0: it does not.",
                status: .stored),
            section.flag(
                "auto-restart", "UPS Auto Restart", false,
                "upsAutoRestart of RFC 1628: whether a UPS that has been shut down starts when its input is back."),
            section.number("battery-level", "Level of battery capacity", 20, 0...100, "%", "Of the event Battery Level.", status: .stored),
        ]
        return general + shutdownEvents.flatMap(shutdownEvent)
    }()

    private static func shutdownEvent(_ key: String, _ title: String) -> [Setting] {
        let section = SettingsSection("shutdown-\(key)", .shutdown, "12.8.2", writer: .readWrite, status: .stored)
        return [
            section.choice("action", "\(title) Shutdown Actions", ["disabled", "warning", "client-shutdown"], "disabled"),
            section.number(
                "warning-period", "\(title) Warning Period", 5, 0...10_080, "min",
                "From the event to the shutdown command; 0: at once."),
            section.number("first-warning", "\(title) 1st Warning", 30, 0...3600, "s", "From the event to the first warning."),
            section.number("warning-interval", "\(title) Warning Interval", 60, 0...3600, "s", "From one warning to the next."),
        ]
    }

    static let sensor: [Setting] = {
        let section = SettingsSection("emd", .sensor, "14", writer: .readWrite)
        let general: [Setting] = [
            section.flag("enabled", "EMD Device", true, "A card that is given a sensor uses it unless somebody has said otherwise."),
            section.text("location", "EMD Location", 63),
        ]
        return general + quantity(section, "temperature", "Temperature", "°C") + quantity(section, "humidity", "Humidity", "%")
            + input(section, 1) + input(section, 2)
    }()

    private static func quantity(_ section: SettingsSection, _ key: String, _ title: String, _ unit: String) -> [Setting] {
        let value = { (part: String, label: String, tenths: Int, range: ClosedRange<Int>, summary: String) in
            section.setting("\(key)-\(part)", "EMD \(title) \(label)", .decimal(range, unit: unit), .number(tenths), summary)
        }
        return [
            section.text("\(key)-name", "EMD \(title) Sensor Name", 63, title),
            value("offset", "Calibration Offset", 0, -1000...1000, "Added to what the sensor measures."),
            value("critical-high", "Critical Set Point (High)", 600, -1000...1000, ""),
            value("warning-high", "Warning Set Point (High)", 500, -1000...1000, ""),
            value("warning-low", "Warning Set Point (Low)", 100, -1000...1000, ""),
            value("critical-low", "Critical Set Point (Low)", 50, -1000...1000, ""),
            value("hysteresis", "Hysteresis", 10, 0...1000, "How far a value must come back before its alarm ends."),
        ]
    }

    private static func input(_ section: SettingsSection, _ number: Int) -> [Setting] {
        [
            section.text("input-\(number)-name", "EMD Alarm-\(number) Name", 63, "Alarm-\(number)"),
            section.choice(
                "input-\(number)-mode", "EMD Alarm-\(number)", ["disabled", "normally-open", "normally-closed"], "normally-open",
                "Which position of the contact is no alarm."),
        ]
    }
}
