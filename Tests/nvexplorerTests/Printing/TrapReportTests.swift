import FoundationEssentials
import NIOCore
import SNMP
import Testing

@testable import NetVision
@testable import nvexplorer

struct TrapReportTests {
    private static let noon = Date(timeIntervalSince1970: 1_800_000_000)

    private static func report(
        _ notification: SNMPNotification?, _ principal: ReceivedNotification.Principal = .community("secret"), _ version: SNMPVersion = .v2c
    ) throws -> TrapReport {
        let source = try SocketAddress(ipAddress: "192.0.2.7", port: 4000)
        let received = ReceivedNotification(
            from: source, version: version, principal: principal, notification: try #require(notification), isInform: version == .v3)
        return TrapReport(try #require(received), at: noon)
    }

    private static func json(_ report: TrapReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    @Test func aCardsTrapIsNamed() throws {
        let report = try Self.report(TrapFamily.netVision7.notification(3, .alarm(id: 12, number: 2), uptime: 4711))
        #expect(
            report.lines == [
                "08:00:00  192.0.2.7:4000  v2c  WARNING  upsTrapAlarmEntryAdded (3)  Alarm added to the alarm table: Output overload",
                "    1.3.6.1.4.1.4555.1.1.7.1.6.2.1.1.12 = INTEGER: 12",
                "    1.3.6.1.4.1.4555.1.1.7.1.6.2.1.2.12 = OID: 1.3.6.1.4.1.4555.1.1.7.1.6.3.2",
            ])
        #expect(report.raises == ["upsAlarmOverload"])
    }

    @Test func theTimesOnBatteryAreTold() throws {
        let report = try Self.report(
            TrapFamily.netVision7.notification(1, .battery(minutesRemaining: 12, secondsOnBattery: 60), uptime: 0))
        #expect(report.lines.first?.hasSuffix("upsTrapOnBattery (1)  Operating on battery  12 min left  60 s on battery") == true)
    }

    @Test func aTextThatSaysMoreThanTheTitleIsShown() throws {
        let plain = try Self.report(TrapFamily.sts.notification(2, uptime: 0))
        #expect(plain.lines.first?.hasSuffix("stsTrapOverload (2)  Output overload") == true)
        let text = try Self.report(TrapFamily.sts.notification(2, .text("Rack 7"), uptime: 0))
        #expect(text.lines.first?.hasSuffix("stsTrapOverload (2)  Output overload: Rack 7") == true)
    }

    @Test func aUserIsNamedWithTheEngine() throws {
        let engine = try #require(EngineID(octets: [0x80, 0, 0x11, 0xCB, 1]))
        let report = try Self.report(SNMPNotification("1.3.6.1.4.1.9.0.1"), .user("olga", .authPriv, engine: engine), .v3)
        #expect(
            report.lines == [
                "08:00:00  192.0.2.7:4000  v3 inform  UNKNOWN  1.3.6.1.4.1.9 (1)", "    user olga, authPriv, engine 80:00:11:cb:01",
            ])
    }

    @Test func neverShowsACommunity() throws {
        let report = try Self.report(TrapFamily.netVision7.notification(15, uptime: 0))
        #expect(!(try Self.json(report) + report.lines.joined()).contains("secret"))
    }

    @Test func octetsThatAreNoTextAreNumbers() throws {
        let bindings = [VariableBinding("1.3.6.1.1", .octetString([0, 0xFF])), VariableBinding("1.3.6.1.2", .text("Büro"))]
        let report = try Self.report(SNMPNotification("1.3.6.1.4.1.9.0.1", bindings: bindings))
        #expect(report.variables.map(\.value) == ["00 ff", "Büro"])
    }

    @Test func programsFindEveryKey() throws {
        let json = try Self.json(try Self.report(SNMPNotification("1.3.6.1.4.1.9.0.1")))
        for key in ["family", "name", "severity", "title", "user", "engine", "minutesRemaining"] {
            #expect(json.contains("\"\(key)\":null"))
        }
        #expect(json.contains("\"at\":\"2027-01-15T08:00:00.000Z\""))
    }

    @Test(
        arguments: [
            ("10.1.0.2", "10.1.0.2:162"), ("10.1.0.2:10162", "10.1.0.2:10162"), ("::", "[::]:162"), ("[::1]:0", "[::1]:0"),
            ("[::1]", "[::1]:162"),
            ("", nil), ("10.1.0.2:", nil), ("10.1.0.2:65536", nil), ("[::1", nil), ("[::1]5", nil), ("host:1", nil),
        ] as [(String, String?)])
    func readsWhereToListen(_ text: String, _ expected: String?) {
        #expect(ListenAddress(text, standardPort: 162)?.address.shown == expected)
    }
}
