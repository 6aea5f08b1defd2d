extension SettingsDocument {
    /// Whose document it is.
    package enum Origin: Sendable {
        /// The card's own: everything counts.
        case own
        /// Somebody's, sent to the card with this address: the identity counts if it is that card's.
        case upload(to: HardwareAddress)

        fileprivate var isOwn: Bool { if case .own = self { true } else { false } }
    }

    /// What became of a document.
    package struct Reading: Sendable {
        /// Every valid line has been applied to these.
        package fileprivate(set) var values: SettingsValues
        package fileprivate(set) var bad: [BadLine]
        /// What is worth knowing, though nothing is wrong.
        package fileprivate(set) var notes: [String] = []
        /// Lines that a newer version has written, and this one does not know.
        package fileprivate(set) var kept: [KeptLine] = []
        package fileprivate(set) var mac: HardwareAddress?
        /// Where each setting was set.
        fileprivate var lines: [SettingKey: Int] = [:]
        private let before: SettingsValues

        fileprivate init(_ values: SettingsValues, bad: [BadLine], mac: HardwareAddress?) {
            before = values
            self.values = values
            self.bad = bad
            self.mac = mac
        }

        /// Takes back what a line has set, and counts it among the bad ones.
        fileprivate mutating func reject(_ number: Int, _ reason: String) {
            for (key, line) in lines where line == number {
                values[key] = before[key]
                lines[key] = nil
            }
            bad.append(BadLine(number: number, reason: reason))
        }
    }

    /// Applies every line that is a setting, and tells which are not.
    package static func read(
        _ octets: some Collection<UInt8>, into values: SettingsValues, as origin: Origin, secrets: Secrets
    ) -> Reading {
        if octets.count > maximumLength {
            return Reading(values, bad: [BadLine(number: 1, reason: "the document has more than \(maximumLength) octets")], mac: nil)
        }
        let document = Lines(octets)
        var reading = Reading(values, bad: document.bad, mac: document.mac)
        var ignored = 0
        for line in document.lines where reading.bad.count <= maximumBadLines {
            apply(line, of: document, as: origin, secrets, to: &reading, &ignored)
        }
        if document.version > version {
            reading.notes.append("The document is of version \(document.version); this is version \(version).")
        }
        if ignored > 0 {
            let owner = document.mac.map { "of the card \($0)" } ?? "of a card that is not named"
            reading.notes.append("\(ignored) line(s) are the identity \(owner) and have been left out.")
        }
        if case .upload = origin { enforceRules(&reading, since: values) }
        reading.bad.sort { $0.number < $1.number }
        return reading
    }

    private static func apply(
        _ line: Line, of document: Lines, as origin: Origin, _ secrets: Secrets, to reading: inout Reading, _ ignored: inout Int
    ) {
        do throws(SettingValueProblem) {
            let assignments = try SettingsMigration.assignments(of: line, isOwn: origin.isOwn, secrets)
            for (key, _) in assignments {
                if let first = reading.lines[key] { throw .init("\(line.key) has been set in line \(first) already") }
            }
            for (key, value) in assignments {
                reading.lines[key] = line.number
                if isTaken(key.setting, document, origin) { reading.values[key] = value } else { ignored += 1 }
            }
        } catch {
            if document.version > version, SettingsTable[line.name] == nil {
                reading.kept.append(KeptLine(section: line.section, key: line.key, value: line.value))
            }
            reading.bad.append(BadLine(number: line.number, reason: error.reason))
        }
    }

    private static func isTaken(_ setting: Setting, _ document: Lines, _ origin: Origin) -> Bool {
        guard case .upload(let card) = origin else { return true }
        return document.mac == card || !(setting.isIdentity || setting.writer == .card)
    }

    /// Lines that are right alone and wrong together are bad lines.
    private static func enforceRules(_ reading: inout Reading, since old: SettingsValues) {
        while let violation = SettingsRules.violations(of: reading.values, since: old).first {
            let lines = Set(violation.keys.filter { reading.values[$0] != old[$0] }.compactMap { reading.lines[$0] }).sorted()
            guard !lines.isEmpty else { return }
            for line in lines { reading.reject(line, violation.problem.description) }
        }
    }
}
