import FoundationEssentials
import PowerDevice

/// One card in words: who it is, its alarms, and its readings in groups.
enum CardPage {
    static func lines(_ document: CardDocument, now: Date) -> [String] {
        let card = document.card
        let title = card.id.map { "\(card.name) (id \($0))" } ?? card.name
        return [title] + section(facts(card, now: now).compactMap { name, value in value.flatMap { $0.isEmpty ? nil : (name, $0) } })
            + remarks(card.remarks) + transfer(document, now: now) + alarms(document, now: now) + readings(document, now: now)
    }

    private static func facts(_ card: CardRecord, now: Date) -> [(String, String?)] {
        let reading = [card.protocol.map { $0 == "modbus" ? "Modbus" : $0.uppercased() }, card.profile.map { "profile \($0)" }]
        return [
            ("Kind", card.kind == DeviceKind.sts.rawValue ? "Static transfer system" : nil),
            ("Status", [card.status, card.problem].compactMap(\.self).joined(separator: ": ")),
            ("Retired", card.retiredAt.map { Elapsed.since($0, now: now) }),
            ("Its place", card.successor.map { "was taken by card \($0)" }),
            ("Took the place of", card.predecessor.map { "card \($0); its history stays there: nvexplorer history \($0) --metric NAME" }),
            ("Model", card.model), ("Serial", card.serial),
            ("Card", [card.generation, card.firmware].compactMap(\.self).joined(separator: " ")),
            ("Address", card.address + (card.dhcp.map { $0 ? " (DHCP)" : " (static)" } ?? "")), ("MAC", card.mac), ("Site", card.site),
            ("Location", card.location), ("Tags", card.tags?.joined(separator: ", ")),
            ("Read by", reading.compactMap(\.self).joined(separator: ", ")), ("Polled", card.polling?.words),
            ("Load fed by", card.silence == nil ? card.outputSource : nil),
            ("Last seen", card.lastSeen.map { Elapsed.since($0, now: now) } ?? "never"),
        ]
    }

    private static func remarks(_ remarks: [String]) -> [String] {
        remarks.isEmpty ? [] : ["", "Warnings"] + remarks.map { "  " + $0 }
    }

    /// `Not known: the card does not answer.`
    private static func unknown(_ card: CardRecord) -> String {
        let reason = card.silence ?? "The card does not tell."
        return "  Not known: " + reason.prefix(1).lowercased() + reason.dropFirst()
    }

    /// `Readings, 3 d old`
    private static func title(_ title: String, at time: String?, now: Date) -> String {
        let age = time.map { Elapsed.date($0).map { "\(Elapsed.text(seconds: now.timeIntervalSince($0))) old" } ?? "of \($0)" }
        return "\(title), \(age ?? "of an unknown time")"
    }

    private static func section(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "  " + Table.fit($0.0, width) + "  " + $0.1 }
    }

    private static func transfer(_ document: CardDocument, now: Date) -> [String] {
        let card = document.card
        guard let transfer = card.transfer else {
            return card.kind == DeviceKind.sts.rawValue && card.silence != nil ? ["", "Transfer", unknown(card)] : []
        }
        func source(_ number: Int, _ status: String) -> (String, String) {
            ("Source \(number)", TransferWords.source(status) + (transfer.preferredSource == number ? ", preferred" : ""))
        }
        return ["", card.silence == nil ? "Transfer" : title("Transfer", at: document.at, now: now)]
            + section([
                ("Load", TransferWords.load(transfer.load)), source(1, transfer.source1), source(2, transfer.source2),
                ("Interaction", TransferWords.interaction(transfer.interaction)), ("Output", TransferWords.output(transfer.output)),
            ])
    }

    private static func alarms(_ document: CardDocument, now: Date) -> [String] {
        let card = document.card
        guard let alarms = document.alarms else { return ["", "Alarms", unknown(card)] }
        guard !alarms.isEmpty else { return ["", "Alarms", "  none"] }
        return ["", card.silence == nil ? "Alarms" : "Alarms when it last told"]
            + alarms.map { alarm in
                let since = alarm.since.map { ", since \(Elapsed.since($0, now: now))" } ?? ""
                return "  \(alarm.title) (\(alarm.severity)\(since))"
            }
    }

    /// The groups in the order in which power flows, each with its values by name; before them how old they are.
    private static func readings(_ document: CardDocument, now: Date) -> [String] {
        let values = document.readings
        guard !values.isEmpty else { return ["", "Readings", document.card.silence == nil ? "  none" : unknown(document.card)] }
        let age = document.at == nil && document.card.silence == nil ? [] : ["", title("Readings", at: document.at, now: now)]
        return age
            + groups.flatMap { group -> [String] in
                let rows = values.filter { self.group(of: $0.key) == group.title }.sorted { $0.key < $1.key }
                guard !rows.isEmpty else { return [] }
                return ["", group.title] + section(rows.map { ($0.key, value($0.value, of: Variable($0.key))) })
            }
    }

    /// The longest matching beginning counts: `input.bypass.frequency` is the bypass's.
    private static let groups: [(title: String, prefix: String)] = [
        ("Source 1", "input.1."), ("Source 2", "input.2."), ("Input", "input."), ("Bypass", "input.bypass."), ("Battery", "battery."),
        ("Output", "output."), ("Device", "ups."),
        ("Surroundings", "ambient."), ("Other", ""),
    ]

    private static func group(of name: String) -> String? {
        groups.filter { name.hasPrefix($0.prefix) }.max { $0.prefix.count < $1.prefix.count }?.title
    }

    /// `231 V`, `49.9 Hz`, `31 min 20 s`.
    static func value(_ value: Double, of variable: Variable) -> String {
        if variable.unit == .second { return duration(value) }
        // Factors have no unit, and mean something in their hundredths.
        let scale = variable.unit == .none ? 100.0 : 10
        let rounded = (value * scale).rounded() / scale
        let number = rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
        return variable.unit == .none ? number : "\(number) \(variable.unit.rawValue)"
    }

    private static func duration(_ seconds: Double) -> String {
        // No battery lasts thirty years: this came from a broken reading.
        guard seconds.isFinite, abs(seconds) < 1e9 else { return "?" }
        guard seconds >= 60 else { return "\(Int(seconds)) s" }
        let whole = Int(seconds)
        let parts = [(whole / 3600, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")].filter { $0.0 > 0 }
        return parts.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
