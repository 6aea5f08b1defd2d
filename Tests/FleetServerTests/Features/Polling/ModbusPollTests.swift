import Crypto
import FoundationEssentials
import Modbus
import NIOCore
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import FleetServer

/// What one poll by Modbus makes of what the card answers.
struct ModbusPollTests {
    /// Answers every request alike.
    private struct Refusing: RegisterSource {
        let error: ModbusError

        func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] { throw error }
    }

    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func poll(_ error: ModbusError) async throws -> CardPoll.Outcome {
        let now = now
        let cards = CardStore(database: try FleetDatabase.forTests(), secrets: SecretBox(key: SymmetricKey(size: .bits256)))
        let identity = CardIdentity(generation: .netVision8, serial: "P1")
        var card = try await cards.enroll(CardFinding(address: "10.0.0.1", identity: identity, access: .standard), now: now).card
        card.protocol = .modbus
        let poll = CardPoll(
            reader: CardReader(SNMPClient(logger: PolledFleet.logger)), modbus: { _ in ModbusCardReader(Refusing(error: error)) },
            cards: cards, now: { now })
        let target = SNMPTarget(try SocketAddress(ipAddress: "10.0.0.1", port: 161), credentials: .v2c("public"))
        var member = PollRoster.Member(order: PollOrder(card: card, target: target, timing: PollTiming(.standard)))
        return await poll.read(&member, at: 0)
    }

    @Test func aCardWhoseUPSIsSilentAnswersAlsoBeforeItsMapIsKnown() async throws {
        guard case .answered(let state, .status) = try await poll(.exception(.gatewayTargetFailedToRespond)) else {
            Issue.record("the card is taken for unreachable")
            return
        }
        #expect(!state.isCommunicating && state.alarms == [.communicationLost])
    }

    @Test(arguments: [LinkFailure.superseded, .closed]) func aLinkThatTheServerGivesUpSaysNothingOfTheCard(failure: LinkFailure)
        async throws
    {
        guard case .cancelled = try await poll(.linkFailed(failure)) else {
            Issue.record("the card is taken for unreachable")
            return
        }
    }
}
