import Modbus
import NIOCore
import NIOPosix
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

/// What becomes of a running card's services when its settings change.
@Suite struct CardLiveSettingsTests {
    private let origin = ChangeOrigin(.simulation, by: "test")

    private func change(_ farm: TestFarm, _ body: (inout CardSettings) -> Void) throws(SettingsRefusal) {
        try farm.card.settings.change(by: origin) { settings throws(SettingsProblem) in body(&settings) }
    }

    private func answers(_ farm: TestFarm, port: Int = 161, community: Community = "public", version: SNMPVersion = .v2c) async -> Bool {
        let number = port + farm.offset.rawValue
        guard let address = try? SocketAddress(ipAddress: farm.card.address, port: number) else { return false }
        let target = SNMPTarget(address, version: version, community: community, timeout: .milliseconds(150), retries: 0)
        return (try? await farm.manager.get([SystemObjects.name], from: target).isEmpty) == false
    }

    private func link(_ farm: TestFarm, port: Int = 502) -> ModbusConnection.Link {
        .tcp(host: farm.card.address, port: port + farm.offset.rawValue)
    }

    @Test func aPortMovesWhileAnotherServiceGoesOn() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(10)) { connection async throws in
                _ = try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
                try change(farm) { $0.snmp.port = 1161 }
                #expect(try await eventually { await answers(farm, port: 1161) })
                #expect(await !answers(farm))
                // The same connection.
                let charge = try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
                #expect(charge.count == 1)
                try change(farm) { $0.snmp.port = 161 }
                #expect(try await eventually { await answers(farm) })
            }
        }
    }

    @Test func aPortThatIsTakenIsRefusedAndNothingChanges() async throws {
        try await withFarm { farm async throws in
            let taken = try await DatagramHolder.open(farm.card.address)
            let port = taken.port - farm.offset.rawValue
            let before = farm.card.settings.revision
            #expect(throws: SettingsRefusal.notAdmitted("port \(taken.port)/udp on \(farm.card.address) is taken")) {
                try change(farm) {
                    $0.systemName = "moved"
                    $0.snmp.port = port
                }
            }
            #expect(farm.card.settings.revision == before)
            #expect(farm.card.settings.settings.systemName != "moved")
            #expect(await answers(farm))
            try await taken.close()
            try change(farm) { $0.snmp.port = port }
            #expect(try await eventually { await answers(farm, port: port) })
        }
    }

    @Test func theCardsOwnPortsAreTakenToo() async throws {
        try await withFarm { farm async throws in
            #expect(throws: SettingsRefusal.self) { try change(farm) { $0.snmp.port = CardPort.tftp.rawValue } }
            let last = 65_535 + farm.offset.rawValue
            #expect(throws: SettingsRefusal.notAdmitted("port \(last)/tcp does not exist: the port offset is \(farm.offset.rawValue)")) {
                try change(farm) { $0.modbusPort = 65_535 }
            }
            #expect(await answers(farm))
        }
    }

    @Test func aCommunityThatIsNoMoreIsNotAnswered() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { await answers(farm) })
            try change(farm) { $0.snmp.readCommunity = "monitoring" }
            #expect(await !answers(farm))
            #expect(await answers(farm, community: "monitoring"))
            #expect(await answers(farm, community: "private"))
        }
    }

    @Test func versionsAreSwitchedAndSNMPIsToo() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { await answers(farm) })
            try change(farm) { $0.snmp.versions = [.v2c] }
            #expect(await !answers(farm, version: .v1))
            #expect(await answers(farm))
            try change(farm) { $0.snmp.isEnabled = false }
            #expect(try await eventually { await !answers(farm) })
            try change(farm) { $0.snmp.isEnabled = true }
            #expect(try await eventually { await answers(farm) })
        }
    }

    @Test func modbusEndsWithItsConnectionsWhenItIsSwitchedOff() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { farm.card.device.contents.snapshot.state.isCommunicating })
            try await ModbusConnection.withConnection(link(farm), timeout: .seconds(2)) { connection async throws in
                _ = try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
                try change(farm) { $0.isModbusEnabled = false }
                #expect(
                    try await eventually {
                        (try? await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)) == nil
                    })
            }
            #expect(await answers(farm))
            try change(farm) { $0.isModbusEnabled = true }
            #expect(
                try await eventually {
                    let value = try? await ModbusConnection.withConnection(link(farm), timeout: .seconds(2)) { connection async throws in
                        try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
                    }
                    return value != nil
                })
        }
    }

    @Test func theFirewallCountsAtOnceAndAtEveryDoor() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { await answers(farm) })
            // The test's own address is 127.0.0.1, or the card's network.
            try change(farm) {
                $0.firewall.isEnabled = true
                $0.firewall.rules[0] = FirewallRule(address: "127.0.0.0", prefixLength: 8, isAccepting: false)
            }
            #expect(await !answers(farm))
            var found = 0
            try await farm.lan.discover([farm.card.address], rounds: 1, patience: .milliseconds(300)) { _ in found += 1 }
            #expect(found == 0)
            let isServed = try? await ModbusConnection.withConnection(link(farm), timeout: .seconds(2)) { connection async throws in
                try await connection.readHoldingRegisters(unit: 1, address: 0x0056, count: 1)
            }
            #expect(isServed == nil)
            try change(farm) { $0.firewall.isEnabled = false }
            #expect(await answers(farm))
        }
    }

    @Test func aChangeOfTheAddressMovesEverything() async throws {
        try await withFarm { farm async throws in
            let old = farm.card.settings.settings.network.address
            try change(farm) { $0.network.address = old + 1 }
            #expect(farm.card.address == AddressRange.text(old + 1))
            #expect(try await eventually { await answers(farm) })
        }
    }
}

/// Somebody else's datagram socket.
private struct DatagramHolder {
    let channel: any Channel
    let port: Int

    static func open(_ address: String) async throws -> DatagramHolder {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(host: address, port: 0).get()
        return DatagramHolder(channel: channel, port: try #require(channel.localAddress?.port))
    }

    func close() async throws { try await channel.close() }
}
