import FoundationEssentials
import Modbus
import NIOCore
import NetVision
import PowerDevice
import Testing

@testable import FleetServer

struct ArbiterPoolTests {
    private func card(at address: String) -> Card {
        Card(
            id: 1, name: "Rack", mac: nil, serial: "P1", address: address, generation: .netVision8, kind: .ups, model: nil, firmware: nil,
            agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c, createdAt: Date(timeIntervalSince1970: 0))
    }

    /// Nobody runs the pool: what is asked waits.
    @Test func whoWaitsAtAnOldAddressIsToldThatTheCardHasMoved() async throws {
        let pool = ArbiterPool(portOffset: 0)
        let range = try #require(ReadRegistersRequest(address: 0, count: 1))
        let (answers, answered) = AsyncStream.makeStream(of: Result<ArbiterAnswer, ModbusError>.self)
        pool.arbiter(of: card(at: "10.0.0.1")).submit(
            .readHoldingRegisters(range), unit: 1, of: .next(), maxAge: .zero
        ) { answered.yield($0) }
        _ = pool.arbiter(of: card(at: "10.0.0.2"))
        for await answer in answers {
            #expect(answer == .failure(.linkFailed(.superseded)))
            break
        }
        #expect(LinkFailure.superseded.sentence.contains("address"))
    }
}
