// The pages of services: the manual's chapters 15.10 to 15.16, 16 and 17.

extension SettingsTable {
    static let authentication: [Setting] = {
        let section = SettingsSection("radius", .authentication, "15.10", status: .stored)
        let general: [Setting] = [
            section.number("port", "RADIUS UDP Port", 1812, Setting.Kind.ports),
            section.address("primary-server", "RADIUS Primary Server", .host),
            section.address("secondary-server", "RADIUS Secondary Server", .host),
            section.secret("primary-secret", "Share Secret of Primary Server", 64),
            section.secret("secondary-secret", "Share Secret of Secondary Server", 64),
            section.number("packet-timeout", "RADIUS Packet Timeout", 1, 1...60, "s"),
            section.number("packet-retry", "RADIUS Packet Retry", 3, 0...10),
        ]
        return general
            + rows(8, "radius-user", .authentication, "15.10", status: .stored) { row in
                [
                    row.text("name", "RADIUS User Name", 31),
                    row.choice("access", "RADIUS Access type", ["disabled", "read-only", "read-write"], "disabled"),
                ]
            }
    }()

    static let wakeOnLAN: [Setting] = {
        let section = SettingsSection("wol", .wakeOnLAN, "15.11", status: .stored)
        let general: [Setting] = [
            section.number("repeating-times", "WOL Repeating Times", 1, 1...10),
            section.number("interval", "WOL Interval Timer", 1, 1...3600, "s"),
        ]
        return general
            + rows(32, "wol", .wakeOnLAN, "15.11", status: .stored) { row in
                [
                    row.address("mac", "WOL Mac Address", .hardwareAddress, "00:00:00:00:00:00"),
                    row.flag("enabled", "WOL Control", true),
                    row.text("description", "WOL Description", 31),
                ]
            }
    }()

    static let modbus: [Setting] = {
        let section = SettingsSection("modbus-tcp", .modbus, "15.12")
        return [
            section.flag("modbus", "Modbus TCP Configuration", true, "Also Modbus Configuration of the control page."),
            section.number("port", "Modbus Port", 502, Setting.Kind.ports),
        ]
    }()

    static let bacnet: [Setting] = {
        let section = SettingsSection("bacnet", .bacnet, "15.13", status: .stored)
        return [
            section.flag("enabled", "BACnet Configuration", false, "Also on the control page."),
            section.number("port", "BACnet Port", 47_808, Setting.Kind.ports),
            section.number("id", "BACnet ID", 1883, 0...4_194_302),
        ]
    }()

    static let syslog: [Setting] = {
        let section = SettingsSection("syslog", .syslog, "15.14", status: .stored)
        return [
            section.flag("enabled", "Syslog Server Control", false, "Also Syslog Setup of the control page."),
            section.address("server", "Syslog Server IP", .host),
            section.flag("filter-ups", "Syslog filter UPS", true),
            section.flag("filter-netvision", "Syslog filter NET VISION", true),
            section.flag("filter-service", "Syslog filter SERVICE", true),
            section.number("port", "Syslog Server Port", 514, Setting.Kind.ports),
            section.flag("tls", "Syslog TLS Control", false),
        ]
    }()

    static let ddns: [Setting] = {
        let section = SettingsSection("ddns", .ddns, "15.15", status: .stored)
        return [
            section.flag("enabled", "DDNS Control", false, "Also DDNS Setup of the control page."),
            section.choice(
                "provider", "DDNS ISP setup", ["ezip", "pgpow", "dhs", "dyndns", "dyndns-stat", "tzo", "easydns"], "ezip"),
            section.text("user", "DDNS User Name", 64),
            section.secret("password", "DDNS Password", 64),
            section.address("domain", "DDNS Domain name", .host),
        ]
    }()

    static let firewall: [Setting] = {
        let section = SettingsSection("firewall", .firewall, "15.16")
        return [
            section.flag("enabled", "Firewall Setup", false, "On the control page. The first rule that fits decides.")
        ]
            + rows(8, "firewall", .firewall, "15.16") { row in
                [
                    row.address("address", "Firewall IP Address", .ipAddress, "", "Empty: not used."),
                    row.number("prefix-length", "Firewall Prefix Length", 32, 0...128, "bit", "Up to 32 with an IPv4 address."),
                    row.choice("action", "Firewall Action", ["accept", "reject"], "accept"),
                ]
            }
    }()

    static let iot: [Setting] = {
        let section = SettingsSection("iot", .iot, "16", status: .stored)
        return [
            section.text("user", "IoT User", 64),
            section.secret("password", "IoT Password", 64),
            section.text("asset-id", "IoT Asset ID", 64),
            section.choice("proxy-type", "PROXY Type", ["none", "http", "https", "socks4", "socks5"], "none"),
            section.address("proxy-host", "PROXY Host name", .host),
            section.number("proxy-port", "PROXY Port", 8080, Setting.Kind.ports),
            section.text("proxy-login", "PROXY Login", 64),
            section.secret("proxy-password", "PROXY Password", 64),
        ]
    }()

    static let links = rows(4, "link", .links, "17", status: .stored) { row in
        [
            row.text("text", "External Links Screen Text", 31),
            row.text("address", "External Links Link Address", 127, "", "An address or URL without http://."),
            row.flag("enabled", "External Links Status", false),
        ]
    }
}
