import FoundationEssentials
import PowerDevice

/// The list of cards, with the columns of NET VISION Explorer.
enum CardTable {
    static func lines(_ cards: [CardRecord], now: Date, width: Int?) -> [String] {
        let hasAddressing = cards.contains { $0.dhcp != nil }
        let hasNumbers = cards.contains { $0.id != nil }
        let hasSwitches = cards.contains { $0.kind == DeviceKind.sts.rawValue }
        let hasRemarks = cards.contains { !$0.remarks.isEmpty }
        let columns: [(Table.Column, (CardRecord) -> String?)] = [
            (hasNumbers, .init("Id", .right), { $0.id.map(String.init) }),
            (true, .init("Status"), { $0.status }),
            (true, .init("Name"), { $0.name }),
            (hasSwitches, .init("Kind"), { $0.kind?.uppercased() }),
            (true, .init("Model"), { $0.model }),
            (true, .init("Address"), { $0.address }),
            (hasAddressing, .init("IP"), { $0.dhcp.map { $0 ? "DHCP" : "static" } }),
            (true, .init("MAC"), { $0.mac }),
            (true, .init("Card"), { $0.generation }),
            (true, .init("Firmware"), { $0.firmware }),
            (true, .init("Serial"), { $0.serial }),
            (true, .init("Last seen"), { $0.lastSeen.map { Elapsed.since($0, now: now) } ?? "never" }),
            (hasRemarks, .init("Warnings"), { $0.remarks.joined(separator: " ") }),
        ].compactMap { isShown, column, cell in isShown ? (column, cell) : nil }
        var table = Table(columns.map(\.0))
        for card in cards { table.add(columns.map { $0.1(card) }) }
        return table.lines(width: width)
    }

    static func lines(_ cards: [DiscoveredCard], width: Int?) -> [String] {
        let hasStates = cards.contains { $0.state != nil }
        let hasNames = cards.contains { $0.name != nil }
        let hasAddressing = cards.contains { $0.dhcp != nil }
        let columns: [(Table.Column, (DiscoveredCard) -> String?)] = [
            (hasStates, .init("Found"), { $0.state }),
            (hasNames, .init("Name"), { $0.name }),
            (true, .init("Model"), { $0.model }),
            (true, .init("Address"), { $0.address }),
            (hasAddressing, .init("IP"), { $0.dhcp.map { $0 ? "DHCP" : "static" } }),
            (true, .init("MAC"), { $0.mac }),
            (true, .init("Card"), { $0.generation }),
            (true, .init("Firmware"), { $0.firmware }),
            (true, .init("Serial"), { $0.serial }),
        ].compactMap { isShown, column, cell in isShown ? (column, cell) : nil }
        var table = Table(columns.map(\.0))
        for card in cards { table.add(columns.map { $0.1(card) }) }
        return table.lines(width: width)
    }

    static func count(_ count: Int) -> String { count == 1 ? "1 card" : "\(count) cards" }
}
