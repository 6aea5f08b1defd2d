import Logging
import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

@Suite struct CardObjectTreeTests {
    /// - Parameter map: of the device that has answered; nil of a card that has not found any.
    private func tree(_ map: DeviceMap? = nil) throws -> ObjectTree {
        let plan = try #require(try farmPlan(count: 1).members.first).card
        let settings = try SettingsStore(plan, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let record = DeviceRecord()
        if let map {
            var registers = map.emptyRegisters
            for range in map.readPlan { registers.store(Array(repeating: 0, count: range.count), at: range.address) }
            record.update(registers, of: .init(map: map), uptime: 1)
        }
        return CardObjectTree(
            device: record, settings: settings, controls: .idle, sensor: nil, mac: plan.mac, firmware: "8.40", uptime: { 1 },
            statistics: { AgentStatistics() },
            engine: .init(engineID: .mac(enterprise: 4555, plan.mac.octets), clock: EngineClock(boots: 1, startedAt: .now()), users: []),
            actions: CardActions(restart: { _ in }, resetToDefault: { _ in }, clear: { _, _ in }, clock: try CardClock()), polls: Doorbell()
        ).current
    }

    @Test(arguments: DeviceMap.all.map(\.name)) func everyServedObjectHasADeclaration(_ name: String) throws {
        let tree = try tree(DeviceMap.named(name))
        #expect(tree.count > (name == "STS" ? 150 : 300))
        for object in tree.indices.map({ tree[$0] }) {
            let type = try #require(object.type, "\(object.name) is not declared")
            #expect(object.name.isDescendant(of: type.oid), "\(type.name)")
            #expect(type.syntax.refusal(of: object.value) == nil, "\(type.name) is \(object.value)")
        }
    }

    @Test func theModulesDeclareNothingThatIsNotServed() throws {
        // A card serves what its device has: the modules of a UPS, or that of a transfer switch.
        let served = try [DeviceMap.vuMap, .sts].reduce(into: Set<OID>()) { served, map in
            let tree = try tree(map)
            served.formUnion(tree.indices.map { tree[$0].name.arcs.dropLast() }.compactMap { OID(arcs: $0) })
        }
        // The alarm table has no rows now.
        let tables = NVFleetModules.all.flatMap(\.tables).filter { !["upsInputTable", "upsAgentTrapsReceiversTable"].contains($0.name) }
            .map(\.oid)
        for object in NVFleetModules.all.flatMap(\.objects) where !tables.contains(where: object.oid.isDescendant) {
            #expect(served.contains(object.oid), "\(object.name)")
        }
    }

    /// DESIGN 7.7: receivers are set as on a UPS; what a UPS alone has is absent.
    @Test func anSTSHasItsOwnBranchAndTheAgents() throws {
        let tree = try tree(.sts)
        let names = tree.indices.map { tree[$0].name }
        #expect(names.contains { $0.isDescendant(of: "1.3.6.1.4.1.4555.1.1.10.1") })
        #expect(names.contains { $0.isDescendant(of: "1.3.6.1.4.1.4555.1.1.7.1.9") })
        #expect(!names.contains { $0.isDescendant(of: "1.3.6.1.2.1.33") })
        #expect(!names.contains { $0.isDescendant(of: "1.3.6.1.4.1.4555.1.1.1") })
        for group: OID in ["1.3.6.1.4.1.4555.1.1.7.1.1", "1.3.6.1.4.1.4555.1.1.7.1.2", "1.3.6.1.4.1.4555.1.1.7.1.6"] {
            #expect(!names.contains { $0.isDescendant(of: group) })
        }
    }

    static let refused: [(OID, SNMPValue, ErrorStatus)] = [
        (AgentGroup.netVision7.upsAgentTftpStatus.scalar, .integer(3), .wrongValue),
        (AgentGroup.netVision7.upsAgentTftpStatus.scalar, .text("enabled"), .wrongType),
        (AgentGroup.netVision7.upsAgentRestart.scalar, .integer(0), .wrongValue),
        (AgentGroup.netVision7.upsAgentPollRate.scalar, .integer(0), .wrongValue),
        (AgentGroup.netVision7.upsAgentPollRate.scalar, .integer(61), .wrongValue),
        (AgentGroup.netVision7.upsAgentMibVersion.scalar, .integer(811), .notWritable),
        ("1.3.6.1.4.1.4555.1.1.7.1.1.6.0", .octetString(Array(repeating: 0x41, count: 128)), .wrongLength),
        ("1.3.6.1.4.1.4555.1.1.7.1.2.1.0", .integer(2), .notWritable),
    ]

    @Test(arguments: refused) func whatIsNotDeclaredIsRefused(_ name: OID, _ value: SNMPValue, _ status: ErrorStatus) async throws {
        try await withFarm { farm async throws in
            await #expect(throws: SNMPError.errorStatus(status, index: 1)) {
                try await farm.manager.set([VariableBinding(name, value)], on: farm.target(community: "private"))
            }
        }
    }
}
