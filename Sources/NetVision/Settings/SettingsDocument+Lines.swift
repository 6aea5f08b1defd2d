extension SettingsDocument {
    /// A `key = value` line.
    struct Line {
        let number: Int
        let section: String
        let key: String
        /// As it stands, with its escapes.
        let value: String

        var name: String { section.isEmpty ? key : "\(section).\(key)" }
    }

    /// A document in its lines. Nothing is known yet of what they mean.
    struct Lines {
        private(set) var lines: [Line] = []
        private(set) var bad: [BadLine] = []
        /// Of the line `version = `; 1 without one.
        private(set) var version = 1
        private(set) var mac: HardwareAddress?

        init(_ octets: some Collection<UInt8>) {
            var section = ""
            for (index, line) in Self.withoutMark(octets).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                .enumerated()
            {
                guard bad.count < SettingsDocument.maximumBadLines else {
                    bad.append(BadLine(number: index + 1, reason: "follows too many bad lines: from here on nothing is read"))
                    return
                }
                do throws(SettingValueProblem) {
                    try read(line, index + 1, &section)
                } catch {
                    bad.append(BadLine(number: index + 1, reason: error.reason))
                }
            }
        }

        /// Editors of some systems begin a text with U+FEFF.
        private static func withoutMark<Octets: Collection<UInt8>>(_ octets: Octets) -> Octets.SubSequence {
            octets.starts(with: [0xEF, 0xBB, 0xBF]) ? octets.dropFirst(3) : octets[...]
        }

        private mutating func read(_ octets: some Collection<UInt8>, _ number: Int, _ section: inout String) throws(SettingValueProblem) {
            guard octets.count <= SettingsDocument.maximumLineLength else {
                throw .init("has more than \(SettingsDocument.maximumLineLength) octets")
            }
            guard let text = String(validating: octets, as: UTF8.self) else { throw .init("is not UTF-8") }
            let line = SettingsText.trimmed(Substring(text).unicodeScalars)
            if line.isEmpty || line.hasPrefix("#") { return }
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
                return
            }
            let parts = line.unicodeScalars.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(SettingsText.trimmed)
            guard parts.count == 2 else { throw .init("not of the form key = value") }
            try take(Line(number: number, section: section, key: parts[0], value: parts[1]))
        }

        private mutating func take(_ line: Line) throws(SettingValueProblem) {
            switch line.name {
            case "version":
                guard let number = Int(line.value), (1...1_000_000).contains(number) else {
                    throw .init("version must be a number, not \(Setting.Kind.quoted(line.value))")
                }
                version = number
            case "identity.mac":
                guard let address = HardwareAddress(line.value) else {
                    throw .init("mac must be six pairs of hexadecimal digits, not \(Setting.Kind.quoted(line.value))")
                }
                mac = mac ?? address
            default:
                // The last line of a card's own file: whoever reads that has looked at it.
                if line.key != SettingsFile.checksumKey { lines.append(line) }
            }
        }
    }

    /// The MAC address that a document belongs to.
    package static func mac(in text: String) -> HardwareAddress? { Lines(text.utf8).mac }
}
