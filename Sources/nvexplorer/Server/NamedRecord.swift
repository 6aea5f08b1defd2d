/// What the API has of a kind, and what commands call it.
struct RecordKind: Sendable {
    let path: String
    /// `group`, `schedule`.
    let one: String
    /// The command that lists them.
    let command: String
}

/// A record that people call by its id or its name.
protocol NamedRecord: Codable, Sendable, Equatable {
    static var kind: RecordKind { get }
    var id: Int { get }
    var name: String { get }
}

extension NamedRecord {
    static func path(_ id: Int) -> String { "\(kind.path)/\(id)" }
}

extension FleetAPI {
    /// The record of an id or a name.
    func record<Record: NamedRecord>(_ text: String, _: Record.Type = Record.self) async throws -> Record {
        let records: [Record] = try await list(Record.kind.path)
        guard let found = records.first(where: { "\($0.id)" == text }) ?? records.first(where: { $0.name == text }) else {
            throw CommandFailure(.failed, "There is no \(Record.kind.one) \"\(text)\". See nvexplorer \(Record.kind.command).")
        }
        return found
    }

    func change<Record: NamedRecord>(_ record: Record, _ body: [String: APIValue]) async throws -> Record {
        try await change(Record.path(record.id), body)
    }

    func remove<Record: NamedRecord>(_ record: Record) async throws { try await delete(Record.path(record.id)) }
}

extension GlobalOptions {
    /// Removes the one that the text means, and says so.
    func remove<Record: NamedRecord>(_ text: String, _: Record.Type) async throws {
        try await withServer { api in
            let found: Record = try await api.record(text)
            try await api.remove(found)
            try output.show(found) { ["\(found.name) is removed."] }
        }
    }

    /// Does the same with each of several, says what came of it, and throws if one has failed.
    func each<Record: NamedRecord>(
        _ texts: [String], _: Record.Type, _ words: (Record) -> String, _ act: (FleetAPI, Record) async throws -> Record
    ) async throws {
        let batch = try await withServer { api in
            try await Batch(texts).each { text in try await act(api, try await api.record(text)) }
        }
        try batch.tell(output, words: words)
    }
}

extension [String: APIValue] {
    /// What a change says of a text: nothing where it is not named, none where it is empty.
    mutating func replace(_ field: String, _ text: String?) {
        guard let text else { return }
        self[field] = text.isEmpty ? .null : .text(text)
    }

    /// What a change says of a list: nothing where none is named, an empty one where an empty text is.
    mutating func replace(_ field: String, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self[field] = APIValue(texts.filter { !$0.isEmpty })
    }
}
