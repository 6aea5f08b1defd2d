import FoundationEssentials
import NetVision
import PowerDevice

/// Which cards of the inventory a request wants to see.
struct CardFilter: Sendable, Equatable {
    /// Text that name, address, MAC, serial, model, site or location contain, whatever the case.
    var text: String?
    var status: [String] = []
    var generation: [String] = []
    var model: String?
    var firmware: String?
    var site: String?
    var tag: String?
    var kind: [String] = []
    var ranges: [AddressRange] = []
    /// A group's filter, which the cards must pass as well.
    var group: [CardFilter] = []
}

/// Cards with their status, for lists and pages.
struct CardListing: Sendable {
    struct Row: Sendable, Equatable {
        let card: Card
        let status: CardStatus

        /// A retired card does nothing any more, whatever it did last.
        fileprivate var retired: Row {
            let status = CardStatus(
                status: .unknown, problem: "It is retired: another card has taken its place.", lastSeen: status.lastSeen, alarmCount: 0,
                readingsAt: status.readingsAt, readings: status.readings)
            return Row(card: card, status: status)
        }
    }

    let database: FleetDatabase
    /// What the freshness of answers is compared with: the `SteadyClock`'s time.
    var steadyNow: @Sendable () -> Date = { SteadyClock.process.now }

    /// Up to `limit` cards in the order of their keys, after the card `after`, with all their readings.
    func cards(_ filter: CardFilter, after: Int64?, limit: Int) async throws -> [Row] {
        try await cards(filter, after: after, limit: limit, Self.columns + ", s.readings")
    }

    /// The same cards with those readings only that a list shows: a tenth of the work.
    func summaries(_ filter: CardFilter, after: Int64?, limit: Int) async throws -> [Row] {
        try await cards(filter, after: after, limit: limit, Self.columns)
    }

    /// A card of the inventory, or one that another has taken the place of: its history is to be seen still.
    func card(_ id: Int64) async throws -> Row? {
        let now = SQLValue(steadyNow())
        let columns = Self.columns + ", s.readings, (SELECT MIN(n.id) FROM card n WHERE n.predecessor = c.id) AS successor"
        let row = try await database.read { transaction in
            try transaction.row("\(Self.select(columns, from: .card)) AND c.id = ?", [now, .integer(id)]).map(Row.init)
        }
        guard let row, row.card.retiredAt != nil else { return row }
        guard row.card.successor != nil else { return nil }
        return row.retired
    }

    private func cards(_ filter: CardFilter, after: Int64?, limit: Int, _ columns: String) async throws -> [Row] {
        let now = SQLValue(steadyNow())
        let first = filter.hasOneStatus ? First.status : .card
        var condition = Condition()
        condition.add("c.retired_at IS NULL")
        if let after { condition.add("\(first.key) > ?", .integer(after)) }
        filter.add(to: &condition, now: now, foldsItself: database.isEmbedded)
        let sql = "\(Self.select(columns, from: first)) AND \(condition.sql) ORDER BY \(first.key) LIMIT \(limit)"
        let arguments = [now] + condition.arguments
        return try await database.read { try $0.rows(sql, arguments).map(Row.init) }
    }

    private static let columns = """
        s.status, s.problem, s.warnings, s.output_source, s.battery_status, s.transfer, s.last_seen, s.alarm_count, s.readings_at,
          s.load_percent, s.charge_percent, s.runtime_seconds
        """

    /// The table by whose index the cards are walked through in the order of their keys, so that a page ends the walk and nothing is sorted.
    private enum First: String {
        /// By the keys themselves.
        case card = "card c CROSS JOIN card_status s"
        /// By one status, of which few cards may be.
        case status = "card_status s CROSS JOIN card c"

        var key: String { self == .card ? "c.id" : "s.card_id" }
    }

    /// With one condition already. `CROSS JOIN` is what SQLite keeps the order of. `is_stale`: the answer that the status is from is too old.
    private static func select(_ columns: String, from first: First) -> String {
        """
        SELECT c.*, p.name AS place_name, \(columns),
          CASE WHEN s.status IN ('unknown', 'unreachable') OR s.fresh_until >= ? THEN 0 ELSE 1 END AS is_stale
        FROM \(first.rawValue) LEFT JOIN card p ON p.id = c.place AND p.retired_at IS NULL WHERE s.card_id = c.id
        """
    }
}

/// A growing `WHERE`.
struct Condition: Sendable {
    private(set) var sql = ""
    private(set) var arguments: [SQLValue] = []

