/// IPv4 addresses to search for cards: `10.1.0.0/16`, `10.1.0.10-10.1.0.20` or `10.1.0.5`.
package struct AddressRange: Sendable, Hashable {
    /// As it was written.
    package let text: String
    /// The first and the last address, as numbers in host order.
    package let first: UInt32
    package let last: UInt32

    /// Nil if the text is no range. A network of up to 30 bits is without its network and broadcast addresses.
    package init?(_ text: some StringProtocol) {
        let text = String(text.filter { $0 != " " })
        self.text = text
        if let slash = text.firstIndex(of: "/") {
            guard let address = Self.number(text[..<slash]), let length = Int(text[text.index(after: slash)...]), 8...32 ~= length else {
                return nil
            }
            let hosts = UInt32.max >> UInt32(length)
            let low = length == 32 ? address : address & ~hosts
            let high = length == 32 ? address : low | hosts
            first = length > 30 ? low : low + 1
            last = length > 30 ? high : high - 1
        } else {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.number)
            guard 1...2 ~= ends.count, let low = ends[0], let high = ends[ends.count - 1], low <= high else { return nil }
            first = low
            last = high
        }
    }

    package var count: Int { Int(last) - Int(first) + 1 }

    package var addresses: some Sequence<String> & Sendable { (first...last).lazy.map(Self.text) }

    /// The address that reaches all hosts, if the range is a network.
    package var broadcast: String? {
        guard text.contains("/"), !text.hasSuffix("/32"), !text.hasSuffix("/31") else { return nil }
        return Self.text(last + 1)
    }

    package static func text(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }

    /// The number of a dotted address; nil for anything else.
    package static func number(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard 1...3 ~= part.count, part.allSatisfy({ $0.isASCII && $0.isNumber }), let octet = UInt8(part) else { return nil }
            number = number << 8 | UInt32(octet)
        }
        return number
    }
}
