// The pages of the card: the manual's chapters 15.1 to 15.9.

extension SettingsTable {
    static let dateTime: [Setting] = {
        let section = SettingsSection("date-time", .dateTime, "15.1")
        return [
            section.flag("sync-ups-clock", "Synchronize UPS", false, "The UPS is told the card's time."),
            section.number("time-zone", "Time Zone", 28, 1...77, "", "By the numbers of upsAgentNtpTimeZone; 28 is London, 31 Paris."),
            section.choice("daylight-saving", "Daylight Saving Time", ["disabled", "enabled", "auto"], "auto"),
            section.flag("ntp", "Synchronize with NTP server", false, status: .stored),
            section.setting("ntp-server", "NTP Server", .host, .text(""), status: .stored),
            section.choice("ntp-interval", "NTP Synchro", ["hour", "day", "week", "month"], "hour", status: .stored),
            section.flag("nts", "NTS Support", false, "Network Time Security (RFC 8915).", status: .stored),
        ]
    }()

    static let configuration: [Setting] = {
        let section = SettingsSection("configuration", .configuration, "15.2")
        let timeout = Setting.Kind.number(.init(0...5000, unit: "ms", word: "auto", wordValue: -1))
        return [
            section.setting("dns-address", "DNS Address", .ipAddress, .text(""), "Also on the mail page.", status: .stored),
            section.number("history-interval", "History Log Interval", 60, 5...28_800, "s"),
            section.number("extended-interval", "Extend Log Interval", 60, 3...10_080, "min"),
            section.setting(
                "admin-password", "Net Vision admin Password", .accountPassword, .text(""), "Empty: the first password.", isSecret: true),
            section.setting(
                "admin-password-changed", "Net Vision admin Password change", .number(0...4_294_967_295, "s since 1970"), .number(0),
                "When it was changed.", writer: .card),
            section.number("polling-rate", "Polling Rate", 2, 1...60, "s", "From one poll of the device to the next."),
            section.number("password-validity", "First Login Reset", 90, 1...720, "days", "How long a password is valid."),
            section.setting(
                "serial-timeout", "Serial Timeout", timeout, .number(-1),
                "Beyond the line's own time. auto goes by the rate: 20 (57600), 50 (19200), 100 (9600), more below."),
            section.choice("temperature-unit", "Temperature unit", ["celsius", "fahrenheit"], "celsius", status: .stored),
            section.secret("snmp-read-community", "SNMP read Community", 31, "public"),
            section.secret("snmp-write-community", "SNMP write Community", 31, "private"),
            section.number("login-timeout", "Login Timeout", 300, 30...86_400, "s", "How long a session may be idle."),
            section.choice(
                "baud-rate", "Baud rate Setting", ["auto", "2400", "9600", "19200", "57600"], "auto",
                "auto: found out. Counts where the command line does not say."),
            section.choice("ipv6-configuration", "IPv6 Configuration", ["disabled", "automatic", "manual"], "automatic", status: .stored),
            section.choice(
                "language", "Multi-Language", ["english", "french", "german", "italian", "spanish"], "english", "15.18.", status: .stored),
        ]
    }()

    static let control: [Setting] = {
        let section = SettingsSection("control", .control, "15.3")
        return [
            section.flag("ping-echo", "PING Echo", true, status: .stored),
            section.flag("network-upgrade", "Network Upgrade", true, "Firmware, settings and logs by TFTP."),
            section.flag("https", "HTTPs", false, status: .stored),
            section.number("https-port", "HTTPs Port", 443, Setting.Kind.ports, status: .stored),
            section.flag("http", "HTTP", true, status: .stored),
            section.number("http-port", "HTTP Port", 80, Setting.Kind.ports, status: .stored),
            section.flag("ssh", "SSH Connection", false, status: .stored),
            section.number("ssh-port", "SSH Port", 22, Setting.Kind.ports, status: .stored),
            section.flag("snmp", "SNMP Support", true),
            section.number("snmp-port", "SNMP Port", 161, Setting.Kind.ports),
            section.flag("snmp-v1", "SNMP Version v1", true),
            section.flag("snmp-v2c", "SNMP Version v2c", true),
            section.flag("snmp-v3", "SNMP Version v3", true),
            section.flag("snmp-old-branch", "SNMP old branch", true, "Whether 4555.1.1.1 is served, too, as older cards do."),
            section.flag("smtp", "SMTP Support", false, status: .stored),
            section.number("smtp-port", "SMTP Port", 25, Setting.Kind.ports, status: .stored),
            section.flag("shutdown-agent", "ShutDown-Agent Setup", false, "On UDP port 200.", status: .stored),
            section.flag("upnp", "UPnP Control", false, "Also 15.17.", status: .stored),
            section.flag("iot", "IoT Connection", false, status: .stored),
            section.flag("radius", "RADIUS/Authentication", false, status: .stored),
            section.flag("wol", "WOL Target", false, status: .stored),
            section.number(
                "data-unit-selection", "Data Unit Selection", 0, 0...12, "",
                "0: the system; else the unit whose data SNMP shows, and the only one that is read."),
            section.flag(
                "trap-filter", "SNMP TRAP / email Filter", false, "Whether receivers that filter by severity get no traps 3 and 4."),
        ]
    }()

