/// Which kind of card answers, as far as it decides what its answers mean.
package enum CardGeneration: String, Sendable, Codable, CaseIterable {
    /// NET VISION 5, and 4.
    case netVision5 = "NV5"
    case netVision6 = "NV6"
    case netVision7 = "NV7"
    case netVision8 = "NV8"
    /// Our card in software: answers as a NET VISION 8, and can do what no real card can.
    case cardAgent = "CardAgent"
    /// A UPS of any make that answers RFC 1628's UPS-MIB.
    case rfc1628 = "RFC1628"
    /// A card that has not been asked yet, or by nothing that tells it: its MAC address is in the network, say, or its name in a list.
    case unknown

    package var isNetVision: Bool { self != .rfc1628 && self != .unknown }

    /// What is known of a card once it has been found as another one. CardAgent answers SNMP as a NET VISION 8, and unknown tells nothing.
    package func refined(by found: CardGeneration) -> CardGeneration {
        switch (self, found) {
        case (_, .unknown), (.cardAgent, .netVision8): self
        default: found
        }
    }

    /// Whether both may be the same card's: of one make, as far as it is known.
    package func isLike(_ other: CardGeneration) -> Bool {
        self == .unknown || other == .unknown || isNetVision == other.isNetVision
    }

    /// The MIB modules that such a card may answer, the best first: for each quantity the first that has it is believed.
    package var modules: [MIBModule] {
        switch self {
        case .netVision5: [.netVision5, .rfc1628WholeUnits]
        case .netVision6: [.netVision6, .rfc1628WholeUnits]
        case .netVision7, .netVision8, .cardAgent: [.netVision7, .netVision6, .rfc1628]
        case .rfc1628, .unknown: [.rfc1628]
        }
    }

    /// Tells the generation from a version string such as `Net Vision v6.30 (SN 0101702174)`, `Net Vision 7 v7.20` or `NetVision-8`.
    ///
    /// Nil unless the text names a NET VISION. The version counts before the number in the name, which old cards don't have.
    init?(agent: String) {
        let folded = agent.lowercased().filter { $0 != " " && $0 != "-" }
        guard folded.hasPrefix("netvision") else { return nil }
        let major =
            CardGeneration.version(in: agent)?.prefix { $0 != "." }
            ?? folded.dropFirst("netvision".count).prefix { $0.isASCII && $0.isNumber }
        self = Int(major).map(Self.init(major:)) ?? .netVision6
    }

    private init(major: Int) {
        switch major {
        case ...5: self = .netVision5
        case 6: self = .netVision6
        case 7: self = .netVision7
        default: self = .netVision8
        }
    }

    /// The dotted version number in a text: `7.20` of `Net Vision 7 v7.20`, `1.4.1` of `RMCARD 1.4.1`.
    ///
    /// Numbers after a `v` go first; a number without a dot is none.
    package static func version(in text: String) -> String? {
        let candidates = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
        let marked = candidates.lazy.compactMap { word in word.first == "v" || word.first == "V" ? dotted(word.dropFirst()) : nil }
        return marked.first ?? candidates.lazy.compactMap { dotted($0) }.first
    }

    private static func dotted(_ word: Substring) -> String? {
        let digits = word.prefix { $0.isNumber || $0 == "." }
        let parts = digits.split(separator: ".")
        return parts.count > 1 && digits.first != "." ? parts.joined(separator: ".") : nil
    }
}