    mutating func add(_ clause: String, _ values: SQLValue...) { add(clause, values) }

    mutating func add(_ clause: String, _ values: [SQLValue]) {
        sql += sql.isEmpty ? clause : " AND \(clause)"
        arguments += values
    }

    mutating func addOneOf(_ column: String, _ values: [String]) {
        guard !values.isEmpty else { return }
        add("\(column) IN (\(values.map { _ in "?" }.joined(separator: ", ")))", values.map(SQLValue.text))
    }
}

extension CardFilter {
    fileprivate static let textColumns = ["c.name", "c.address", "c.mac", "c.serial", "c.model", "c.site", "c.location", "c.firmware"]

    /// - Parameter foldsItself: whether the engine's LIKE takes ASCII letters of both cases for the same.
    func add(to condition: inout Condition, now: SQLValue = SQLValue(SteadyClock.process.now), foldsItself: Bool = false) {
        if let text, !text.isEmpty {
            let escaped = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            let isPlain = foldsItself && text.utf8.allSatisfy { $0 < 0x80 }
            let clause = Self.textColumns.map { "\(isPlain ? $0 : "LOWER(\($0))") LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
            condition.add("(\(clause))", Self.textColumns.map { _ in .text("%\(escaped)%") })
        }
        addStatus(to: &condition, now)
        condition.addOneOf("c.generation", generation)
        condition.addOneOf("c.kind", kind)
        if !ranges.isEmpty {
            let clause = ranges.map { _ in "c.address_number BETWEEN ? AND ?" }.joined(separator: " OR ")
            condition.add("(\(clause))", ranges.flatMap { [.integer(Int64($0.first)), .integer(Int64($0.last))] })
        }
        for filter in group { filter.add(to: &condition, now: now, foldsItself: foldsItself) }
        if let model { condition.add("c.model = ?", .text(model)) }
        if let firmware { condition.add("c.firmware = ?", .text(firmware)) }
        if let site { condition.add("c.site = ?", .text(site)) }
        // Not LIKE, which is of one case or of both, as the engine pleases.
        if let tag { condition.add("REPLACE(c.tags, ?, '') <> c.tags", .text("\"\(tag)\"")) }
    }
}

extension CardFilter {
    fileprivate var hasOneStatus: Bool { status.count == 1 && status != [OperatingStatus.unknown.rawValue] }

    /// Whose answer is too old counts as unknown, whatever it said.
    private func addStatus(to condition: inout Condition, _ now: SQLValue) {
        guard !status.isEmpty else { return }
        let places = status.map { _ in "?" }.joined(separator: ", ")
        let fresh = "(s.status IN ('unknown', 'unreachable') OR s.fresh_until >= ?)"
        var clause = "s.status IN (\(places)) AND \(fresh)"
        var arguments = status.map(SQLValue.text) + [now]
        if status.contains(OperatingStatus.unknown.rawValue) {
            clause = "(\(clause) OR s.status NOT IN ('unknown', 'unreachable') AND (s.fresh_until IS NULL OR s.fresh_until < ?))"
            arguments.append(now)
        }
        condition.add(clause, arguments)
    }
}

extension CardListing.Row {
    init(_ row: SQLRow) throws {
        self.init(card: try Card(row), status: try CardStatus(row))
    }
}

extension CardStatus {
    init(_ row: SQLRow) throws {
        let warnings = try row.text("warnings").map { try JSONCoding.value([String].self, from: $0) } ?? []
        let isStale = row.bool("is_stale")
        self.init(
            status: isStale ? .unknown : OperatingStatus(rawValue: try row.required("status")) ?? .unknown,
            problem: isStale ? CardMonitor.fadedProblem : row.text("problem"),
            warnings: warnings, outputSource: row.text("output_source").flatMap(OutputSource.init),
            batteryStatus: row.text("battery_status").flatMap(BatteryStatus.init),
            transfer: try row.text("transfer").map { try JSONCoding.value(TransferState.self, from: $0) },
            lastSeen: row.date("last_seen"), alarmCount: Int(row.integer("alarm_count") ?? 0), readingsAt: row.date("readings_at"),
            readings: try Self.readings(row))
    }

    /// All that were asked for.
    private static func readings(_ row: SQLRow) throws -> [Variable: Double] {
        if let text = row.text("readings") { return try ReadingsText.read(text) }
        var readings: [Variable: Double] = [:]
        readings[.load] = row.real("load_percent")
        readings[.batteryCharge] = row.real("charge_percent")
        readings[.batteryRuntime] = row.real("runtime_seconds")
        return readings
    }
}
