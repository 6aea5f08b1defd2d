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

/// Finds cards without a server.
struct CardSearch: Sendable {
    let lan: DirectLAN
    /// The ways of looking; nil means the standard ones, otherwise those that answer soonest.
    var methods: [DiscoveryMethod]? = [.lan, .snmp]
    /// Those that broadcasts go out by; empty means all.
    var interfaces: [String] = []

    /// Cards that are asked at a time.
    static let concurrency = 32
    private static let largestSearch = 1 << 20

    private struct NothingLeft: Error {}

    /// The cards at these places; without any, all that hear a broadcast. Sorted by address.
    func cards(_ places: [CardPlace]) async throws -> [FoundCard] { try await search(places).cards }

    /// Ends early when every place is one card, and all are found.
    private func search(_ places: [CardPlace]) async throws -> FoundCards {
        var found = FoundCards()
        var missing = places
        let isLimited = !places.isEmpty && places.allSatisfy { $0.range.map { $0.count == 1 } ?? true }
        let monitor = SearchMonitor()
        do {
            try await lan.search.run(try plan(places), monitor: monitor) { finding in
                let card = FoundCard(finding, way: finding.way.map { lan.ways[$0] })
                guard places.isEmpty || places.contains(where: { $0.contains(card) }) else { return }
                found.add(card, key: finding.key)
                guard isLimited else { return }
                missing.removeAll { $0.contains(card) }
                if missing.isEmpty { throw NothingLeft() }
            }
        } catch is NothingLeft {
        } catch let error as SearchError {
            if case .noInterface = error { throw CommandFailure(.usage, error.description) }
            throw CommandFailure(.unreachable, error.description)
        }
        found.refusals = monitor.refusals
        return found
    }

    private func plan(_ places: [CardPlace]) throws -> SearchPlan {
        let ranges = places.compactMap(\.range)
        guard AddressList(ranges).count <= Self.largestSearch else {
            throw CommandFailure(.usage, "That is more than \(Self.largestSearch) addresses. Search in parts.")
        }
        return SearchPlan(
            methods: methods, ranges: ranges, interfaces: interfaces, ways: lan.ways.map { SearchPlan.Way($0) }, patience: lan.patience)
    }

    /// The cards at these places, one or more at each. Throws where nobody answers.
    func everyCard(_ texts: [String]) async throws -> [FoundCard] {
        let (cards, missing) = try await look(for: texts)
        if let first = missing.first { throw first.failure }
        return cards
    }

    /// The cards at these places, and the places where nobody answers, each with the reason.
    func look(for texts: [String]) async throws -> (cards: [FoundCard], missing: [(text: String, failure: CommandFailure)]) {
        let places = try texts.map(CardPlace.init)
        let found = try await search(places)
        let cards = found.cards
        let missing = zip(texts, places).filter { !cards.contains(where: $0.1.contains) }
        return (cards, missing.map { ($0.0, Self.silence(at: $0.0, $0.1, found)) })
    }

    private static func silence(at text: String, _ place: CardPlace, _ found: FoundCards) -> CommandFailure {
        if let refusal = found.refusals.first(where: { AddressRange.number($0.key).map(place.contains(address:)) ?? false }) {
            return CommandFailure(.refused, "\(refusal.key) answers SNMP, but not this user. \(refusal.value)")
        }
        return CommandFailure(
            .unreachable, "No card answers at \(text). Is the address right, and --port-offset? Cards of another network hear no broadcast."
        )
    }
}

/// Cards, each once, however often and by whichever way it was found: known by its MAC, or by its address where it tells none.
struct FoundCards: Sendable {
    private var known: [String: FoundCard] = [:]
    /// What agents had against the user, by their addresses.
    var refusals: [String: SNMPSecurityError] = [:]

    /// In the order of their addresses.
    var cards: [FoundCard] {
        known.values.sorted { (AddressRange.number($0.address) ?? 0, $0.mac ?? "") < (AddressRange.number($1.address) ?? 0, $1.mac ?? "") }
    }

    /// - Parameter key: that of the search, which knows cards of one MAC apart.
    mutating func add(_ card: FoundCard, key: String? = nil) {
        let key = key ?? card.mac ?? card.address
        guard var old = known[key] else {
            known[key] = card
            return
        }
        old.announcement = old.announcement ?? card.announcement
        if let identity = card.identity {
            // Where it answers is where it is.
            if card.way != nil, old.way == nil { old.address = card.address }
            old.identity = identity
            old.way = card.way ?? old.way
        }
        known[key] = old
    }
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
