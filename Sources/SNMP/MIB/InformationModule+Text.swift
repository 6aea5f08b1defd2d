extension InformationModule {
    /// The module as a file: SMIv2 (RFC 2578, 2579, 2580), ASCII, lines of at most 80 columns.
    package var text: String { SMIText(self).lines.joined(separator: "\n") + "\n" }
}

/// A module's lines, in the order in which SMIv2 wants them: imports, identity, the tree, conformance.
private struct SMIText {
    /// What OBJECT-GROUPs, NOTIFICATION-GROUPs and the compliance statement are made of: all that is right below one node.
    private struct Group {
        /// From 1.
        let number: Int
        let node: InformationModule.Node
        let objects: [String]
        let notifications: [String]

        var name: String { "\(node.name)Group" }
    }

    private static let enterprises: OID = "1.3.6.1.4.1"

    private let module: InformationModule
    private let names: [OID: String]
    private let groups: [Group]

    init(_ module: InformationModule) {
        self.module = module
        let nodes = [module.root] + module.nodes + module.tables.flatMap { [InformationModule.Node($0.name, $0.oid), $0.entry] }
        let names = Dictionary(nodes.map { ($0.oid, $0.name) }) { first, _ in first }
        self.names = names
        groups = module.nodes.enumerated().compactMap { index, node in
            func isMember(_ oid: OID) -> Bool { module.nodes.filter { oid.isDescendant(of: $0.oid) }.max { $0.oid < $1.oid } == node }
            let objects = module.objects.filter { $0.access != .notAccessible && isMember($0.oid) }.map(\.name)
            let notifications = module.notifications.filter { isMember($0.oid) }.map(\.name)
            guard !objects.isEmpty || !notifications.isEmpty else { return nil }
            return Group(number: index + 1, node: node, objects: objects, notifications: notifications)
        }
    }

    var lines: [String] {
        ["\(module.name) DEFINITIONS ::= BEGIN", ""] + imports + [""] + identity + tree + conformance + ["END"]
    }

    /// `{ upsBattery 1 }`: the nearest ancestor that has a name, and the arcs after it.
    private func place(_ oid: OID) -> String {
        var arcs = oid.arcs
        var tail: [UInt32] = []
        while let last = arcs.popLast() {
            tail.insert(last, at: 0)
            guard let parent = OID(arcs: arcs), parent != Self.enterprises else { break }
            if let name = names[parent] { return "::= { \(name) \(Self.list(tail)) }" }
        }
        return "::= { enterprises \(Self.list(oid.arcs(after: Self.enterprises) ?? [])) }"
    }

    private static func list(_ arcs: [UInt32]) -> String { arcs.map(String.init).joined(separator: " ") }
}

// MARK: - Head

extension SMIText {
    private var imports: [String] {
        let syntaxes = Set(module.objects.map(\.syntax.textName))
        let types = ["Counter32", "Gauge32", "Integer32", "IpAddress", "TimeTicks"].filter(syntaxes.contains)
        let conventions = ["AutonomousType", "DisplayString", "TimeStamp"].filter(syntaxes.contains)
        let hasNotifications = !module.notifications.isEmpty
        let structure = ["MODULE-IDENTITY", "OBJECT-TYPE"] + (hasNotifications ? ["NOTIFICATION-TYPE"] : []) + types + ["enterprises"]
        let statements = ["MODULE-COMPLIANCE", "OBJECT-GROUP"] + (hasNotifications ? ["NOTIFICATION-GROUP"] : [])
        let sources = [("SNMPv2-SMI", structure), ("SNMPv2-TC", conventions), ("SNMPv2-CONF", statements)].filter { !$0.1.isEmpty }
        let clauses = sources.flatMap { source, symbols in
            Self.wrapped(symbols.joined(separator: ", "), indent: 4) + ["        FROM \(source)"]
        }
        return ["IMPORTS"] + clauses.dropLast() + clauses.suffix(1).map { $0 + ";" }
    }

    private var identity: [String] {
        let revisions = module.revisions.flatMap { ["    REVISION     \"\($0.date)\""] + Self.clause("DESCRIPTION", $0.description) }
        return ["\(module.root.name) MODULE-IDENTITY", "    LAST-UPDATED \"\(module.revisions[0].date)\""]
            + Self.clause("ORGANIZATION", module.organization) + Self.clause("CONTACT-INFO", module.contact)
            + Self.clause("DESCRIPTION", module.description)
            + revisions + ["    \(place(module.root.oid))", ""]
    }
}

// MARK: - The tree

extension SMIText {
    private var tree: [String] {
        let nodes = module.nodes.map { ($0.oid, ["\($0.name) OBJECT IDENTIFIER \(place($0.oid))", ""]) }
        let tables = module.tables.map { ($0.oid, lines(of: $0)) }
        let objects = module.objects.map { ($0.oid, lines(of: $0)) }
        let notifications = module.notifications.map { ($0.oid, lines(of: $0)) }
        return (nodes + tables + objects + notifications).sorted { $0.0 < $1.0 }.flatMap { $0.1 }
    }

    private func lines(of object: ObjectType) -> [String] {
        let reference = object.reference.map { Self.clause("REFERENCE", $0) } ?? []
        return ["\(object.name) OBJECT-TYPE"] + object.syntax.clause + (object.units.map { ["    UNITS       \"\($0)\""] } ?? [])
            + ["    MAX-ACCESS  \(object.access.clause)", "    STATUS      current"] + Self.clause("DESCRIPTION", object.description)
            + reference + ["    \(place(object.oid))", ""]
    }

