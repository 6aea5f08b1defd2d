import NetVision
import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

@Suite struct FarmPlanTests {
    private func plan(_ count: Int, seed: UInt64 = 1, subnet: String = "10.0.0.0/16") throws -> FarmPlan {
        FarmPlan(
            count: count, subnet: try #require(AddressRange(subnet)), portOffset: .none, seed: seed, layouts: FarmProfile.mixed,
            directory: nil, trustedKeys: [])
    }

    private func lines(_ plan: FarmPlan) -> [String] {
        plan.members.map { member in
            let card = member.card
            return "\(card.mac) \(card.network) \(card.systemName) \(card.systemLocation) \(card.seed) "
                + "\(member.unit.serial) \(member.unit.model.name) \(member.unit.initialLoad) \(member.layout.topology)"
        }
    }

    @Test func theSameSeedMakesTheSameFarm() throws {
        #expect(lines(try plan(50)) == lines(try plan(50)))
        #expect(lines(try plan(50)) != lines(try plan(50, seed: 2)))
    }

    @Test func aLargerFarmBeginsWithTheSmallerOne() throws {
        #expect(Array(lines(try plan(50)).prefix(12)) == lines(try plan(12)))
    }

    @Test func noTwoCardsAreMistakenForEachOther() throws {
        let members = try plan(2000).members
        #expect(Set(members.map(\.card.mac)).count == 2000)
        #expect(Set(members.map(\.unit.serial)).count == 2000)
        #expect(Set(members.map(\.card.network.address)).count == 2000)
        #expect(members.allSatisfy { $0.card.mac.description.hasPrefix("00:E0:D8:") })
    }

    @Test func addressesAreTheFirstOfTheNetwork() throws {
        let members = try plan(3, subnet: "127.77.0.0/24").members
        #expect(members.map { AddressRange.text($0.card.network.address) } == ["127.77.0.1", "127.77.0.2", "127.77.0.3"])
        #expect(members[0].card.network.mask == 0xFFFF_FF00)
    }

    @Test func twelveCardsAreVaried() throws {
        let members = try plan(12).members
        #expect(Set(members.map(\.unit.model.name)).count >= 8)
        #expect(Set(members.map(\.unit.initialLoad)).count > 3)
        #expect(Set(members.map(\.layout.model.map.name)) == Set(DeviceMap.all.map(\.name)))
        #expect(members.contains { $0.layout.units > 1 })
        #expect(members.contains { $0.layout.modules > 1 })
        #expect(members[0].layout.model.name == "MASTERYS BC+")
    }
}
