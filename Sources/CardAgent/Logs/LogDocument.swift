import FoundationEssentials
import PowerDevice

/// A log as CSV text (RFC 4180): a line of headings, then a line for each record, ended by CR LF.
///
/// The first columns are the manual's; the last is the instant in UTC, for programs. Quantities that the device does not manage are -1.
struct LogDocument {
    private(set) var text = ""
    private let localTime: (Int64) -> String
    private let columnCount: Int

    /// - Parameter localTime: an instant in the card's local time.
    init(_ kind: LogKind, schema: LogSchema?, localTime: @escaping (Int64) -> String) {
        self.localTime = localTime
        let schema = schema ?? kind.emptySchema
        columnCount = schema.columns.count
        let titles = schema.titles(of: kind)
        switch kind {
        case .deviceEvents: add(["Event Time", "Event Level", "Event Description", "Point", "UTC"])
        case .cardEvents: add(["Event Time", "Event Level", "Event Description", "Origin", "UTC"])
        case .history, .sensorHistory: add(["Date time"] + titles + ["UTC"])
        case .extendedHistory: add(["Start time", "End time"] + titles + ["UTC"])
        }
    }

    mutating func append(_ event: LoggedEvent) {
        add([
            localTime(event.instant), event.severity.rawValue.capitalizedASCII, Self.harmless(event.text),
            Self.harmless(event.code ?? ""), Self.utc(event.instant),
        ])
    }

    mutating func append(_ sample: LogSample) {
        let times = (sample.start.map { [localTime($0)] } ?? []) + [localTime(sample.instant)]
        add(times + sample.values.prefix(columnCount).map(Self.number) + [Self.utc(sample.instant)])
    }

    private mutating func add(_ fields: [String]) {
        text += fields.map(Self.quoted).joined(separator: ",")
        text += "\r\n"
    }

    /// In quotation marks where the text would else be more than a field.
    static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// What others have written must not become a formula in somebody's spreadsheet.
    static func harmless(_ text: String) -> String {
        guard let first = text.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first) else { return text }
        return "'" + text
    }

    /// Without superfluous zeros: `231`, `49.98`; -1 where there is no value.
    static func number(_ value: Double?) -> String {
        guard let value, let hundredths = Int(exactly: (value * 100).rounded()) else { return "-1" }
        let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        let decimals = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
        return "\(hundredths < 0 ? "-" : "")\(whole)\(decimals)"
    }

    static func utc(_ instant: Int64) -> String { Date(timeIntervalSince1970: Double(instant)).ISO8601Format() }
}

extension LogKind {
    /// What stands above an empty log.
    fileprivate var emptySchema: LogSchema {
        switch self {
        case .history: .upsHistory
        case .extendedHistory: .extendedHistory
        case .sensorHistory: .sensorHistory
        case .deviceEvents, .cardEvents: LogSchema([])
        }
    }
}

extension String {
    /// `warning` becomes `Warning`.
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
