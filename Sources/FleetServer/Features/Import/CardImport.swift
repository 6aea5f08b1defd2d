import FoundationEssentials
import NetVision
import PowerDevice

/// Brings listed cards into the inventory: what the file says of a card is true, what it leaves out stays. The same file again changes
/// nothing.
struct CardImport: Sendable {
    enum Action: String, Codable, Sendable, CaseIterable { case added, updated, unchanged, refused }

    struct Item: Encodable, Sendable, Equatable {
        let line: Int
        @Nullable var address: String?
        let action: Action
        @Nullable var card: Int64?
        @Nullable var error: String?

        static func == (one: Item, other: Item) -> Bool {
            one.line == other.line && one.address == other.address && one.action == other.action && one.card == other.card
                && one.error == other.error
        }
    }

    let cards: CardStore
    let profiles: ProfileLibrary
    let now: @Sendable () -> Date

    /// All entries in one transaction; a wrong one is refused, and the others count.
    ///
    /// - Parameter isRehearsal: nothing is stored. Cards that would be added have no key then.
    func run(_ file: CardFile, isRehearsal: Bool) async throws -> [Item] {
        var keys = CardFileKeys()
        var orders: [(CardFile.Entry, Result<CardFileOrder, CardFileRefusal>)] = []
        var seen = CardFileDuplicates()
        for entry in file.entries {
            let order = await CardFileOrder.make(entry, profiles, &keys, &seen)
            orders.append((entry, order))
        }
        let (work, at, secrets) = (orders, now(), cards.secrets)
        do {
            return try await cards.database.write { transaction in
                let items = try work.map { entry, order in
                    switch order {
                    case .failure(let refusal):
                        Item(line: entry.line, action: .refused, address: entry[.address], error: refusal.reason)
                    case .success(let order): try Self.apply(order, isRehearsal, at, transaction, secrets)
                    }
                }
                if isRehearsal { throw Rehearsed(items: items) }
                return items
            }
        } catch let rehearsed as Rehearsed {
            return rehearsed.items
        }
    }

    /// Rolls a rehearsal's transaction back.
    private struct Rehearsed: Error { let items: [Item] }

    private static func apply(
        _ order: CardFileOrder, _ isRehearsal: Bool, _ at: Date, _ transaction: SQLTransaction, _ secrets: SecretBox
    ) throws -> Item {
        func item(_ action: Action, _ card: Int64?, _ error: String? = nil) -> Item {
            Item(line: order.line, action: action, address: order.address, card: card, error: error)
        }
        let verdict = try verdict(order, at, transaction)
        if case .double(let id) = verdict { return item(.refused, id, try double(of: id, order, transaction)) }
        guard case .card(let id, let duplicate) = verdict else {
            guard let address = order.address else { return item(.refused, nil, "An address is needed: no such card is in the inventory.") }
            if order.access == nil, order.isSecretVersion { return item(.refused, nil, "Version 3 needs a user.") }
            let card = try CardStore.add(order.finding(at: address), now: at, transaction, secrets)
            try order.dress(card, isNew: true, now: at, transaction, secrets)
            return item(.added, isRehearsal ? nil : card.id)
        }
        let before = try state(id, transaction, secrets)
        if order.access == nil, order.isSecretVersion, before.card.snmpVersion != .v3 {
            return item(.refused, id, "Version 3 needs a user.")
        }
        if let duplicate { try CardStore.absorb(duplicate, into: id, now: at, transaction, secrets) }
        try transaction.execute("UPDATE card SET retired_at = NULL WHERE id = ?", [.integer(id)])
        try order.dress(before.card, isNew: false, now: at, transaction, secrets)
        return item(try state(id, transaction, secrets) == before ? .unchanged : .updated, id)
    }

    /// Why an entry that carries the identity of a card can't be that card.
    private static func double(of id: Int64, _ order: CardFileOrder, _ transaction: SQLTransaction) throws -> String {
        let card = try CardStore.card(id, transaction)
        let answer = "is card \(id), \(card.name), which answers at \(card.address)"
        guard let mac = order.mac, card.mac == mac else { return "The serial number \(card.serial ?? "") \(answer) as another device." }
        return "The MAC \(mac) \(answer) with the serial number \(card.serial ?? "")."
    }

    /// By what the entry tells of the card; an entry without an address by that of the card.
    private static func verdict(
        _ order: CardFileOrder, _ at: Date, _ transaction: SQLTransaction
    ) throws -> CardMatch.Verdict {
        try CardStore.verdict(order.finding(at: order.address ?? ""), now: at, transaction)
    }

    private struct State: Equatable {
        let card: Card
        let credentials: CardCredentials?
        let isRetired: Bool
    }

    private static func state(_ id: Int64, _ transaction: SQLTransaction, _ secrets: SecretBox) throws -> State {
        let row = try transaction.row("SELECT retired_at FROM card WHERE id = ?", [.integer(id)])
        return State(
            card: try CardStore.card(id, transaction), credentials: try CardStore.own(id, transaction, secrets),
            isRetired: row?.integer("retired_at") != nil)
    }
}

extension CardImport.Item {
    init(line: Int, action: CardImport.Action, address: String?, card: Int64? = nil, error: String? = nil) {
        self.line = line
        self.action = action
        self.address = address
        self.card = card
        self.error = error
    }
}
