import FoundationEssentials

/// Writes JSON piece by piece into octets, for lists that are asked for often: several times as quick as an encoder, which first builds a tree.
///
/// The caller puts keys and values in their turn; commas come by themselves.
struct JSONText: Sendable {
    private(set) var octets: [UInt8] = []
    private var needsComma = false

    init(capacity: Int) { octets.reserveCapacity(capacity) }

    mutating func beginObject() { open(UInt8(ascii: "{")) }
    mutating func endObject() { close(UInt8(ascii: "}")) }
    mutating func beginArray() { open(UInt8(ascii: "[")) }
    mutating func endArray() { close(UInt8(ascii: "]")) }

    /// A member's name, of plain characters.
    mutating func key(_ name: String) {
        separate()
        octets.append(UInt8(ascii: "\""))
        octets.append(contentsOf: name.utf8)
        octets.append(UInt8(ascii: "\""))
        octets.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func value(_ text: String?) {
        guard let text else { return null() }
        separate()
        octets.append(UInt8(ascii: "\""))
        for octet in text.utf8 { escape(octet) }
        octets.append(UInt8(ascii: "\""))
    }

    mutating func value(_ number: Int64?) {
        guard let number else { return null() }
        raw("\(number)")
    }

    mutating func value(_ number: Int?) { value(number.map(Int64.init)) }

    /// A number that is none is null: JSON has no word for it.
    mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        if let whole = Int64(exactly: number) { raw("\(whole)") } else { raw(number.description) }
    }

    mutating func value(_ texts: [String]) {
        beginArray()
        for text in texts { value(text) }
        endArray()
    }

    /// As `JSONCoding` writes times: `2026-01-31T12:00:00.000Z`.
    mutating func value(_ date: Date?) {
        guard let date else { return null() }
        value(JSONCoding.timeStyle.format(date))
    }

    /// What is rare, and has its encoding already.
    mutating func value(encoding document: (some Encodable)?) throws {
        guard let document else { return null() }
        raw(try JSONCoding.text(document))
    }

    private mutating func null() { raw("null") }

    private mutating func raw(_ text: String) {
        separate()
        octets.append(contentsOf: text.utf8)
    }

    private mutating func separate() {
        if needsComma { octets.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        octets.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        octets.append(bracket)
        needsComma = true
    }

    /// RFC 8259 §7.
    private mutating func escape(_ octet: UInt8) {
        switch octet {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            octets.append(UInt8(ascii: "\\"))
            octets.append(octet)
        case 0..<0x20:
            octets.append(contentsOf: "\\u00".utf8)
            octets.append(Self.digits[Int(octet >> 4)])
            octets.append(Self.digits[Int(octet & 15)])
        default: octets.append(octet)
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}
