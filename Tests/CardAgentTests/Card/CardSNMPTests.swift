import NetVision
import PowerDevice
import SNMP
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct CardSNMPTests {
    private static let alarms: OID = "1.3.6.1.4.1.4555.1.1.7.1.6"
    private static let communicationLost: OID = "1.3.6.1.4.1.4555.1.1.7.1.6.3.58.0"
    private static let charge: OID = "1.3.6.1.4.1.4555.1.1.7.1.2.4.0"

    @Test func aCardSaysWhatItIs() async throws {
        try await withFarm { farm async throws in
            #expect(try await farm.value(SystemObjects.description)?.text == "NetVision-8")
            #expect(try await farm.value(SystemObjects.objectID)?.oid == CardObjectIDs.netVision7)
            #expect(try await eventually { try await farm.value("1.3.6.1.4.1.4555.1.1.7.1.1.1.0")?.text == farm.simulator.unit.model.name })
            #expect(try await farm.value("1.3.6.1.4.1.4555.1.1.7.1.1.2.0")?.text == farm.simulator.unit.serial)
        }
    }

    @Test func aForcedRegisterIsSeen() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { try await farm.value(Self.charge) != nil })
            try farm.simulator.apply(.point("M022", 7))
            #expect(try await eventually { try await farm.value(Self.charge)?.number == 7 })
            #expect(try await farm.value("1.3.6.1.2.1.33.1.2.4.0")?.number == 7)
        }
    }

    @Test func theAlarmTableFollowsTheFlags() async throws {
        try await withFarm { farm async throws in
            try farm.simulator.apply(.point("A018", 1))
            let low = Self.alarms.appending(3, 14, 0)
            #expect(try await eventually { try await farm.value(low)?.number == 1 })
            let walk = try await farm.manager.walk(Self.alarms, of: farm.target())
            let rows = walk.bindings.filter { $0.name.isDescendant(of: Self.alarms.appending(2, 1, 2)) }
            let flags = walk.bindings.filter { $0.name.isDescendant(of: Self.alarms.appending(3)) }
            #expect(flags.count == 62)
            #expect(rows.count == flags.filter { $0.value.number == 1 }.count)
            #expect(walk.bindings.first?.value.number == Int64(rows.count))
            #expect(rows.contains { $0.value.oid == Self.alarms.appending(3, 14) })
        }
    }

    @Test func aLostUPSIsAnAlarmAndNoValues() async throws {
        try await withFarm { farm async throws in
            #expect(try await eventually { try await farm.value(Self.charge)?.number == 100 })
            farm.simulator.setLinkDown(true)
            #expect(try await eventually { try await farm.value(Self.communicationLost)?.number == 1 })
            #expect(try await farm.value(Self.charge)?.number == 65535)
            #expect(try await farm.value("1.3.6.1.2.1.33.1.6.3.20.0")?.number == 1)
            #expect(try await farm.value("1.3.6.1.4.1.4555.1.1.7.1.4.1.0")?.number == 1)
            farm.simulator.setLinkDown(false)
            #expect(try await eventually { try await farm.value(Self.charge)?.number == 100 })
            #expect(try await farm.value(Self.communicationLost)?.number == 0)
        }
    }

    @Test(arguments: [SNMPVersion.v1, .v2c]) func aWalkSeesTheWholeTree(_ version: SNMPVersion) async throws {
        try await withFarm { farm async throws in
            let walk = try await farm.manager.walk("1.3.6.1", of: farm.target(version: version))
            #expect(walk.end == .complete)
            #expect(zip(walk.bindings, walk.bindings.dropFirst()).allSatisfy { $0.name < $1.name })
            for root: OID in ["1.3.6.1.2.1.1", "1.3.6.1.2.1.33.1", "1.3.6.1.4.1.4555.1.1.1.1", "1.3.6.1.4.1.4555.1.1.7.1"] {
                #expect(walk.bindings.contains { $0.name.isDescendant(of: root) }, "\(root)")
            }
        }
    }

    @Test func theSystemTextsCanBeSet() async throws {
        try await withFarm { farm async throws in
            let text = SNMPValue.text("Raum 12, Gestell ä")
            let manager = farm.manager
            await #expect(throws: SNMPError.self) {
                try await manager.set([VariableBinding(SystemObjects.location, text)], on: farm.target())
            }
            try await manager.set([VariableBinding(SystemObjects.location, text)], on: farm.target(community: "private"))
            #expect(try await farm.value(SystemObjects.location) == text)
            #expect(try await farm.value("1.3.6.1.4.1.4555.1.1.7.1.1.8.0") == text)
            #expect(farm.card.announcement.location == text.text)
        }
    }

    static let badTexts: [(SNMPValue, ErrorStatus)] = [
        (.octetString(Array(repeating: 0x41, count: 256)), .wrongLength), (.octetString([0xFF, 0xFE]), .wrongEncoding),
        (.integer(1), .wrongType),
    ]

    @Test(arguments: badTexts) func whatIsNoTextIsRefused(_ value: SNMPValue, _ status: ErrorStatus) async throws {
        try await withFarm { farm async throws in
            await #expect(throws: SNMPError.errorStatus(status, index: 1)) {
                try await farm.manager.set([VariableBinding(SystemObjects.name, value)], on: farm.target(community: "private"))
            }
        }
    }

    @Test func aDeadAgentIsSilentAtOnceAndSoIsAnUnreachableCard() async throws {
        try await withFarm(count: 2) { farm async throws in
            let fault: [Fault] = [.snmpDead, .unreachable]
            for fault in fault {
                farm.card.faults.set(fault)
                #expect(try await farm.isSilent())
                #expect(try await farm.value(SystemObjects.name, at: farm.farm.members[1].card.address) != nil)
                farm.card.faults.clear(fault.name)
                #expect(try await farm.value(SystemObjects.name) != nil)
            }
        }
    }
}
