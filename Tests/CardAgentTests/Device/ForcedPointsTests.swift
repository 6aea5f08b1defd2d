import PowerDevice
import Testing
import UPSSimulation

@testable import CardAgent

/// Every point of every map: forced in the simulator, read back through the card's own Modbus.
@Suite struct ForcedPointsTests {
    @Test(arguments: ["MASTERYS BC+", "MASTERYS 3/3 UPS", "STATYS"]) func everyPointIsReadBack(_ name: String) async throws {
        let model = try #require(UPSModel.named(name))
        let simulator = UPSSimulator(UPSUnit(model, seed: 7))
        let map = simulator.map
        let points = Self.forceable(map)
        try await PolledCard.polling(DeviceLink(.direct(simulator), map: map)) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            for (value, word) in [(UInt16(1), UInt16(0x1234)), (0, 0x00FE)] {
                for (index, point) in points.enumerated() {
                    try simulator.apply(.point(point.code, Int(point.bit == nil ? word &+ UInt16(index) : value)))
                }
                let isShown = try await eventually {
                    points.indices.allSatisfy { Self.isShown(points[$0], point: $0, word, value, by: card) }
                }
                #expect(isShown)
                for (index, point) in points.enumerated() where !Self.isShown(point, point: index, word, value, by: card) {
                    Issue.record("\(point.code) of \(name) is \(card.word(point.address).map(String.init) ?? "refused")")
                }
            }
        }
    }

    /// The words of an STS are rows beside those of their bits: there the bits are forced.
    private static func forceable(_ map: DeviceMap) -> [Point] {
        let bits = Set(map.points.filter { $0.bit != nil }.map(\.address))
        return map.points.filter { point in
            switch point.content {
            case .text: false
            case .status, .alarm: true
            default: !bits.contains(point.address)
            }
        }
    }

    private static func isShown(_ point: Point, point index: Int, _ word: UInt16, _ value: UInt16, by card: PolledCard) -> Bool {
        guard let shown = card.word(point.address) else { return false }
        if let bit = point.bit { return shown >> UInt16(bit) & 1 == value }
        return shown == word &+ UInt16(index)
    }

    /// The card finds in a simulator what its layout says.
    @Test(arguments: ["MASTERYS BC+", "MODULYS XM", "MASTERYS 3/3 UPS"], [1, 3]) func theTopologyIsFound(_ name: String, _ units: Int)
        async throws
    {
        let model = try #require(UPSModel.named(name))
        let layout = try SystemLayout(model, units: units)
        let simulator = UPSSimulator(UPSUnit(model, seed: 7), layout: layout)
        try await PolledCard.polling(DeviceLink(.direct(simulator))) { card async throws in
            #expect(try await eventually { card.isCommunicating })
            #expect(try await eventually { card.record.contents.topology.modules.count == layout.topology.modules.count })
            #expect(card.record.contents.topology.kind == layout.topology.kind)
            #expect(card.record.contents.topology.units == layout.topology.units)
            let slaves = layout.topology.slaves
            #expect(try await eventually { slaves.allSatisfy { card.word(model.map.liveRanges[0].address, unit: $0) != nil } })
            #expect(card.word(model.map.liveRanges[0].address, unit: UInt8(units + 2)) == nil)
        }
    }
}
