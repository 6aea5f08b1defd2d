import SNMP

/// A row of the SNMPv3 USM table (manual §15.7), and what its user may do.
struct CardUser: Hashable, Sendable {
    let user: USMUser
    let access: LocalEngine.Access

    /// Rows of the table.
    static let maximumCount = 8
}

extension CardUser {
    /// A user as `--snmp-user` has it: `NAME[/ro][:AUTH:PASSWORD[:PRIV:PASSWORD]]`, which may write unless it says otherwise.
    static let specificationForm = USMUserSpecification.form.replacing("NAME", with: "NAME[/ro]", maxReplacements: 1)

    private static let readOnlySuffix = "/ro"

    /// Costs some milliseconds: passwords become keys.
    init(specification: some StringProtocol) throws(USMSpecificationError) {
        let name = specification.prefix { $0 != ":" }
        let isReadOnly = name.hasSuffix(Self.readOnlySuffix)
        let plain =
            isReadOnly ? String(name.dropLast(Self.readOnlySuffix.count)) + specification.dropFirst(name.count) : String(specification)
        user = try USMUser(specification: plain)
        access = isReadOnly ? .readOnly : .readWrite
    }

    /// One specification a line; empty lines and those that begin with # are left out.
    static func users(in document: String) throws(USMSpecificationError) -> [CardUser] {
        var users: [CardUser] = []
        for (index, line) in document.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.isEmpty || line.hasPrefix("#") { continue }
            do throws(USMSpecificationError) {
                users.append(try CardUser(specification: line))
            } catch {
                throw .line(index + 1, error)
            }
        }
        return users
    }
}

extension LocalEngine.Access {
    var word: String {
        switch self {
        case .readOnly: "read-only"
        case .readWrite: "read-write"
        }
    }

    init?(word: some StringProtocol) {
        switch word {
        case "read-only": self = .readOnly
        case "read-write": self = .readWrite
        default: return nil
        }
    }
}

extension [CardUser] {
    /// The table with `users` in it: one that has the name of a row takes its place, another the next free row.
    ///
    /// Nil where there are not so many rows.
    func merged(with users: [CardUser]) -> [CardUser]? {
        var table = self
        for user in users {
            if let row = table.firstIndex(where: { $0.user.name == user.user.name }) {
                table[row] = user
            } else {
                table.append(user)
            }
        }
        return table.count <= CardUser.maximumCount ? table : nil
    }
}
