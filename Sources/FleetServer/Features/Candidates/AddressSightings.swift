import FoundationEssentials

/// Who was seen at which address, as far as it tells whether two cards have the same one. Pure.
///
/// Two cards conflict when both announced themselves at an address within one search, or when the answers there alternate between them:
/// the one, the other, and the one again. It ends when one of them is seen elsewhere, or has stayed away for ten minutes.
struct AddressSightings: Sendable {
    /// Seconds for which it counts that a card was seen.
    static let memory = 600.0
    /// Seconds in which two announcements belong together, where no search binds them.
    static let moment = 5.0
    /// Seconds until a conflict is told: cards that change their addresses are seen at the new ones meanwhile.
    static let patience = 3.0
    /// Sightings that are kept of an address, and addresses.
    static let depth = 8
    static let maximumAddresses = 20_000

    struct Conflict: Sendable, Hashable {
        let address: String
        /// What the cards are known by, in alphabetical order.
        let cards: [String]
    }

    private struct Seen: Sendable {
        let card: String
        let at: Date
        /// It said itself that this is its address.
        var isAnnounced: Bool
        let search: Int64?
    }

    private var addresses: [String: [Seen]] = [:]
    private var places: [String: String] = [:]
    private var begun: [Conflict: Date] = [:]
    private var lastLook = Date.distantPast

    /// The card was seen at an address: it is nowhere else.
    mutating func saw(_ card: String, at address: String, on date: Date, isAnnounced: Bool = false, search: Int64? = nil) {
        if let place = places[card], place != address {
            guard addresses[place]?.contains(where: { $0.card == card && $0.at > date }) != true else { return }
            forget(card, at: place)
        }
        if places.count >= Self.maximumAddresses { prune(date) }
        places[card] = address
        var seen = addresses[address] ?? []
        // What is told late was perhaps told already.
        guard !seen.contains(where: { $0.card == card && $0.at >= date }) else { return }
        var sighting = Seen(card: card, at: date, isAnnounced: isAnnounced, search: search)
        let place = seen.firstIndex { $0.at > date } ?? seen.count
        seen.insert(sighting, at: place)
        // The same one again is one sighting, of the later time.
        if place > 0, seen[place - 1].card == card {
            if seen[place - 1].search == search, seen[place - 1].isAnnounced { sighting.isAnnounced = true }
            seen[place] = sighting
            seen.remove(at: place - 1)
        }
        addresses[address] = seen.suffix(Self.depth)
        for conflict in conflicts(at: address) where begun[conflict] == nil { begun[conflict] = date }
    }

    /// The conflicts that are told at this time.
    mutating func current(_ now: Date) -> Set<Conflict> {
        // The clock was set back: what was seen can't be compared with what will be.
        if now < lastLook { self = AddressSightings() }
        lastLook = now
        for conflict in begun.keys where !isPresent(conflict, now) { begun[conflict] = nil }
        return Set(begun.filter { now.timeIntervalSince($0.value) >= Self.patience }.keys)
    }

    private func isPresent(_ conflict: Conflict, _ now: Date) -> Bool {
        conflict.cards.allSatisfy { card in
            places[card] == conflict.address
                && addresses[conflict.address]?.contains { $0.card == card && now.timeIntervalSince($0.at) < Self.memory } ?? false
        }
    }

    private func conflicts(at address: String) -> [Conflict] {
        guard let seen = addresses[address], let last = seen.last else { return [] }
        var others: Set<String> = []
        for earlier in seen.dropLast() where earlier.card != last.card && last.at.timeIntervalSince(earlier.at) < Self.memory {
            if places[earlier.card] != address { continue }
            if isTogether(earlier, last) || isAgain(last, after: earlier, in: seen) { others.insert(earlier.card) }
        }
        return others.map { Conflict(address: address, cards: [$0, last.card].sorted()) }
    }

    private func isTogether(_ one: Seen, _ other: Seen) -> Bool {
        guard one.isAnnounced, other.isAnnounced else { return false }
        if let search = one.search { return search == other.search }
        return other.at.timeIntervalSince(one.at) < Self.moment
    }

    /// The card was there before the other one too.
    private func isAgain(_ card: Seen, after other: Seen, in seen: [Seen]) -> Bool {
        seen.contains { $0.card == card.card && $0.at < other.at && card.at.timeIntervalSince($0.at) < Self.memory }
    }

    private mutating func forget(_ card: String, at address: String) {
        addresses[address]?.removeAll { $0.card == card }
        if addresses[address]?.isEmpty == true { addresses[address] = nil }
    }

    private mutating func prune(_ now: Date) {
        for (address, seen) in addresses {
            let fresh = seen.filter { now.timeIntervalSince($0.at) < Self.memory }
            addresses[address] = fresh.isEmpty ? nil : fresh
            for old in seen where !fresh.contains(where: { $0.card == old.card }) { places[old.card] = nil }
        }
        if places.count >= Self.maximumAddresses { self = AddressSightings() }
    }
}
