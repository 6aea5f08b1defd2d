import Foundation
import NetVision
import PowerDevice
import SNMP
import Testing

@testable import CardAgent

/// What SETs do to a card beside its device: settings, clock, logs.
@Suite struct CardSNMPSettingsTests {
    private static let agent = AgentGroup.netVision7
    private static let older = AgentGroup.netVision6

    private func events(_ card: DirectCard, _ kind: LogKind = .cardEvents) async throws -> [String] {
        await card.card.logs.flush()
        return try await card.card.logs.events(kind).records.map(\.text)
    }

    private func refuses(
        _ card: DirectCard, _ status: ErrorStatus, at index: Int = 1, _ bindings: (OID, SNMPValue)...
    ) async {
        await #expect(throws: SNMPError.errorStatus(status, index: index)) {
            try await card.set(bindings.map { VariableBinding($0.0, $0.1) })
        }
    }

    @Test func aRequestIsOneChangeAndSaysWhoMadeIt() async throws {
        try await withCard(.vuMap()) { card async throws in
            let revision = card.card.settings.revision
            try await card.set([
                VariableBinding(Self.agent.upsAgentPollRate.scalar, .integer(7)),
                VariableBinding(Self.agent.receivers.trapsReceiverAddr.instance(3), .text("192.0.2.9")),
                VariableBinding(Self.older.receivers.receiverNmstype.instance(3), .integer(2)),
            ])
            #expect(card.card.settings.revision == revision + 1)
            #expect(card.card.settings.settings.polling.rate == 7)
            #expect(card.card.settings.settings.trapReceivers.rows[2].kind == .netVision)
            let events = try await events(card)
            for title in ["Polling Rate", "NMS IP address 3", "Trap Type 3"] {
                #expect(events.contains { $0.hasPrefix("\(title) has been changed via SNMP by 127.") }, "\(events)")
            }
        }
    }

    @Test func aBadValueKeepsTheOthersFromBeingSet() async throws {
        try await withCard(.vuMap()) { card async throws in
            let before = card.card.settings.revision
            await refuses(
                card, .wrongValue, at: 2, (Self.agent.upsAgentPollRate.scalar, .integer(7)),
                (Self.agent.upsAgentNtpTimeServer.scalar, .text("no host")))
            await refuses(
                card, .inconsistentValue, at: 2, (Self.agent.upsAgentPollRate.scalar, .integer(7)),
                (Self.agent.upsAgentGateway.scalar, .ipAddress(.init(203, 0, 113, 1))))
            await refuses(card, .wrongValue, (Self.agent.upsAgentSubnetMask.scalar, .ipAddress(.init(255, 0, 255, 0))))
            #expect(card.card.settings.revision == before)
        }
    }

    @Test func theFirewallsPrefixFitsItsAddress() async throws {
        try await withCard(.vuMap()) { card async throws in
            let rules = Self.agent.guests
            await refuses(
                card, .inconsistentValue, at: 2, (rules.address.instance(1), .text("10.0.0.0")), (rules.extent.instance(1), .integer(33)))
            try await card.set([
                VariableBinding(rules.extent.instance(1), .integer(24)), VariableBinding(rules.address.instance(1), .text("10.0.0.0")),
                VariableBinding(rules.mode.instance(1), .integer(2)),
            ])
            #expect(
                card.card.settings.settings.firewall.rules[0]
                    == FirewallRule(address: "10.0.0.0", prefixLength: 24, isAccepting: false))
        }
    }

    /// The settings' folder is gone: nothing can be saved.
    @Test func whatCannotBeSavedHasNotBeenSet() async throws {
        let scratch = try ScratchDirectory()
        try await withFarm(directory: scratch.path) { farm async throws in
            scratch.remove()
            let rate = Self.agent.upsAgentPollRate.scalar
            await #expect(throws: SNMPError.errorStatus(.commitFailed, index: 1)) {
                try await farm.manager.set([VariableBinding(rate, .integer(7))], on: farm.target(community: "private"))
            }
            #expect(try await farm.value(rate) == .integer(2))
        }
    }

    // MARK: - Clock

    @Test func dateAndTimeAreOneMoment() async throws {
        try await withCard(.vuMap()) { card async throws in
            let clock = card.card.clock
            try await card.set([
                VariableBinding(Self.agent.upsAgentTime.scalar, .text("23:59:58")),
                VariableBinding(Self.agent.upsAgentDate.scalar, .text("28/02/2028")),
            ])
            let shown = clock.localNow
            #expect((shown.year, shown.month) == (2028, 2))
            #expect(shown.day == 28 && shown.hour == 23 || shown.day == 29 && shown.hour == 0)
            #expect(try await card.value(Self.older.upsAgentDate.scalar) == .text(clock.localNow.dateText))
            // One of them alone leaves the other.
            try await card.set(Self.older.upsAgentDate.scalar, .text("15/06/2031"))
            #expect((clock.localNow.year, clock.localNow.month) == (2031, 6))
        }
    }

    static let noMoments: [(OID, String, ErrorStatus)] = [
        (agent.upsAgentDate.scalar, "31/04/2027", .wrongValue), (agent.upsAgentDate.scalar, "29/02/2027", .wrongValue),
        (agent.upsAgentDate.scalar, "01/01/1999", .wrongValue), (agent.upsAgentDate.scalar, "01-01-2027", .wrongValue),
        (agent.upsAgentDate.scalar, "1/1/2027", .wrongLength), (agent.upsAgentTime.scalar, "24:00:00", .wrongValue),
        (agent.upsAgentTime.scalar, "12:00:60", .wrongValue), (agent.upsAgentTime.scalar, "12:00", .wrongLength),
        (older.upsAgentTime.scalar, "aa:bb:cc", .wrongValue),
    ]

    @Test func whatIsNoMomentIsRefused() async throws {
        try await withCard(.vuMap()) { card async throws in
            let before = card.card.clock.now
            for (name, text, status) in Self.noMoments { await refuses(card, status, (name, .text(text))) }
            await refuses(
                card, .wrongValue, at: 2, (Self.agent.upsAgentTime.scalar, .text("10:00:00")),
                (Self.agent.upsAgentDate.scalar, .text("30/02/2027")))
            #expect(abs(card.card.clock.now - before) < 60)
        }
    }

    // MARK: - Logs

    @Test func aLogIsCleared() async throws {
        try await withCard(.vuMap()) { card async throws in
            card.card.logs.append(.warning, "A breaker", at: 1, to: .deviceEvents)
            #expect(try await events(card, .deviceEvents).contains("A breaker"))
            try await card.set(Self.agent.upsAgentClearEventLog.scalar, .integer(2))
            #expect(try await events(card, .deviceEvents).contains("A breaker"))
            try await card.set(Self.older.upsAgentClearEventLog.scalar, .integer(1))
            #expect(try await !events(card, .deviceEvents).contains("A breaker"))
            #expect(try await card.value(Self.older.upsAgentClearEventLog.scalar) == .integer(2))
        }
    }

    // MARK: - Branches

    @Test func theOlderBranchCanBeSwitchedOff() async throws {
        try await withCard(.vuMap()) { card async throws in
            let name = Self.older.upsAgentMibVersion.scalar
            #expect(try await card.value(name) == .integer(620))
            let isChanged = card.card.settings.change { $0.snmp.servesOldBranch = false }
            #expect(isChanged)
            #expect(try await card.value(name) == .noSuchObject)
            #expect(try await card.value(Self.agent.upsAgentMibVersion.scalar) == .integer(811))
            await refuses(card, .notWritable, (Self.older.upsAgentPollRate.scalar, .integer(9)))
        }
    }

    /// RFC 1212 §4.1.6: the text's length, and its octets.
    @Test func theOlderBranchNamesItsEvents() async throws {
        let column = ControlGroup.netVision6.events.upsControlDelay.oid
        let index: [UInt32] = [9, 79, 110, 32, 66, 121, 112, 97, 115, 115]
        try await withCard(.vuMap()) { card async throws in
            try await card.set(column.appending(index), .integer(17))
            #expect(card.card.settings.settings.values["shutdown-on-bypass.warning-period"] == .number(17))
            #expect(try await card.value(ControlGroup.netVision7.events.upsControlDelay.instance(7)) == .integer(17))
            #expect(try await card.value(ControlGroup.netVision6.events.event.oid.appending(index)) == .text("On Bypass"))
        }
    }

    @Test func bothGroupsOfTestsAreOne() async throws {
        try await withCard(.vuMap()) { card async throws in
            let lock = OlderTestGroup.upsTestSpinLock.scalar
            try await card.set(StandardObjectTypes.upsTestSpinLock.scalar, .integer(0))
            #expect(try await card.value(lock) == .integer(1))
            await refuses(card, .inconsistentValue, (lock, .integer(0)))
            #expect(try await card.value(OlderTestGroup.upsTestResultsSummary.scalar) == .integer(1))
            #expect(try await card.value(OlderTestGroup.names[0].scalar) == .integer(1))
            await refuses(
                card, .wrongValue, (OlderTestGroup.upsTestId.scalar, .objectIdentifier(MIBModule.rfc1628.object("7.7.4"))))
            await refuses(
                card, .inconsistentValue,
                (OlderTestGroup.upsTestId.scalar, .objectIdentifier(OlderTestGroup.wellKnownTests.appending(5))))
        }
    }
}
