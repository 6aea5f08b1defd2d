/// What a search has seen so far, and what follows from it. Each card is told once for each method that saw it at an address.
///
///     sighting ──► identify the address by SNMP (once) ──► an answer: it says who is there, for all sightings
///                                                     └──► none: the method's own word stands, if it says that it is a card
///
/// A card that has answered is where it answered: what is seen of it elsewhere is of yesterday, or made up.
struct SearchBoard: Sendable {
    /// The agent's answer to who it is.
    struct Identified: Sendable, Equatable {
        let identity: CardIdentity
        let way: Int
    }

    private enum State: Sendable {
        case asked([Sighting])
        case known(Identified?)
    }

    /// What is known of an address.
    private struct Place: Sendable {
        var state: State
        /// Who is there: by SNMP, or else by what the methods say together.
        var card: CardIdentity?
        var key: String?
    }

    /// What to do about a sighting.
    struct Reaction: Sendable, Equatable {
        /// Ask its address by SNMP.
        var asks = false
        var findings: [SearchFinding] = []
    }

    private struct Told: Hashable {
        let key: String
        let method: DiscoveryMethod
        let address: String
    }

    private var places: [String: Place] = [:]
    private var told: Set<Told> = []
    private var cards: Set<String> = []
    /// Where the cards have answered by SNMP first, by their keys and MACs.
    private var answers: [String: SearchFinding] = [:]

    /// The cards found.
    var count: Int { cards.count }

    mutating func saw(_ sighting: Sighting) -> Reaction {
        switch places[sighting.address]?.state {
        case nil:
            places[sighting.address] = Place(state: .asked([sighting]))
            return Reaction(asks: true)
        case .asked(let sightings):
            places[sighting.address]?.state = .asked(sightings + [sighting])
            return Reaction()
        case .known(nil) where sighting.method == .snmp:
            // It was silent when another method had seen it, and is not now.
            places[sighting.address]?.state = .asked([sighting])
            return Reaction(asks: true)
        case .known(let identified): return Reaction(findings: tell([sighting], at: sighting.address, identified))
        }
    }

    /// The end of asking an address: nil if no card has answered.
    mutating func identified(_ address: String, as identified: Identified?) -> [SearchFinding] {
        guard case .asked(let sightings) = places[address]?.state else { return [] }
        places[address]?.state = .known(identified)
        if let identified { places[address]?.card = identified.identity }
        return tell(sightings, at: address, identified)
    }

    private mutating func tell(_ sightings: [Sighting], at address: String, _ identified: Identified?) -> [SearchFinding] {
        sightings.compactMap { finding($0, at: address, identified).flatMap { inPlace($0) } }.filter { finding in
            cards.insert(finding.key)
            return told.insert(Told(key: finding.key, method: finding.method, address: finding.address)).inserted
        }
    }

    /// Nil if the card has answered at another address. One with its MAC that tells another serial number is another card.
    private mutating func inPlace(_ finding: SearchFinding) -> SearchFinding? {
        let (mac, key) = (finding.identity.mac ?? finding.key, finding.key)
        guard let answer = answers[key] ?? answers[mac], answer.address != finding.address else {
            if finding.way != nil { (answers[key], answers[mac]) = (finding, finding) }
            return finding
        }
        guard let serial = finding.identity.tellingSerial, let known = answer.identity.tellingSerial, serial != known else { return nil }
        var other = finding
        other.key += " at \(finding.address)"
        return other
    }

    /// Nil if it is no card, as far as anybody says.
    private mutating func finding(_ sighting: Sighting, at address: String, _ identified: Identified?) -> SearchFinding? {
        let own = sighting.identity?.completed(by: sighting)
        guard identified != nil || own != nil else { return nil }
        var place = places[address] ?? Place(state: .known(identified))
        if let card = place.card, Self.isSomebodyElse(sighting, than: card) {
            // Two cards have this address, and this one is not the one that answers.
            return own.map { Self.finding(sighting, $0, key: Self.key($0, address), way: nil) }
        }
        guard let card = place.card?.completed(by: sighting) ?? own else { return nil }
        let key = place.key ?? Self.key(card, address)
        place.card = card
        place.key = key
        places[address] = place
        return Self.finding(sighting, card, key: key, way: identified?.way)
    }

    private static func finding(_ sighting: Sighting, _ identity: CardIdentity, key: String, way: Int?) -> SearchFinding {
        SearchFinding(
            address: sighting.address, key: key, identity: identity, method: sighting.method, way: way,
            announcement: sighting.announcement, evidence: sighting.evidence)
    }

    /// A card is its MAC, else the serial number, else its address.
    private static func key(_ identity: CardIdentity, _ address: String) -> String {
        identity.mac ?? identity.tellingSerial.map { "serial \($0)" } ?? address
    }

    private static func isSomebodyElse(_ sighting: Sighting, than identity: CardIdentity) -> Bool {
        guard let seen = sighting.mac ?? sighting.identity?.mac, let known = identity.mac else { return false }
        return seen != known
    }
}

extension CardIdentity {
    /// With what the sighting knows, and the card itself has not told.
    fileprivate func completed(by sighting: Sighting) -> CardIdentity {
        var identity = self
        let seen = sighting.identity
        identity.mac = mac ?? sighting.mac ?? seen?.mac
        identity.serial = serial ?? seen?.serial
        identity.model = model ?? seen?.model
        identity.firmware = firmware ?? seen?.firmware
        identity.name = name ?? seen?.name
        identity.location = location ?? seen?.location
        if let seen { identity.generation = seen.generation == .cardAgent ? .cardAgent : seen.generation.refined(by: generation) }
        return identity
    }
}
