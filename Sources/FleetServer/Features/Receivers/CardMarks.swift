import SNMP
import Synchronization

/// What a card can be known by.
enum CardMark: Hashable, Sendable {
    case number(Int64)
    case address(String)
    /// In any spelling.
    case mac(String)
    case serial(String)
    /// Upper and lower case are the same.
    case name(String)
}

/// The cards of the inventory by their marks. What two cards have in common marks neither.
struct CardMarks: Sendable {
    private var macs: [String: Int64?] = [:]
    private var serials: [String: Int64?] = [:]
    private var names: [String: Int64?] = [:]

    init(_ cards: some Sequence<Card>) {
        for card in cards {
            if let mac = card.mac.flatMap(Self.digits(ofMAC:)) { Self.mark(card.id, mac, in: &macs) }
            if let serial = card.serial { Self.mark(card.id, serial, in: &serials) }
            Self.mark(card.id, card.name.lowercased(), in: &names)
        }
    }

    private static func mark(_ id: Int64, _ key: String, in marks: inout [String: Int64?]) {
        guard !key.isEmpty else { return }
        if let known = marks[key] {
            if known != id { marks.updateValue(nil, forKey: key) }
        } else {
            marks[key] = id
        }
    }

    /// Nil for marks that are looked up elsewhere: numbers and addresses.
    func card(_ mark: CardMark) -> Int64? {
        switch mark {
        case .mac(let text): Self.digits(ofMAC: text).flatMap { macs[$0] ?? nil }
        case .serial(let text): serials[text] ?? nil
        case .name(let text): names[text.lowercased()] ?? nil
        case .number, .address: nil
        }
    }

    /// The twelve hexadecimal digits, upper case, of `00:E0:D8:FF:C1:90`, `00-e0-…` or `00e0d8ffc190`; nil for what is none.
    static func digits(ofMAC text: String) -> String? {
        guard [12, 14, 17].contains(text.utf8.count) else { return nil }
        var digits = ""
        for character in text.utf8 {
            switch character {
            case 0x30...0x39, 0x41...0x46: digits.unicodeScalars.append(Unicode.Scalar(character))
            case 0x61...0x66: digits.unicodeScalars.append(Unicode.Scalar(character - 0x20))
            case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            default: return nil
            }
        }
        return digits.utf8.count == 12 ? digits : nil
    }
}

extension PollRoster {
    /// The card of a mark, if only one has it.
    mutating func card(_ mark: CardMark) -> Card? {
        switch mark {
        case .number(let id): return members[id]?.card
        case .address(let address): return card(at: address)
        case .mac, .serial, .name:
            let marks = self.marks ?? CardMarks(members.values.lazy.map(\.card))
            self.marks = marks
            return marks.card(mark).flatMap { members[$0]?.card }
        }
    }
}

extension PollService {
    /// The card of the inventory that a mark belongs to.
    func card(_ mark: CardMark) -> Card? { roster.withLock { $0.card(mark) } }
}

extension EngineID {
    /// The MAC address in an engine id of that format (RFC 3411 §5, format 3); nil of any other.
    var mac: String? {
        let octets = octets
        guard octets.count == 11, octets[0] & 0x80 != 0, octets[4] == 3 else { return nil }
        return octets[5...].hexadecimal
    }
}

extension Collection<UInt8> {
    /// `00E0D8FFC190`.
    var hexadecimal: String {
        map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 0xF, radix: 16, uppercase: true) }.joined()
    }
}
