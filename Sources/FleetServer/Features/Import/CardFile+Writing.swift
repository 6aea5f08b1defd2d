import NetVision

extension CardFile {
    /// What is written of cards: everything that a file may say, without secrets.
    static let written = Column.allCases.filter { !$0.isSecret }

    static func csv(_ cards: some Sequence<Card>) -> String {
        let header = written.map(\.rawValue).joined(separator: ",")
        let lines = cards.map { card in
            written.map { CSVDocument.field(CSVDocument.harmless(text(of: $0, card) ?? "")) }.joined(separator: ",")
        }
        return ([header] + lines).map { $0 + "\r\n" }.joined()
    }

    static func yaml(_ cards: some Sequence<Card>) -> String {
        let entries = cards.map { card in
            let pairs = written.compactMap { column in text(of: column, card).map { (column, $0) } }
            return pairs.enumerated().map { number, pair in
                "\(number == 0 ? "- " : "  ")\(pair.0.rawValue): \(pair.0 == .tags ? list(card.tags) : quoted(pair.1))\n"
            }.joined()
        }
        return entries.isEmpty ? "[]\n" : entries.joined()
    }

    private static func text(of column: Column, _ card: Card) -> String? {
        switch column {
        case .address: card.address
        case .mac: card.mac
        case .serial: card.serial
        case .name: card.name
        case .site: card.site
        case .tags: card.tags.isEmpty ? nil : card.tags.joined(separator: ";")
        case .generation: card.generation.rawValue
        case .snmpVersion: card.snmpVersion.rawValue
        case .protocol: card.protocol.rawValue
        case .profile: card.profile
        case .community, .user, .authenticationProtocol, .authenticationPassword, .privacyProtocol, .privacyPassword: nil
        }
    }

    private static func list(_ tags: [String]) -> String { "[\(tags.map(quoted).joined(separator: ", "))]" }

    /// A text in double quotes, as YAML reads it back whatever it holds.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case let other where other.value < 0x20 || other.value == 0x7F:
                result += "\\x" + (other.value < 16 ? "0" : "") + String(other.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
