import NetVision

/// Which card of the inventory a finding is. Pure.
///
/// A card is its MAC; else the serial number that it tells; else the SNMP engine that answers; else, when it tells nothing of itself, its
/// address.
struct CardMatch: Sendable {
    /// What the inventory knows of a card that a finding may be.
    struct Entry: Sendable, Equatable {
        let id: Int64
        var mac: String?
        var serial: String?
        var engine: String?
        var address: String
        var generation: CardGeneration
        var model: String?
        var isRetired = false
        /// Whether it has answered at all, ever.
        var hasAnswered = false
        /// Whether it has answered at its address lately.
        var isAnswering = false

        /// Nothing tells it from others of its model but its engine.
        var isForeign: Bool { mac == nil && serial == nil }

        /// Nothing is known of it but its address.
        var isNameless: Bool { mac == nil && serial == nil && engine == nil }
    }

    enum Verdict: Sendable, Equatable {
        /// It is this card. `absorbing` was listed by its address alone, and turns out to be the same one.
        case card(Int64, absorbing: Int64?)
        /// It carries the identity of this card, which answers somewhere else as another: one of the two has a cloned MAC or serial number.
        case double(of: Int64)
        case unknown
    }

    let finding: CardFinding
    /// The cards that share MAC, serial number, engine or address with the finding.
    let entries: [Entry]

    private var mac: String? { finding.identity.mac }
    private var serial: String? { finding.identity.tellingSerial }
    private var engine: String? { mac == nil && serial == nil ? finding.identity.engine : nil }

    var verdict: Verdict {
        if let mac, let entry = entries.first(where: { $0.mac == mac }) { return verdict(byMAC: entry) }
        if let serial, let entry = card(withSerial: serial) { return verdict(bySerial: entry) }
        if let engine, let entry = card(withEngine: engine) { return .card(entry.id, absorbing: placeholder(besides: entry.id)) }
        if let entry = nameless ?? atAddress { return .card(entry.id, absorbing: nil) }
        return .unknown
    }

    /// A card with another UPS has changed its place, which takes its time: while the one answers, the other is its double.
    private func verdict(byMAC entry: Entry) -> Verdict {
        if let serial, let known = entry.serial, serial != known, entry.address != finding.address, entry.isAnswering {
            return .double(of: entry.id)
        }
        return .card(entry.id, absorbing: placeholder(besides: entry.id))
    }

    private func verdict(bySerial entry: Entry) -> Verdict {
        let isElsewhere = entry.address != finding.address && entry.isAnswering
        if isElsewhere, mac == nil, !isLike(entry) { return .double(of: entry.id) }
        return .card(entry.id, absorbing: placeholder(besides: entry.id))
    }

    /// The MACs, where both are known, must not differ: a UPS whose network card was replaced has a new card. Of several, the one that is
    /// where the finding is; else one in use; else the latest.
    private func card(withSerial serial: String) -> Entry? {
        entries.filter { $0.serial == serial && ($0.mac == nil || mac == nil) }.max { one, other in rank(one) < rank(other) }
    }

    /// Cards that were cloned with their settings share an engine: the one that answers elsewhere is another.
    private func card(withEngine engine: String) -> Entry? {
        let cards = entries.filter { $0.engine == engine && $0.mac == nil && $0.serial == nil && isLike($0) }
        return cards.first { $0.address == finding.address } ?? cards.first { !$0.isAnswering }
    }

    private func rank(_ entry: Entry) -> (Int, Int, Int64) {
        (entry.address == finding.address ? 1 : 0, entry.isRetired ? 0 : 1, entry.id)
    }

    /// The card at the finding's address of which nothing else is known, and that the finding may be.
    private var nameless: Entry? {
        entries.first { $0.address == finding.address && $0.isNameless && !$0.isRetired && (!$0.hasAnswered || isLike($0)) }
            ?? (finding.isNameless
                ? entries.first { $0.address == finding.address && $0.isNameless && (!$0.hasAnswered || isLike($0)) } : nil)
    }

    private func placeholder(besides id: Int64) -> Int64? { nameless.flatMap { $0.id == id ? nil : $0.id } }

    /// What tells nothing of itself is the card at its address, unless it tells that it is something else.
    private var atAddress: Entry? {
        guard finding.isNameless || mac == nil && serial == nil else { return compatible }
        return entries.filter { $0.address == finding.address && !$0.isRetired && isLike($0) && (engine == nil || $0.isForeign) }
            .max { rank($0) < rank($1) }
    }

    /// A card that answers there, and of which the finding tells what was not known: its MAC, say, of one known by its serial number. Of one
    /// that is silent it may be the successor.
    private var compatible: Entry? {
        entries.first { entry in
            entry.address == finding.address && !entry.isRetired && isLike(entry) && (entry.mac == nil || mac == nil)
                && (entry.serial == nil || serial == nil) && !entry.isNameless && entry.isAnswering
        }
    }

    private func isLike(_ entry: Entry) -> Bool {
        if finding.isHearsay { return true }
        if let model = finding.identity.model, let known = entry.model, model != known { return false }
        return finding.identity.generation.isLike(entry.generation)
    }
}

extension CardFinding {
    /// It tells nothing by which it could be known again elsewhere.
    var isNameless: Bool { identity.mac == nil && identity.tellingSerial == nil && identity.engine == nil }

    /// Nobody has asked it what it is: only that something is there is known.
    var isHearsay: Bool { isNameless && access == nil && identity.agent == nil }
}
