import FoundationEssentials
import SNMP
import Testing

@testable import FleetServer

struct TrapEventTests {
    private let validator: JSONSchemaValidator
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    init() throws { validator = JSONSchemaValidator(document: try OpenAPIDocument.asRead.get()) }

    private func event(_ oid: OID, _ version: SNMPAccess.Version = .v2c) throws -> ReadJSON {
        let event = FleetEvent.trap(.init(card: 7, version: version, isInform: false, notification: SNMPNotification(oid)), at: Self.time)
        #expect(event.kind == .trap)
        let document = try ReadJSON(event.data)
        #expect(validator.violations(document, component: "TrapEvent") == [])
        return document
    }

    @Test(arguments: SNMPAccess.Version.allCases) func fitsItsSchema(version: SNMPAccess.Version) throws {
        let document = try event("1.3.6.1.4.1.4555.1.1.7.2.0.15", version)
        #expect(document["card"]?.double == 7)
        #expect(document["at"]?.string == "2023-11-14T22:13:20.000Z")
        #expect(document["version"]?.string == version.rawValue)
    }

    @Test func whatIsNoTrapOfAUPSIsNamedByItsObjectIdentifier() throws {
        let document = try event("1.3.6.1.4.1.9.9.43.2.0.1")
        #expect(document["name"]?.string == "1.3.6.1.4.1.9.9.43.2.0.1")
        #expect(document["severity"]?.string == "information")
    }
}
