import FoundationEssentials
import Modbus
import NetVision
import PowerDevice
import SNMP

/// Reads one card once, by SNMP or Modbus, and says what came of it. What it learns on the way goes into the roster's member.
struct CardPoll: Sendable {
    enum Outcome: Sendable {
        case answered(DeviceState, ReadPlan.Scope)
        /// - Parameter isLoss: nothing came back, which the network may be the reason for.
        case silent(String, isLoss: Bool)
        /// Another card, or something that is no card, answers at the address.
        case stranger(CardIdentity?, String)
        /// The card was in the inventory twice, and is not any more.
        case merged
        case cancelled
    }

    let reader: CardReader
    /// How a card is read by its registers.
    let modbus: @Sendable (Card) -> ModbusCardReader
    let cards: CardStore
    /// Whether anybody wants to know what the cards' clocks show.
    var asksClocks: @Sendable () -> Bool = { false }
    let now: @Sendable () -> Date

    /// - Parameter start: seconds of the monotonic clock.
    func read(_ member: inout PollRoster.Member, at start: Double) async -> Outcome {
        do {
            if member.card.protocol == .modbus { return try await readByModbus(&member, at: start) }
            member.order.target.apply(member.patience)
            return try await readBySNMP(&member, at: start)
        } catch is CancellationError {
            return .cancelled
        } catch SNMPError.closed {
            return .cancelled
        } catch ModbusError.cancelled, ModbusError.linkFailed(.closed), ModbusError.linkFailed(.superseded) {
            // That says nothing of the card.
            return .cancelled
        } catch let error as ModbusError {
            return .silent(error.sentence, isLoss: false)
        } catch {
            return .silent(PollProblem.sentence(error, member.order.target), isLoss: PollProblem.isLoss(error))
        }
    }

    /// - Parameter isAgain: the card was found to be itself after an answer that did not show it.
    private func readBySNMP(_ member: inout PollRoster.Member, at start: Double, isAgain: Bool = false) async throws -> Outcome {
        if !member.hasPlan(reader) || start >= member.identityDue || member.monitor.failures > 1 {
            if let stranger = try await checkIdentity(&member, at: start) { return stranger }
        }
        guard let plan = member.plan else { return .cancelled }
        let scope = member.scope(at: start)
        let reading = try await reader.read(scope, of: member.card.identity, by: plan, at: member.order.target)
        if let stranger = reading.stranger {
            member.plan = nil
            let found = try? await reader.identify(member.order.target, profile: member.card.profile)
            // It is the card after all, and tells its identity elsewhere now, as after a restart.
            if !isAgain, let found, member.card.isProven(by: found) { return try await readBySNMP(&member, at: start, isAgain: true) }
            return outcome(of: stranger, found, member.card)
        }
        member.plan = reading.isOutdated ? nil : reading.plan
        member.wasRead(scope, at: start)
        if start >= member.clockDue, asksClocks() { await lookAtClock(&member, at: start) }
        // Its device may have been away when the plan was made.
        if OperatingStatus(reading.state) == .unknown {
            member.identityDue = min(member.identityDue, start + member.order.timing.fullSeconds)
        }
        return .answered(reading.state, scope)
    }

    /// A card that does not tell its time is no worse for it.
    private func lookAtClock(_ member: inout PollRoster.Member, at start: Double) async {
        member.clockDue = start + PollRoster.clockInterval
        let asked = now()
        guard let reading = try? await reader.clock(of: member.card.identity, at: member.order.target) else { return }
        // It read its clock while the request was on its way.
        let skew = reading.skew(at: (asked.timeIntervalSince1970 + now().timeIntervalSince1970) / 2)
        member.clock = PollRoster.ClockLook(skew: skew, at: start)
    }

    /// Who it is that answered in place of the card, as far as it can be told.
    private func outcome(of stranger: CardStranger, _ found: CardIdentity?, _ card: Card) -> Outcome {
        if let found, let difference = card.difference(to: found) { return .stranger(found, Self.otherCard(card, difference)) }
        let name = [stranger.mac.map { "MAC \($0)" }, stranger.serial.map { "serial number \($0)" }].compactMap(\.self).first
        return .stranger(nil, Self.otherCard(card, name ?? "it does not say what this card says of itself"))
    }

    /// Asks the card who it is. Not nil if it is another card than the inventory's: its answers are not recorded.
    private func checkIdentity(_ member: inout PollRoster.Member, at start: Double) async throws -> Outcome? {
        let target = member.order.target
        guard let identity = try await reader.identify(target, profile: member.card.profile) else {
            return .stranger(nil, "What answers at \(member.card.address) is no card of a UPS or a transfer switch.")
        }
        if let difference = member.card.difference(to: identity) {
            return .stranger(identity, Self.otherCard(member.card, difference))
        }
        guard try await refresh(&member, with: identity) else { return .merged }
        member.identityDue = start + PollRoster.identityInterval
        // What went unanswered when the last plan was made may be answered by now.
        member.plan = try await reader.plan(for: member.card.identity, at: target, profile: member.card.profile)
        member.fullDue = 0
        return nil
    }

    /// Takes over what the card says of itself. False if that tells that it is another card of the inventory, which was listed by its address
    /// only.
    func refresh(_ member: inout PollRoster.Member, with identity: CardIdentity) async throws -> Bool {
        guard member.card.isOutdated(by: identity) else { return true }
        let finding = CardFinding(address: member.card.address, identity: identity, access: nil)
        let card = try await cards.refresh(member.card.id, with: finding, now: now())
        guard card.id == member.card.id else { return false }
        member.order.card = card
        return true
    }

    static func otherCard(_ card: Card, _ difference: String) -> String {
        "Another card answers at \(card.address): \(difference)."
    }
}

extension PollRoster.Member {
    func hasPlan(_ reader: CardReader) -> Bool {
        plan.map { $0.kind == card.kind && reader.isCurrent($0) } ?? false
    }

    /// All points when they are due, and while somebody looks at the card.
    func scope(at start: Double) -> ReadPlan.Scope {
        start + 0.01 >= fullDue || start < attendedUntil ? .all : .status
    }

    mutating func wasRead(_ scope: ReadPlan.Scope, at start: Double) {
        guard scope == .all else { return }
        fullAt = start
        fullDue = PollTiming.next(of: card.id, each: order.timing.fullSeconds, after: start)
    }

    /// A card that has been silent for long is asked less.
    var patience: PollPatience {
        let tally = journal?.tally ?? RequestTally()
        return monitor.failures > 1 ? .probe(tally, afterFailures: monitor.failures) : PollPatience(tally)
    }
}

extension SNMPTarget {
    fileprivate mutating func apply(_ patience: PollPatience) {
        timeout = .milliseconds(Int64(patience.timeout * 1000))
        retries = patience.attempts - 1
    }
}
