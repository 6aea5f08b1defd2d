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

    func contains(address: UInt32) -> Bool { range.map { $0.first...$0.last ~= address } ?? false }

    func contains(_ card: FoundCard) -> Bool {
        switch self {
        case .range: AddressRange.number(card.address).map(contains(address:)) ?? false
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
    func cards(_ places: [CardPlace]) async throws -> [FoundCard] { try await search(places).cards }

    private func search(_ places: [CardPlace]) async throws -> FoundCards {
        let addresses = try Self.addresses(places)
        var found = FoundCards()
        try await announced(places, addresses, &found)
        let announced = Set(found.cards.map(\.address))
        var engines: [String]?
        for way in lan.ways {
            let unknown = { (address: String) in !found.hasIdentity(at: address) }
            // No CardAgent, which announces itself, needs version 1.
            let known = way.version == .v1 ? [] : announced.filter(unknown).sorted()
            let silent = addresses.filter { !announced.contains($0) && unknown($0) }
            // The users after the first ask the engines that its sweep has found.
            let answering = if way.version == .v3, let engines { engines.filter(unknown) } else { try await sweep(silent, way) }
            if way.version == .v3, engines == nil { engines = answering }
            try await identify(known + answering, way, &found)
        }
        return found
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
        let found = try await search(places)
        let cards = found.cards
        for (text, place) in zip(texts, places) where !cards.contains(where: place.contains) {
            if let refusal = found.refusals.first(where: { AddressRange.number($0.key).map(place.contains(address:)) ?? false }) {
                throw CommandFailure(.refused, "\(refusal.key) answers SNMP, but not this user. \(refusal.value)")
            }
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

    /// Asks all addresses whether an agent is there.
    private func sweep(_ addresses: [String], _ way: SNMPCredentials) async throws -> [String] {
        guard !addresses.isEmpty else { return [] }
        var answering: [String] = []
        for try await answer in try lan.sweep(addresses, way).answers() {
            if let address = answer.address.ipAddress { answering.append(address) }
        }
        return answering
    }

    private enum Reply: Sendable {
        case card(CardIdentity)
        case refusal(SNMPSecurityError)
        /// It is no card, its SNMP is off, or it has fallen silent since it answered.
        case nothing
    }

    private func identify(_ addresses: [String], _ way: SNMPCredentials, _ found: inout FoundCards) async throws {
        let replies = try await addresses.mapConcurrently(limit: Self.concurrency) { [lan] address -> Reply in
            do {
                return try await lan.reader.identify(try lan.target(address, way)).map(Reply.card) ?? .nothing
            } catch SNMPError.security(let error) {
                return .refusal(error)
            } catch is SNMPError {
                return .nothing
            }
        }
        for (address, reply) in zip(addresses, replies) {
            switch reply {
            case .card(let identity): found.add(FoundCard(address: address, identity: identity, way: way))
            case .refusal(let error): found.refuse(address, error)
            case .nothing: break
            }
        }
    }
}

/// Cards, each once, however often and by whichever way it was found: known by its MAC, or by its address where it tells none.
struct FoundCards: Sendable {
    private var known: [String: FoundCard] = [:]
    private var identified: Set<String> = []
    /// What agents had against the user, by their addresses.
    private(set) var refusals: [String: SNMPSecurityError] = [:]

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
            old.way = card.way
        }
        known[key] = old
    }

    mutating func refuse(_ address: String, _ error: SNMPSecurityError) { refusals[address] = error }

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
