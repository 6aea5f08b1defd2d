import NIOCore
import NetVision
import SNMP
import Testing

@testable import CardAgent

@Suite struct FarmSettingsTests {
    private static let count = 300

    /// What is set on a card by SNMP: its name, where it stands, and how often its device is asked.
    private func bindings(_ number: Int) throws -> [VariableBinding] {
        [
            VariableBinding(SystemObjects.name, .octetString(Array("UPS \(number) of many".utf8))),
            VariableBinding(SystemObjects.location, .octetString(Array("Rack \(number * 7)".utf8))),
        ]
    }

    @Test func everyCardKeepsItsOwnSettingsOverARestartOfTheFarm() async throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try await withFarm(count: Self.count, directory: scratch.path) { farm async throws in
            for member in farm.farm.members {
                let card = member.card
                try await farm.manager.set(try bindings(card.plan.number), on: farm.target(card.address, community: "private"))
                try card.settings.change(by: ChangeOrigin(.simulation, by: "test")) { settings throws(SettingsProblem) in
                    settings.snmp.port = 20_000 + card.plan.number
                    settings.snmp.readCommunity = "read-\(card.plan.number)"
                    settings.polling.rate = card.plan.number % 60 + 1
                    settings.logs.historyInterval = 60 + card.plan.number
                }
            }
        }
        try await withFarm(count: Self.count, directory: scratch.path) { farm async throws in
            for member in farm.farm.members {
                let (card, settings) = (member.card, member.card.settings.settings)
                let number = card.plan.number
                #expect(settings.systemName == "UPS \(number) of many")
                #expect(settings.systemLocation == "Rack \(number * 7)")
                #expect(settings.polling.rate == number % 60 + 1)
                #expect(settings.logs.historyInterval == 60 + number)
                let address = try SocketAddress(ipAddress: card.address, port: 20_000 + number + farm.offset.rawValue)
                let target = SNMPTarget(
                    address, version: .v2c, community: Community("read-\(number)"), timeout: .milliseconds(500), retries: 4)
                let name = try await farm.manager.get([SystemObjects.name], from: target).first?.value
                #expect(name == .octetString(Array("UPS \(number) of many".utf8)))
            }
        }
    }
}
