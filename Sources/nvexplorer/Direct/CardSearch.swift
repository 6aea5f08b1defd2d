import NIOCore
import NetVision
import SNMP

/// Where to look for cards without a server.
enum CardPlace: Sendable, Hashable {
    case range(AddressRange)
    case card(HardwareAddress)

    /// An address, a range of addresses, or a MAC.
    init(_ text: String) throws {
        if let range = AddressRange(text) {
            self = .range(range)
        } else if let mac = HardwareAddress(text), mac != .any {
            self = .card(mac)
        } else {
            throw CommandFailure(
                .usage,
                "\"\(text)\" is neither an address nor a MAC. With --direct write 10.1.0.5, 10.1.0.0/24, 10.1.0.10-10.1.0.20 or 00:E0:D8:FF:C1:90."
            )
        }
    }

    var range: AddressRange? {
        guard case .range(let range) = self else { return nil }
        return range
    }

    func contains(_ card: FoundCard) -> Bool {
        switch self {
        case .range(let range): AddressRange.number(card.address).map { range.first...range.last ~= $0 } ?? false
        case .card(let mac): card.hardwareAddress == mac
        }
    }
}

/// Finds cards by the LAN protocol, and in ranges of addresses by SNMP too.
struct CardSearch: Sendable {
    let lan: DirectLAN

    /// Cards that are asked at a time.
    static let concurrency = 32
    private static let largestSearch = 1 << 20

    /// The cards at these places; without any, all that hear a broadcast. Sorted by address.
    func cards(_ places: [CardPlace]) async throws -> [FoundCard] {
        let addresses = try Self.addresses(places)
        var found = FoundCards()
        try await announced(places, addresses, &found)
        let announced = Set(found.cards.map(\.address))
        for card in try await identify(announced.sorted(), .v2c) { found.add(card) }
        for version in [SNMPVersion.v2c, .v1] {
            let silent = addresses.filter { !announced.contains($0) && !found.hasIdentity(at: $0) }
            for card in try await sweep(silent, version) { found.add(card) }
        }
        return found.cards
    }

    private struct NothingLeft: Error {}

    /// Asks by the LAN protocol; ends early when every place is one card, and all are found.
    private func announced(_ places: [CardPlace], _ addresses: [String], _ found: inout FoundCards) async throws {
        let isBroadcasting = places.isEmpty || places.contains { $0.range == nil }
        let directed = places.compactMap { $0.range?.broadcast }
        let isLimited = !places.isEmpty && places.allSatisfy { $0.range.map { $0.count == 1 } ?? true }
        var missing = places
        do {
            try await lan.protocols.lan.discover(
                (isBroadcasting ? DirectLAN.broadcasts() : []) + directed + addresses, patience: lan.patience
            ) { finding in
                let card = FoundCard(address: AddressRange.text(finding.announcement.network.address), announcement: finding.announcement)
                guard places.isEmpty || places.contains(where: { $0.contains(card) }) else { return }
                found.add(card)
                guard isLimited else { return }
                missing.removeAll { $0.contains(card) }
                if missing.isEmpty { throw NothingLeft() }
            }
        } catch is NothingLeft {
            return
        }
    }

    /// The cards at these places, one or more at each. Throws where nobody answers.
    func everyCard(_ texts: [String]) async throws -> [FoundCard] {
        let places = try texts.map(CardPlace.init)
        let cards = try await cards(places)
        for (text, place) in zip(texts, places) where !cards.contains(where: place.contains) {
            throw CommandFailure(
                .unreachable,
                "No card answers at \(text). Is the address right, and --port-offset? Cards of another network hear no broadcast.")
        }
        return cards
    }

    private static func addresses(_ places: [CardPlace]) throws -> [String] {
        let ranges = places.compactMap(\.range)
        guard ranges.reduce(0, { $0 + $1.count }) <= largestSearch else {
            throw CommandFailure(.usage, "That is more than \(largestSearch) addresses. Search in parts.")
        }
        var seen: Set<String> = []
        return ranges.flatMap(\.addresses).filter { seen.insert($0).inserted }
    }

    /// Asks all addresses whether a card is there, and those that answer who they are.
    private func sweep(_ addresses: [String], _ version: SNMPVersion) async throws -> [FoundCard] {
        guard !addresses.isEmpty else { return [] }
        var answering: [String] = []
        for try await answer in try lan.sweep(addresses, version).answers() {
            if let address = answer.address.ipAddress { answering.append(address) }
        }
        return try await identify(answering, version)
    }

    private func identify(_ addresses: [String], _ version: SNMPVersion) async throws -> [FoundCard] {
        let cards = try await addresses.mapConcurrently(limit: Self.concurrency) { [lan] address -> FoundCard? in
            do {
                guard let identity = try await lan.reader.identify(try lan.target(address, version)) else { return nil }
                return FoundCard(address: address, identity: identity, version: version)
            } catch is SNMPError {
                return nil  // Its SNMP is off, or it has fallen silent since it answered.
            }
        }
        return cards.compactMap(\.self)
    }
}

/// Cards, each once, however often and by whichever way it was found: known by its MAC, or by its address where it tells none.
struct FoundCards: Sendable {
    private var known: [String: FoundCard] = [:]
    private var identified: Set<String> = []

    /// In the order of their addresses.
    var cards: [FoundCard] {
        known.values.sorted { (AddressRange.number($0.address) ?? 0, $0.mac ?? "") < (AddressRange.number($1.address) ?? 0, $1.mac ?? "") }
    }

    mutating func add(_ card: FoundCard) {
        if card.identity != nil { identified.insert(card.address) }
        let key = card.mac ?? card.address
        guard var old = known[key] else {
            known[key] = card
            return
        }
        old.announcement = old.announcement ?? card.announcement
        if let identity = card.identity {
            old.identity = identity
            old.version = card.version
        }
        known[key] = old
    }

    func hasIdentity(at address: String) -> Bool { identified.contains(address) }
}

extension Collection where Element: Sendable {
    /// The results in the order of the elements, of at most `limit` calls at a time.
    func mapConcurrently<Value: Sendable>(
        limit: Int, _ body: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var values: [Int: Value] = [:]
            for (number, element) in enumerated() {
                if number >= limit, let (done, value) = try await group.next() { values[done] = value }
                group.addTask { (number, try await body(element)) }
            }
            while let (done, value) = try await group.next() { values[done] = value }
            return (0..<count).compactMap { values[$0] }
        }
    }
}
