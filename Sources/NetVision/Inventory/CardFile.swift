import Yams

/// A file that lists cards: CSV with a column, or YAML with a key, for each of `Column`.
package struct CardFile: Sendable, Equatable {
    package enum Column: String, Sendable, CaseIterable {
        case address, mac, serial, name, site, tags, generation
        case snmpVersion = "snmp_version"
        case community, user
        case authenticationProtocol = "auth_protocol"
        case authenticationPassword = "auth_password"
        case privacyProtocol = "privacy_protocol"
        case privacyPassword = "privacy_password"
        case `protocol`, profile

        /// Secrets are read, and never written.
        package var isSecret: Bool {
            switch self {
            case .community, .user, .authenticationProtocol, .authenticationPassword, .privacyProtocol, .privacyPassword: true
            case .address, .mac, .serial, .name, .site, .tags, .generation, .snmpVersion, .protocol, .profile: false
            }
        }
    }

    /// A card as it is listed: what is empty says nothing.
    package struct Entry: Sendable, Equatable {
        /// From 1.
        package let line: Int
        package fileprivate(set) var values: [Column: String]
        /// Why the entry can't be read.
        package fileprivate(set) var problem: String?

        package subscript(column: Column) -> String? {
            guard let value = values[column]?.trimmed, !value.isEmpty else { return nil }
            return value
        }

        package var holdsSecret: Bool { values.keys.contains { $0.isSecret && self[$0] != nil } }
    }

    package let entries: [Entry]

    package init(csv text: String) throws(CardFileError) {
        let document = try CSVDocument(text)
        let columns = try Self.columns(document.header)
        entries = document.records.map { record in
            guard record.fields.count == columns.count else {
                return Entry(
                    line: record.line, values: [:],
                    problem: "The line has \(record.fields.count) fields, and the header has \(columns.count) columns.")
            }
            let values = zip(columns, record.fields).map { ($0, $0.isSecret ? $1 : CSVDocument.original($1)) }
            return Entry(line: record.line, values: Dictionary(uniqueKeysWithValues: values))
        }
    }

    private static func columns(_ header: [String]) throws(CardFileError) -> [Column] {
        var columns: [Column] = []
        for name in header {
            guard let column = Column(rawValue: name) else {
                let known = Column.allCases.map(\.rawValue).joined(separator: ", ")
                throw CardFileError(line: 1, reason: "there is no column \(name.isEmpty ? "without a name" : name). There are \(known)")
            }
            guard !columns.contains(column) else { throw CardFileError(line: 1, reason: "the column \(name) comes twice") }
            columns.append(column)
        }
        guard columns.contains(.address) || columns.contains(.mac) || columns.contains(.serial) else {
            throw CardFileError(line: 1, reason: "no column tells which card it is: address, mac or serial")
        }
        return columns
    }

    package init(yaml text: String) throws(CardFileError) {
        let root: Node?
        do {
            root = try compose(yaml: text)
        } catch let error as YamlError {
            throw CardFileError(line: error.line ?? 1, reason: "the YAML can't be read: \(error.reason)")
        } catch {
            throw CardFileError(line: 1, reason: "the YAML can't be read")
        }
        guard let root else { throw CardFileError(line: 1, reason: "the file is empty") }
        let list = root.mapping?["cards"]?.sequence ?? root.sequence
        guard let list else { throw CardFileError(line: root.line, reason: "a list of cards is expected, or a list under the key cards") }
        guard list.count <= CSVDocument.maximumRecords else {
            throw CardFileError(line: root.line, reason: "more than \(CSVDocument.maximumRecords) cards")
        }
        entries = list.map(Entry.init)
    }
}

extension CardFile.Entry {
    fileprivate init(_ node: Node) {
        self.init(line: node.line, values: [:])
        guard let mapping = node.mapping else {
            problem = "A card is written as keys and values."
            return
        }
        for (key, value) in mapping {
            guard let column = key.string.flatMap({ CardFile.Column(rawValue: $0.lowercased()) }) else {
                problem = "Line \(key.line): there is no key \(key.string ?? "of this kind")."
                return
            }
            let texts = value.sequence.map { $0.map(\.scalar?.string) } ?? [value.scalar?.string]
            guard let written = texts as? [String] else {
                problem = "Line \(value.line): \(column.rawValue) is a text\(column == .tags ? ", or a list of texts" : "")."
                return
            }
            guard written.count == 1 || column == .tags else {
                problem = "Line \(value.line): \(column.rawValue) is one text."
                return
            }
            // What YAML writes for nothing.
            values[column] = ["~", "null"].contains(written.first) ? "" : written.joined(separator: ";")
        }
    }
}

extension Node {
    fileprivate var line: Int { mark?.line ?? 1 }
}

extension YamlError {
    /// Where in the text, if it is about a place.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    fileprivate var reason: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "it is no valid YAML"
        }
    }
}