    static let users = rows(8, "user", .users, "15.4") { row in
        [
            row.text("name", "User Name", 32, "", "Empty in a row that is not used."),
            row.setting("password", "User Password", .accountPassword, .text(""), isSecret: true),
            row.choice("access", "Access type", ["disabled", "read-only", "read-write"], "disabled"),
            row.setting(
                "password-changed", "User Password change", .number(0...4_294_967_295, "s since 1970"), .number(0), "When it was changed.",
                writer: .card),
        ]
    }

    static let remoteViewPro: [Setting] = {
        let section = SettingsSection("remote-view-pro", .remoteViewPro, "15.5", status: .stored)
        return [
            section.flag(
                "enabled", "Remote View Pro Server Control", false, "Also Remote View Pro of the control page. Its GUID is the MAC."),
            section.address("server", "Remote View Pro Server IP", .host),
            section.number("port", "Remote View Pro Server Port", 80, Setting.Kind.ports),
            section.secret("password", "Remote View Pro Password", 64),
        ]
    }()

    package static let authenticationProtocols = ["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
    package static let privacyProtocols = ["DES", "AES", "AES-192", "AES-256", "AES-192-C", "AES-256-C"]
    package static let securityLevels = ["noAuthNoPriv", "authNoPriv", "authPriv"]

    static let usm = rows(8, "snmp-user", .usm, "15.7") { row in
        [
            row.text("name", "USM User Name", 32, "", "Empty in a row that is not used."),
            row.setting("auth-password", "USM Auth-Password", .usmPassword, .text(""), "Kept as a key.", isSecret: true),
            row.choice("auth-protocol", "USM Auth-Protocol", authenticationProtocols, "SHA"),
            row.setting("priv-password", "USM Priv-Password", .usmPassword, .text(""), "Kept as a key.", isSecret: true),
            row.choice(
                "priv-protocol", "USM Priv-Protocol", privacyProtocols, "AES", "AES-192-C and AES-256-C stretch keys by Reeder's draft."),
            row.choice("security-level", "USM Security level", securityLevels, "noAuthNoPriv"),
            row.choice("access", "USM Access type", ["read-only", "read-write"], "read-only"),
        ]
    }

    private static let severities = ["information", "warning", "critical"]
    /// The numbers of the NET VISION 7 and 8 traps.
    package static let trapNumbers = 1...42

    static let trapReceivers = rows(8, "trap-receiver", .trapReceivers, "15.8") { row in
        [
            row.address("address", "NMS IP address", .endpoint, "", "ADDRESS or ADDRESS:PORT; 162 without a port. Empty: not used."),
            row.secret("community", "Trap Community String", 31, "public", "With v3 the name of a user of the USM table."),
            row.choice("type", "Trap Type", ["none", "rfc1628", "netvision"], "none"),
            row.choice("version", "Trap Version", ["v1", "v2c", "v3"], "v2c"),
            row.flag("inform", "Trap Inform", false, "Repeated until it is confirmed; not with v1."),
            row.choice("event-filter", "Trap Event Filter", ["severity", "event"], "severity"),
            row.choice("severity", "Trap Severity", severities, "information", "This one and above, by severity."),
            row.setting("events", "Trap Event list", .numbers(trapNumbers), .text(""), "By event: numbers of traps, 1,15,23."),
        ]
    }

    static let mail: [Setting] = {
        let section = SettingsSection("mail", .mail, "15.9", status: .stored)
        let general: [Setting] = [
            section.address("server", "Mail Server", .host),
            section.text("user", "User Account", 64),
            section.secret("password", "User Password", 64),
            section.address("sender", "Sender email Address", .mailAddress),
            section.text("subject-prefix", "Mail Subject Prefix", 64),
            section.address("daily-report", "Mail Daily Status Report", .timeOfDay, "00:00"),
            section.choice("weekly-report", "Mail Weekly Report Day", weekdays, "monday"),
            section.flag("tls", "Mail support TLS", false),
            section.flag("authentication", "Mail support authentication", false),
            section.number("delay", "Delay before sending", 0, 0...1440, "min", "Sent if the event is still present then."),
        ]
        return general + mailAccounts
    }()

    private static let mailAccounts = rows(8, "mail", .mail, "15.9", status: .stored) { row in
        [
            row.address("account", "Mail account", .mailAddress),
            row.text("description", "Mail Description", 64),
            row.choice("type", "Mail Type", ["none", "events", "daily-status", "weekly-report", "events-status"], "none"),
            row.choice("event-filter", "Mail Event Filter", ["severity", "event"], "severity"),
            row.choice("severity", "Mail Event Level", severities, "information", "This one and above, by severity."),
            row.setting("events", "Mail Event list", .numbers(trapNumbers), .text(""), "By event: numbers of traps."),
        ]
    }
}
