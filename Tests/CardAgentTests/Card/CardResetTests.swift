import NetVision
import SNMP
import Testing

@testable import CardAgent

/// What the reset button does (manual ch. 10).
@Suite struct CardResetTests {
    private let origin = ChangeOrigin(.simulation, by: "test")

    private func lines(_ farm: TestFarm) async throws -> [String] {
        try await farm.card.logs.events(.cardEvents).records.map(\.text)
    }

    private func setLocation(_ farm: TestFarm, _ location: String) throws {
        try farm.card.settings.change(by: origin) { settings throws(SettingsProblem) in settings.systemLocation = location }
    }

    @Test func aRestartKeepsEverything() async throws {
        try await withFarm { farm async throws in
            try setLocation(farm, "Rack 9")
            farm.card.reset(.restart, by: origin)
            #expect(try await eventually { try await lines(farm).contains("Warm boot") })
            #expect(try await lines(farm).contains("NET VISION UPS Agent Restart"))
            #expect(farm.card.settings.settings.systemLocation == "Rack 9")
        }
    }

    @Test func aResetOfTheAccountsBringsTheFirstPasswordBack() async throws {
        try await withFarm { farm async throws in
            try setLocation(farm, "Rack 9")
            let user = AccountSettings.User(name: "reader", secret: AccountBook.password, access: .readOnly, changedAt: 0)
            try farm.card.settings.change(by: origin) { settings throws(SettingsProblem) in settings.accounts.users[0] = user }
            try await farm.card.accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
            try await farm.lan.order(.unlock, card: farm.card.plan.mac, at: farm.card.address, password: AccountBook.password)
            farm.card.reset(.accounts, by: origin)
            #expect(try await farm.discover([farm.card.address]).first?.isUnlocked == false)
            try await farm.unlock()
            #expect(farm.card.settings.settings.accounts.users.allSatisfy { $0.name.isEmpty && $0.secret.isEmpty })
            #expect(farm.card.settings.settings.systemLocation == "Rack 9")
            #expect(try await !lines(farm).contains("NET VISION UPS Agent Restart"))
        }
    }

    @Test func aFactoryResetForgetsAllButTheLogs() async throws {
        try await withFarm { farm async throws in
            let first = farm.card.settings.settings
            try setLocation(farm, "Rack 9")
            try await farm.card.accounts.setPassword(of: "admin", to: AccountBook.password, by: origin)
            farm.card.reset(.factory, by: origin)
            #expect(try await eventually { try await lines(farm).contains("Warm boot") })
            #expect(farm.card.settings.settings == first)
            let told = try await lines(farm)
            #expect(told.contains("NET VISION UPS Agent Parameters reset to default"))
            #expect(told.contains("System Location has been changed via simulation control by test"))
            #expect(try await eventually { try await farm.value(SystemObjects.name) != nil })
            try await farm.unlock()
        }
    }
}
