import NIOCore

/// Addresses as settings have them, made canonical.
enum SettingAddress {
    static func ipv4(_ text: String) throws(SettingValueProblem) -> String {
        guard let number = AddressRange.number(text) else {
            throw .init("must be an IPv4 address, not \(Setting.Kind.quoted(text))")
        }
        return AddressRange.text(number)
    }

    static func ipv6(_ text: String, hasPrefix: Bool) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        let form = hasPrefix ? "an IPv6 address with /0 to /128 behind it" : "an IPv6 address"
        let problem = SettingValueProblem("must be \(form), not \(Setting.Kind.quoted(text))")
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == (hasPrefix ? 2 : 1), let address = canonicalIPv6(String(parts[0])) else { throw problem }
        guard hasPrefix else { return address }
        guard (1...3).contains(parts[1].utf8.count), parts[1].isDigits, let length = Int(parts[1]), length <= 128
        else { throw problem }
        return "\(address)/\(length)"
    }

    static func any(_ text: String) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        if let number = AddressRange.number(text) { return AddressRange.text(number) }
        if let address = canonicalIPv6(text) { return address }
        throw .init("must be an IPv4 or IPv6 address, not \(Setting.Kind.quoted(text))")
    }

    static func endpoint(_ text: String) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        let problem = SettingValueProblem("must be an IPv4 address, or one with :PORT, not \(Setting.Kind.quoted(text))")
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = AddressRange.number(parts[0]), number != 0 else { throw problem }
        let address = AddressRange.text(number)
        guard parts.count == 2 else { return address }
        guard (1...5).contains(parts[1].utf8.count), parts[1].isDigits, let port = Int(parts[1]),
            Setting.Kind.ports.contains(port)
        else { throw problem }
        return "\(address):\(port)"
    }

    /// An address, or labels of letters, digits and hyphens (RFC 1123 §2.1) with dots between them; one underscore at the start of a label
    /// is let pass, as resolvers do.
    static func host(_ text: String) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        if text.contains(":") { return try any(text) }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isName = text.utf8.count <= 253 && labels.allSatisfy(isLabel)
        // What has digits only is meant for an address.
        if labels.last?.isDigits == true { return try any(text) }
        guard isName else { throw .init("must be an address or a host name, not \(Setting.Kind.quoted(text))") }
        return text
    }

    static func mail(_ text: String) throws(SettingValueProblem) -> String {
        if text.isEmpty { return "" }
        guard text.utf8.count <= 64 else { throw .init("must have up to 64 characters, not \(text.utf8.count)") }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isLocal = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
        guard parts.count == 2, isLocal(parts[0]), !parts[1].isEmpty,
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabel)
        else { throw .init("must be name@domain, not \(Setting.Kind.quoted(text))") }
        return text
    }

    static func hardware(_ text: String) throws(SettingValueProblem) -> String {
        guard let address = HardwareAddress(text) else {
            throw .init("must be six pairs of hexadecimal digits, not \(Setting.Kind.quoted(text))")
        }
        return address.description
    }

    private static func isLabel(_ label: Substring) -> Bool {
        let octets = label.utf8
        guard (1...63).contains(octets.count), octets.first != UInt8(ascii: "-"), octets.last != UInt8(ascii: "-") else { return false }
        return octets.enumerated().allSatisfy { index, octet in
            switch octet {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
            case UInt8(ascii: "_"): index == 0
            default: false
            }
        }
    }

    /// By the rules of RFC 5952; nil for what is no IPv6 address.
    private static func canonicalIPv6(_ text: String) -> String? {
        guard text.contains(":"), text.utf8.count <= 45, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") }),
            let address = try? SocketAddress(ipAddress: text, port: 0), case .v6 = address
        else { return nil }
        return address.ipAddress
    }
}

extension StringProtocol {
    /// Nothing but ASCII's digits.
    var isDigits: Bool { utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
