import NIOCore
import Testing

@testable import SNMP

/// v3 traps: the sender is the authority.
struct SecureTrapReceiverTests {
    private let card = NotifyingCard()
    private let strong: USMUser
    private let signing: USMUser
    private let plain: USMUser

    init() throws {
        strong = try NotifyingCard.strong.get()
        signing = try NotifyingCard.signing.get()
        plain = try NotifyingCard.plain.get()
    }

    private func receiver(_ limits: TrapReceiver.Limits = .init()) -> TrapReceiver {
        .forTests(users: [strong, signing, plain], limits: limits)
    }

    @Test func deliversTrapsOfAllLevelsFromAnEngineThatNobodyHasListed() {
        var receiver = receiver()
        for user in [strong, signing, plain] { #expect(receiver.received(card.message(user)) == card.received(user)) }
        #expect(receiver.statistics.delivered == 3)
        #expect(receiver.statistics.engines == 1)
    }

    @Test func refusesWhomItDoesNotKnow() throws {
        var receiver = receiver()
        let stranger = try USMUser(name: "stranger", authentication: (.sha1, "authpassword"))
        let wrong = try USMUser(name: "signing", authentication: (.sha1, "wrongpassword"))
        let blind = try USMUser(name: "strong", authentication: (.sha256, "authpassword"), privacy: (.aes128, "wrongpassword"))
        #expect(receiver.received(card.message(stranger)) == .drop(.unknownUser))
        #expect(receiver.received(card.message(wrong)) == .drop(.wrongDigest))
        #expect(receiver.statistics.engines == 0)
        #expect(receiver.received(card.message(blind)) == .drop(.decryption))
        // Known by now, and still refused.
        #expect(receiver.received(card.message(wrong)) == .drop(.wrongDigest))
        #expect(receiver.statistics.drops == [.unknownUser: 1, .wrongDigest: 2, .decryption: 1])
    }

    @Test func refusesAUserWhoSpeaksAtAnotherLevel() throws {
        var receiver = receiver()
        #expect(receiver.received(card.message(strong, level: .authNoPriv)) == .drop(.unsupportedSecurityLevel))
        #expect(receiver.received(card.message(strong, level: .noAuthNoPriv)) == .drop(.unsupportedSecurityLevel))
        let more = try USMUser(name: "plain", authentication: (.sha1, "authpassword"))
        #expect(receiver.received(card.message(more)) == .drop(.unsupportedSecurityLevel))
    }

    @Test func followsTheSendersClock() {
        var receiver = receiver()
        #expect(receiver.received(card.message(signing, later: 0)) == card.received(signing))
        // Reordered on the way, and old, but within the window.
        #expect(receiver.received(card.message(signing, later: -150)) == card.received(signing))
        #expect(receiver.received(card.message(signing, later: -151)) == .drop(.notInTimeWindow))
        // What was fresh is a replay ten minutes later.
        #expect(receiver.received(card.message(signing, later: 0), at: .minutes(10)) == .drop(.notInTimeWindow))
        #expect(receiver.received(card.message(signing, later: 600), at: .minutes(10)) == card.received(signing))
    }

    @Test func aClockThatJumpsAheadIsFollowedAndItsPastIsOver() {
        var receiver = receiver()
        _ = receiver.received(card.message(signing))
        #expect(receiver.received(card.message(signing, later: 1_000_000)) == card.received(signing))
        #expect(receiver.received(card.message(signing, later: 1)) == .drop(.notInTimeWindow))
        var restarted = card
        restarted.boots += 1
        restarted.time = 0
        #expect(receiver.received(restarted.message(signing)) == card.received(signing))
        #expect(receiver.received(card.message(signing, later: 2_000_000)) == .drop(.notInTimeWindow))
    }

    @Test func ourOwnClockMayGoBackwards() {
        var receiver = receiver()
        _ = receiver.received(card.message(signing), at: .hours(1))
        #expect(receiver.received(card.message(signing, later: 5), at: .zero) == card.received(signing))
    }

    @Test func anEngineAtTheEndOfItsBootsIsNotBelieved() {
        var receiver = receiver()
        var card = card
        card.boots = .max
        #expect(receiver.received(card.message(signing)) == .drop(.notInTimeWindow))
    }

    @Test func oneEngineAtTwoAddressesIsNoticed() {
        var receiver = receiver()
        let other = PeerAddress(ipv4: 0x0A00_0006, port: 40_000)
        let otherPort = PeerAddress(ipv4: 0x0A00_0005, port: 50_000)
        _ = receiver.received(card.message(signing))
        #expect(receiver.received(card.message(signing, later: 1), from: otherPort) == card.received(signing, from: otherPort))
        #expect(receiver.statistics.engineConflicts == 0)
        #expect(receiver.received(card.message(signing, later: 2), from: other) == card.received(signing, from: other))
        #expect(receiver.statistics.engineConflicts == 1)
        #expect(receiver.senders.conflicts.hosts[card.id]?.map(\.low) == [otherPort.low, other.low])
    }

    @Test func aCardThatStartsAgainAtAnotherAddressHasMoved() {
        var receiver = receiver()
        let other = PeerAddress(ipv4: 0x0A00_0006, port: 40_000)
        var moved = card
        moved.boots += 1
        _ = receiver.received(card.message(signing))
        #expect(receiver.received(moved.message(signing), from: other) == card.received(signing, from: other))
        #expect(receiver.statistics.engineConflicts == 0)
        // Unless the first one goes on.
        #expect(receiver.received(card.message(signing, later: 1)) == .drop(.notInTimeWindow))
        #expect(receiver.statistics.engineConflicts == 1)
    }

    @Test func forgedEnginesLeaveNothingBehindAndAreLimited() throws {
        var receiver = receiver(.init(engines: 100, unknownEngineRate: 10, unknownEngineBurst: 50))
        let forger = try USMUser(name: "signing", authentication: (.sha1, "wrongpassword"))
        _ = receiver.received(card.message(signing))
        for number in 2...500 { _ = receiver.received(NotifyingCard(number).message(forger)) }
        #expect(receiver.statistics.engines == 1)
        #expect(receiver.statistics.drops == [.wrongDigest: 49, .rateLimited: 450])
        // Whoever is known is not concerned; a new one has to wait.
        #expect(receiver.received(card.message(signing, later: 1)) == card.received(signing))
        let new = NotifyingCard(1000)
        #expect(receiver.received(new.message(signing)) == .drop(.rateLimited))
        #expect(receiver.received(new.message(signing), at: .seconds(1)) == new.received(signing))
    }

    @Test func thousandsOfEnginesAreKeptApart() {
        var receiver = receiver()
        for number in 1...3000 {
            let card = NotifyingCard(number)
            #expect(receiver.received(card.message(signing)) == card.received(signing))
        }
        #expect(receiver.statistics.engines == 3000)
        #expect(receiver.received(NotifyingCard(5).message(signing, later: -151)) == .drop(.notInTimeWindow))
    }

    @Test func theEngineThatWasSilentLongestMakesRoom() {
        var receiver = receiver(.init(engines: 3))
        for number in [1, 2, 3, 1, 4] { _ = receiver.received(NotifyingCard(number).message(signing)) }
        #expect(receiver.statistics.engines == 3)
        // The first is still known, the second is not.
        #expect(receiver.received(NotifyingCard(1).message(signing, later: -151)) == .drop(.notInTimeWindow))
        let second = NotifyingCard(2)
        #expect(receiver.received(second.message(signing, later: -151)) == second.received(signing))
    }

    @Test func newUsersCountFromTheNextMessage() throws {
        var receiver = receiver()
        _ = receiver.received(card.message(signing))
        let changed = try USMUser(name: "signing", authentication: (.sha1, "newpassword"))
        receiver.replaceUsers([changed])
        #expect(receiver.received(card.message(signing, later: 1)) == .drop(.wrongDigest))
        #expect(receiver.received(card.message(changed, later: 1)) == card.received(changed))
        // The clock is that of before.
        #expect(receiver.received(card.message(changed, later: -151)) == .drop(.notInTimeWindow))
        #expect(receiver.received(card.message(strong, later: 1)) == .drop(.unknownUser))
    }

    @Test func dropsWhatIsNoTrap() {
        var receiver = receiver()
        for kind in [PDU.Kind.get, .set, .response, .report, .inform] {
            #expect(receiver.received(card.message(signing, kind)) == .drop(.notANotification))
        }
    }

    @Test func deliversNothingThatNobodyHasRoomFor() {
        var receiver = receiver()
        #expect(receiver.received(card.message(signing), hasRoom: false) == .drop(.queueFull))
    }

    @Test func everyPrefixAndEveryMutatedOctetIsDropped() {
        for user in [strong, signing] {
            var receiver = receiver(.init(unknownEngineBurst: 1_000_000))
            let fixture = card.message(user)
            for length in fixture.indices { #expect(receiver.received(Array(fixture[..<length])) == .drop(.malformed)) }
            for position in fixture.indices {
                for octet in UInt8.min...UInt8.max where octet != fixture[position] {
                    var mutated = fixture
                    mutated[position] = octet
                    // A flag may ask for a report, nothing else may get an answer.
                    if case .deliver = receiver.received(mutated) { Issue.record("octet \(position) as \(octet) is taken") }
                }
            }
            #expect(receiver.received(fixture) == card.received(user))
        }
    }
}
