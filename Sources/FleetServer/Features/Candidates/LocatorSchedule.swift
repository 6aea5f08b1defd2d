import NetVision

/// Which cards are looked for, and when. Pure; time comes in as seconds of a monotonic clock.
///
/// All that are missing are looked for together: hundreds of cards that moved at once cost one search. A card that is not found is looked
/// for ever more seldom.
struct LocatorSchedule: Sendable {
    /// Seconds between searches, whoever is missing.
    static let interval = 20.0
    /// Seconds until a card that was not found is looked for again; twice as many each time after that.
    static let firstPause = 60.0
    /// Seconds in which cards that fall silent together are waited for.
    static let collecting = 2.0
    /// The longest that a missing card waits for the next look.
    static let longestPause = 3600.0

    private struct Missing: Sendable {
        let address: String
        var due: Double
        var pause: Double
    }

    private var missing: [Int64: Missing] = [:]
    private var lastSearch = -Double.infinity

    /// The card does not answer at its address.
    mutating func miss(_ card: Int64, at address: String, now: Double) {
        if let known = missing[card], known.address == address { return }
        missing[card] = Missing(address: address, due: now + Self.collecting, pause: Self.firstPause)
    }

    /// The card answers, or was found.
    mutating func found(_ card: Int64) { missing[card] = nil }

    /// The cards to look for now, and where they were; empty when it is not time for a search.
    mutating func takeDue(now: Double) -> [Int64: String] {
        guard now - lastSearch >= Self.interval, missing.values.contains(where: { $0.due <= now }) else { return [:] }
        lastSearch = now
        var due: [Int64: String] = [:]
        for (card, entry) in missing where entry.due <= now {
            due[card] = entry.address
            missing[card]?.due = now + entry.pause
            missing[card]?.pause = min(entry.pause * 2, Self.longestPause)
        }
        return due
    }

    var count: Int { missing.count }

    /// Where to look for cards that were at these addresses: their networks of 24 bits, and what the configured ranges hold of them. At
    /// most `limit` addresses; the cards' own networks come first.
    static func ranges(around addresses: some Sequence<String>, configured: [AddressRange], limit: Int) -> [AddressRange] {
        var networks: [UInt32] = []
        for number in addresses.compactMap(AddressRange.number) where !networks.contains(number & 0xFFFF_FF00) {
            networks.append(number & 0xFFFF_FF00)
        }
        var ranges = networks.compactMap { AddressRange("\(AddressRange.text($0))/24") }
        for range in configured where networks.contains(where: { ($0...$0 | 0xFF).overlaps(range.first...range.last) }) {
            ranges.append(range)
        }
        var kept: [AddressRange] = []
        for range in ranges where AddressList(kept + [range]).count <= limit { kept.append(range) }
        return kept
    }
}
