import FoundationEssentials
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
}

/// Cards with their status, for lists and pages.
struct CardListing: Sendable {
    struct Row: Sendable {
        let card: Card
        let status: CardStatus
    }

    let database: FleetDatabase

    /// Up to `limit` cards in the order of their keys, after the card `after`.
    func cards(_ filter: CardFilter, after: Int64?, limit: Int) async throws -> [Row] {
        var condition = Condition()
        condition.add("c.retired_at IS NULL")
        if let after { condition.add("c.id > ?", .integer(after)) }
        filter.add(to: &condition)
        let sql = "\(Self.select) WHERE \(condition.sql) ORDER BY c.id LIMIT \(limit)"
        let arguments = condition.arguments
        return try await database.read { try $0.rows(sql, arguments).map(Row.init) }
    }

    func card(_ id: Int64) async throws -> Row? {
        try await database.read { transaction in
            try transaction.row("\(Self.select) WHERE c.id = ? AND c.retired_at IS NULL", [.integer(id)]).map(Row.init)
        }
    }

    private static let select = """
        SELECT c.*, s.status, s.problem, s.warnings, s.output_source, s.battery_status, s.transfer, s.last_seen, s.alarm_count,
          s.readings_at, s.readings
        FROM card c JOIN card_status s ON s.card_id = c.id
        """
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

    fileprivate func add(to condition: inout Condition) {
        if let text, !text.isEmpty {
            let escaped = text.lowercased().replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            let clause = Self.textColumns.map { "LOWER(COALESCE(\($0), '')) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
            condition.add("(\(clause))", Self.textColumns.map { _ in .text("%\(escaped)%") })
        }
        condition.addOneOf("s.status", status)
        condition.addOneOf("c.generation", generation)
        if let model { condition.add("c.model = ?", .text(model)) }
        if let firmware { condition.add("c.firmware = ?", .text(firmware)) }
        if let site { condition.add("c.site = ?", .text(site)) }
        if let tag {
            condition.add("c.tags LIKE ? ESCAPE '\\'", .text("%\"\(tag.replacing("%", with: "\\%").replacing("_", with: "\\_"))\"%"))
        }
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
        let readings = try row.text("readings").map { try JSONCoding.value([String: Double].self, from: $0) } ?? [:]
        self.init(
            status: OperatingStatus(rawValue: try row.required("status")) ?? .unknown, problem: row.text("problem"),
            warnings: warnings, outputSource: row.text("output_source").flatMap(OutputSource.init),
            batteryStatus: row.text("battery_status").flatMap(BatteryStatus.init),
            transfer: try row.text("transfer").map { try JSONCoding.value(TransferState.self, from: $0) },
            lastSeen: row.date("last_seen"), alarmCount: Int(row.integer("alarm_count") ?? 0), readingsAt: row.date("readings_at"),
            readings: Dictionary(uniqueKeysWithValues: readings.map { (Variable($0.key), $0.value) }))
    }
}
