import FoundationEssentials
import PowerDevice

/// A card's readings as they are stored: a JSON object of names and numbers.
///
/// Written for each poll of each card, hence by hand: names are ours or a profile's, of letters, digits, dots and hyphens, and need no escape.
enum ReadingsText {
    static func write(_ readings: [Variable: Double]) -> String {
        var text = "{"
        text.reserveCapacity(readings.count * 32)
        for (variable, value) in readings where value.isFinite && variable.rawValue.utf8.allSatisfy(isPlain) {
            if text.utf8.count > 1 { text += "," }
            text += "\""
            text += variable.rawValue
            text += "\":"
            text += value.description
        }
        return text + "}"
    }

    static func read(_ text: String) throws -> [Variable: Double] {
        let values = try JSONCoding.value([String: Double].self, from: text)
        return Dictionary(uniqueKeysWithValues: values.map { (Variable($0.key), $0.value) })
    }

    /// Whether the character stands for itself in a JSON string.
    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") }
}
