import Configuration
import FoundationEssentials
import Syslog
import Testing

@testable import FleetServer

struct SyslogSettingsTests {
    private func settings(_ values: [AbsoluteConfigKey: String], portOffset: Int = 0) throws -> SyslogSettings {
        let values = values.mapValues { ConfigValue(.string($0), isSecret: false) }
        return try SyslogSettings(config: ConfigReader(provider: InMemoryProvider(values: values)), portOffset: portOffset)
    }

    @Test func syslogIsHeardOnItsPortPlusTheOffset() throws {
        let settings = try settings([:], portOffset: 10_000)
        #expect(settings.listen[.udp]?.description == "0.0.0.0:10514")
        #expect(settings.listen[.tcp]?.description == "0.0.0.0:10514")
        #expect(settings.listen[.tls] == nil)
        #expect(try settings.tlsContext() == nil)
    }

    @Test func eachWayCanBeTurnedOffOrMoved() throws {
        let settings = try settings(["udp": "off", "tcp": "[::1]:9514"])
        #expect(settings.listen[.udp] == nil)
        #expect(settings.listen[.tcp]?.description == "[::1]:9514")
    }

    @Test(arguments: ["udp", "tcp", "tls"], ["here:514", "514", "on"]) func refusesWhatIsNoAddress(_ key: String, _ text: String) {
        let problem = #expect(throws: ConfigurationProblem.self) { try settings([AbsoluteConfigKey([key]): text]) }
        #expect(problem?.key == "syslog.\(key)")
    }

    @Test func tlsNeedsACertificateAndItsKey() throws {
        #expect(throws: ConfigurationProblem.self) { try settings(["tls": "127.0.0.1:0"]) }
        #expect(throws: ConfigurationProblem.self) { try settings(["tls": "127.0.0.1:0", "certificate": "/none.pem"]) }
        let missing = try settings(["tls": "127.0.0.1:0", "certificate": "/none.pem", "key": "/none.key"])
        let problem = #expect(throws: ConfigurationProblem.self) { try missing.tlsContext() }
        #expect(problem?.key == "syslog.certificate")
    }
}