    private func lines(of table: ConceptualTable) -> [String] {
        let type = table.entry.name.prefix(1).uppercased() + table.entry.name.dropFirst()
        let columns = module.objects.filter { $0.oid.isDescendant(of: table.entry.oid) }
        let fields = columns.enumerated().map { index, column in
            "    \(column.name) \(column.syntax.textName)\(index + 1 < columns.count ? "," : "")"
        }
        return ["\(table.name) OBJECT-TYPE", "    SYNTAX      SEQUENCE OF \(type)"] + Self.notAccessible
            + Self.clause("DESCRIPTION", table.description) + ["    \(place(table.oid))", "", "\(table.entry.name) OBJECT-TYPE"]
            + ["    SYNTAX      \(type)"] + Self.notAccessible + Self.clause("DESCRIPTION", table.rowDescription)
            + ["    INDEX       { \(table.index.joined(separator: ", ")) }", "    \(place(table.entry.oid))", "", "\(type) ::= SEQUENCE {"]
            + fields + ["}", ""]
    }

    private static let notAccessible = ["    MAX-ACCESS  not-accessible", "    STATUS      current"]

    private func lines(of notification: NotificationType) -> [String] {
        let objects = notification.objects.isEmpty ? [] : Self.set("OBJECTS", notification.objects.map(\.name), indent: 4)
        return ["\(notification.name) NOTIFICATION-TYPE"] + objects + ["    STATUS      current"]
            + Self.clause("DESCRIPTION", notification.description) + ["    \(place(notification.oid))", ""]
    }
}

// MARK: - Conformance (RFC 2580)

extension SMIText {
    private var conformance: [String] {
        let stem = module.conformance.name
        return ["\(stem)Conformance OBJECT IDENTIFIER \(place(module.conformance.oid))"]
            + ["\(stem)Compliances OBJECT IDENTIFIER ::= { \(stem)Conformance 1 }"]
            + ["\(stem)Groups OBJECT IDENTIFIER ::= { \(stem)Conformance 2 }", ""] + groups.flatMap(lines(of:))
            + ["\(stem)Compliance MODULE-COMPLIANCE", "    STATUS      current"]
            + Self.clause("DESCRIPTION", "What an agent with this module has: everything, but nothing in it needs to be writable.")
            + ["    MODULE  -- this module"] + Self.set("MANDATORY-GROUPS", groups.map(\.name), indent: 8)
            + module.objects.filter { $0.access == .readWrite }.flatMap(relaxation) + ["    ::= { \(stem)Compliances 1 }", ""]
    }

    private func lines(of group: Group) -> [String] {
        let isOfObjects = group.notifications.isEmpty
        let members =
            isOfObjects ? Self.set("OBJECTS", group.objects, indent: 4) : Self.set("NOTIFICATIONS", group.notifications, indent: 4)
        return ["\(group.name) \(isOfObjects ? "OBJECT" : "NOTIFICATION")-GROUP"] + members + ["    STATUS      current"]
            + Self.clause("DESCRIPTION", "What is named below \(group.node.name).")
            + ["    ::= { \(module.conformance.name)Groups \(group.number) }", ""]
    }

    private func relaxation(of object: ObjectType) -> [String] {
        ["        OBJECT      \(object.name)", "        MIN-ACCESS  read-only", "        DESCRIPTION"]
            + Self.wrapped("\"Need not be writable.\"", indent: 12)
    }
}

// MARK: - Lines

extension SMIText {
    private static func clause(_ keyword: String, _ text: String) -> [String] {
        ["    \(keyword)"] + wrapped("\"\(text.replacing("\"", with: "'"))\"", indent: 8)
    }

    /// `OBJECTS { a, b }`, over as many lines as it takes.
    private static func set(_ keyword: String, _ members: [String], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return ["\(margin)\(keyword) {"] + wrapped(members.joined(separator: ", "), indent: indent + 4) + ["\(margin)}"]
    }

    private static func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < 78 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines
    }
}

extension ObjectType.Access {
    fileprivate var clause: String {
        switch self {
        case .notAccessible: "not-accessible"
        case .readOnly: "read-only"
        case .readWrite: "read-write"
        }
    }
}

extension ObjectSyntax {
    /// The type without its constraint: what a SEQUENCE and IMPORTS have of it.
    fileprivate var textName: String {
        switch self {
        case .integer: "Integer32"
        case .enumeration: "INTEGER"
        case .displayString: "DisplayString"
        case .octetString: "OCTET STRING"
        case .objectIdentifier: "OBJECT IDENTIFIER"
        case .autonomousType: "AutonomousType"
        case .ipAddress: "IpAddress"
        case .timeTicks: "TimeTicks"
        case .timeStamp: "TimeStamp"
        case .counter32: "Counter32"
        case .gauge32: "Gauge32"
        }
    }

    fileprivate var clause: [String] {
        switch self {
        case .enumeration(let names):
            let items = names.map { "                    \($0.name)(\($0.number))" }
            return ["    SYNTAX      INTEGER {"] + items.dropLast().map { $0 + "," } + items.suffix(1) + ["                }"]
        case .integer(let range?):
            return ["    SYNTAX      Integer32 (\(range.lowerBound)..\(range.upperBound))"]
        case .displayString(let sizes) where sizes != 0...255, .octetString(let sizes) where sizes != 0...65535:
            return ["    SYNTAX      \(textName) (SIZE (\(sizes.lowerBound)..\(sizes.upperBound)))"]
        case .integer, .displayString, .octetString, .objectIdentifier, .autonomousType, .ipAddress, .timeTicks, .timeStamp, .counter32,
            .gauge32:
            return ["    SYNTAX      \(textName)"]
        }
    }
}
