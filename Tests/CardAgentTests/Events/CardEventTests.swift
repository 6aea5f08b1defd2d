import Foundation
import PowerDevice
import Testing

@testable import CardAgent

@Suite struct CardEventTests {
    /// The list of the manual's chapter 18.5, copied from it line by line.
    static let manual: [(text: String, severity: Severity)] = [
        ("Cold boot", .information),
        ("Warm boot", .information),
        ("Network link up", .information),
        ("Network link down", .warning),
        ("NET VISION UPS Agent Restart", .information),
        ("NET VISION UPS Agent Parameters reset to default", .warning),
        ("Parameters checksum error", .warning),
        ("NET VISION UPS Agent Firmware upgrade", .information),
        ("History log cleared", .information),
        ("Extended history log cleared", .information),
        ("UPS event log cleared", .information),
        ("NET VISION UPS Agent event log cleared", .information),
        ("History log interval changed", .information),
        ("Extended history log interval changed", .information),
        ("Send shutdown warning to clients", .warning),
        ("Send shutdown request to clients", .warning),
        ("Send UPS shutdown command to UPS", .warning),
        ("Send shutdown cancel to clients", .information),
        ("Send UPS output on command to UPS", .information),
        ("UPS communication lost", .critical),
        ("UPS communication restored", .information),
        ("??? Time changed by user", .information),
        ("??? Time changed by server", .information),
        ("??? Time changed by RTC", .information),
        ("Cannot connect to mail server", .warning),
        ("Incorrect Mail receiver", .warning),
        ("Incorrect Mail server name/IP address", .warning),
        ("Mail send error/unknown error", .warning),
        ("Mail sent", .information),
        ("Wake On LAN packet sent to clients", .information),
        ("All RADIUS servers invalid or connection failed", .warning),
        ("??? has been changed via ??? by ???", .information),
        ("NET VISION UPS Agent event log schema changed. Log has been re-created.", .warning),
        ("UPS event log schema changed. Log has been re-created.", .warning),
        ("History log schema changed. Log has been re-created.", .warning),
        ("Extended history log schema changed. Log has been re-created.", .warning),
        ("Upload configuration successfully via NET VISION Explorer by ???", .information),
        ("Upload configuration with ??? error(s) via NET VISION Explorer by ???", .warning),
        ("Ntp Time Server Connected Failed", .warning),
        ("Mail send error:???", .warning),
        ("Mail send test", .information),
        ("EMD Temperature not over high Set point", .information),
        ("EMD Temperature over high Set point", .critical),
        ("EMD Temperature not under low Set point", .information),
        ("EMD Temperature under low Set point", .critical),
        ("EMD Humidity not over high Set point", .information),
        ("EMD Humidity over high Set point", .critical),
        ("EMD Humidity not under low Set point", .information),
        ("EMD Humidity under low Set point", .critical),
        ("EMD Alarm-1 not active", .information),
        ("EMD Alarm-1 activated", .critical),
        ("EMD Alarm-2 not active", .information),
        ("EMD Alarm-2 activated", .critical),
    ]

    @Test func catalogueIsThatOfTheManual() {
        #expect(CardEvent.catalogue.map(\.event.text) == Self.manual.map(\.text))
        for (entry, line) in zip(CardEvent.catalogue, Self.manual) {
            #expect(entry.event.severity == line.severity, "\(line.text)")
        }
    }

    @Test func whatDiffersIsFilledIn() {
        let origin = ChangeOrigin(.snmp, by: "127.0.0.1")
        #expect(CardEvent.changed("System name", by: origin).text == "System name has been changed via SNMP by 127.0.0.1")
        #expect(CardEvent.timeChanged(at: "10.0.0.5", by: .rtc).text == "10.0.0.5 Time changed by RTC")
        #expect(
            CardEvent.configurationUploaded(errors: 3, by: "10.0.0.9")
                == CardEvent(.warning, "Upload configuration with 3 error(s) via NET VISION Explorer by 10.0.0.9"))
        #expect(
            CardEvent.configurationUploaded(errors: 0, by: "10.0.0.9")
                == CardEvent(.information, "Upload configuration successfully via NET VISION Explorer by 10.0.0.9"))
        #expect(CardEvent.sensor(EnvironmentEvent(.temperatureLow, .warning)) == CardEvent(.warning, "EMD Temperature under low Set point"))
        #expect(CardEvent.accountLocked("admin", by: origin).text == "Account admin locked via SNMP by 127.0.0.1")
        #expect(CardEvent.sessionOpened("admin", by: origin).text == "Session of admin opened via SNMP by 127.0.0.1")
        #expect(CardEvent.recordsLost(7).text == "7 log record(s) lost")
    }

    @Test func documentListsEveryEvent() throws {
        let document = try Self.document()
        for entry in CardEvent.catalogue + CardEvent.ownEntries {
            let line = "| \(entry.event.text) | \(entry.event.severity.rawValue) | \(entry.cause) |"
            #expect(document.contains(line), "docs/events.md has no line: \(line)")
        }
    }

    @Test(arguments: [DeviceMap.vuMap, .jbusp, .sts].map(\.family))
    func documentListsEveryDeviceEvent(_ family: DeviceMap.Family) throws {
        let document = try Self.document()
        let map = try #require(DeviceMap.all.first { $0.family == family })
        for event in map.events {
            let line = "| \(event.condition.text) | \(event.text) | \(event.severity.rawValue) |"
            #expect(document.contains(line), "docs/events.md has no line: \(line)")
        }
    }

    /// The lines of the document.
    private static func document() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let text = try String(contentsOf: root.appending(path: "docs/events.md"), encoding: .utf8)
        return Set(text.split(separator: "\n").map(String.init))
    }
}

extension AlarmExpression {
    /// As the document prints it.
    fileprivate var text: String {
        switch self {
        case .code(let code): code.rawValue
        case .not(let inner): "not \(inner.text)"
        case .both(let left, let right): "\(left.text), \(right.text)"
        case .either(let left, let right): "\(left.text) or \(right.text)"
        case .never: "never"
        }
    }
}
