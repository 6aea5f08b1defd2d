import FoundationEssentials
import NetVision
import PowerDevice
import SNMP

extension DirectLAN {
    /// What a card says about its UPS now; nil if it does not answer SNMP.
    func state(of card: FoundCard) async throws -> DeviceState? {
        guard let identity = card.identity, let way = card.way else { return nil }
        let target = try target(card.address, way)
        do {
            let plan = try await reader.plan(for: identity, at: target)
            return try await reader.read(.all, of: identity, by: plan, at: target).state
        } catch is SNMPError {
            return nil
        }
    }

    /// The cards as a list shows them, each asked now.
    func records(of cards: [FoundCard]) async throws -> [CardRecord] {
        try await cards.mapConcurrently(limit: CardSearch.concurrency) { card in
            card.record(try await state(of: card), at: Elapsed.rfc3339(Date()))
        }
    }

    /// A card with all that it tells.
    func document(of card: FoundCard) async throws -> CardDocument {
        let state = try await state(of: card)
        let time = Elapsed.rfc3339(Date())
        return CardDocument(
            card: card.record(state, at: time), at: state == nil ? nil : time, readings: state?.values ?? [:],
            alarms: state?.alarmRecords)
    }
}

extension DirectLAN {
    /// Gives a card an order by the LAN protocol. Throws `CommandFailure` with what to do about it.
    @discardableResult
    func order(_ order: LANRequest.Order, _ card: FoundCard, password: String?) async throws -> LANResult {
        guard card.generation == .cardAgent, let mac = card.hardwareAddress else {
            throw CommandFailure(
                .failed,
                "The card at \(card.address) is a \(card.generation.rawValue): only CardAgent takes orders over the LAN. Use the card's own web pages."
            )
        }
        do {
            return try await protocols.lan.order(order, card: mac, at: card.address, password: password ?? mac.firstPassword)
        } catch let error as LANError {
            throw Self.failure(error, card)
        }
    }

    static func failure(_ error: LANError, _ card: FoundCard) -> CommandFailure {
        switch error {
        case .noAnswer: CommandFailure(.unreachable, "The card at \(card.address) does not answer.")
        case .socket: CommandFailure(.unreachable, error.description)
        case .refused(let result) where result.code == .notAuthentic:
            CommandFailure(
                .refused,
                "The card at \(card.address) refuses the password. "
                    + "Give the right one by --ask-password, --password-stdin or NVEXPLORER_CARD_PASSWORD.")
        case .refused(let result) where result.code == .lockedOut:
            CommandFailure(.refused, "The card at \(card.address) has had too many wrong passwords. Try again in \(result.seconds) s.")
        case .refused(let result) where result.code == .passwordChangeRequired:
            CommandFailure(
                .refused,
                "The card at \(card.address) wants another password first: it has its first one, or one that is too old. "
                    + "Set one: nvexplorer passwd --direct \(card.address)")
        case .refused: CommandFailure(.failed, "The card at \(card.address) refuses: \(error)")
        }
    }
}
