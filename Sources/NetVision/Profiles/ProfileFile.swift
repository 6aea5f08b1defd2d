import PowerDevice
import SNMP
import Yams

/// An owner's profile as it stands in its file, before it is put together with the one that it extends.
package struct ProfileFile: Sendable {
    /// The most octets of a file.
    package static let maximumSize = 256 << 10

    package let name: String
    /// The profile that this one adds to; nil: it stands alone.
    package let base: String?
    let path: String
    let title: String
    let generation: CardGeneration?
    let kind: DeviceKind?
    let match: ProfileMatch?
    let identity: [CardProfile.IdentityRow]
    /// Variables whose rows of the base are left out.
    let removed: Set<Variable>
    let groups: [ProfileGroup]
    let registers: RegisterProfile?
    /// Where `extends` stands, for what is wrong with it.
    let baseField: ProfileProblem?

    private static let keys = ["profile", "title", "extends", "generation", "kind", "match", "identity", "remove", "groups", "modbus"]

    /// Reads a document. Throws `ProfileProblem` with line, key and what is allowed.
    package init(_ text: String, path: String) throws(ProfileProblem) {
        do throws(ProfileProblem) {
            try self.init(root: try Self.root(of: text), path: path)
        } catch {
            var problem = error
            problem.file = path
            throw problem
        }
    }

    private static func root(of text: String) throws(ProfileProblem) -> ProfileField {
        guard text.utf8.count <= maximumSize else {
            throw ProfileProblem(line: nil, key: "", reason: "a profile has at most \(maximumSize >> 10) kB")
        }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw ProfileProblem(line: 1, key: "", reason: "there is nothing in it")
            }
            var budget = 50_000
            guard node.isWithin(&budget) else { throw ProfileProblem(line: nil, key: "", reason: "it has too many values") }
            return ProfileField(node: node, path: "")
        } catch let problem as ProfileProblem {
            throw problem
        } catch let error as YamlError {
            throw ProfileProblem(error)
        } catch {
            throw ProfileProblem(line: nil, key: "", reason: "is not YAML")
        }
    }

    private init(root: ProfileField, path: String) throws(ProfileProblem) {
        let section = try root.section(Self.keys + ProfileGroup.keys)
        self.path = path
        name = try section.required("profile").profileName()
        title = try section["title"]?.text() ?? name
        base = try section["extends"]?.profileName()
        baseField = section["extends"]?.problem("")
        generation = try section["generation"]?.word(of: CardGeneration.self)
        kind = try section["kind"]?.word(of: DeviceKind.self)
        match = try section["match"].map(ProfileMatch.init)
        identity = try section["identity"].map(Self.identity) ?? []
        removed = Set(
            try section["remove"]?.list().map { field throws(ProfileProblem) in VariableTemplate(try field.text()).variable() } ?? [])
        var groups: [ProfileGroup] = []
        let own = try ProfileGroup(section, name: name, isAdditional: true)
        if !own.isEmpty { groups.append(own) }
        for field in try section["groups"]?.list() ?? [] { groups.append(try ProfileGroup(field)) }
        self.groups = groups
        registers = try section["modbus"].map(RegisterProfile.init)
        if groups.isEmpty, registers == nil, base == nil {
            throw section.field.problem("points or modbus is missing: nothing would be read")
        }
    }

    private static func identity(_ field: ProfileField) throws(ProfileProblem) -> [CardProfile.IdentityRow] {
        let section = try field.section(CardProfile.IdentityRow.Field.allCases.map(\.rawValue))
        var rows: [CardProfile.IdentityRow] = []
        for key in CardProfile.IdentityRow.Field.allCases {
            for object in try section[key.rawValue]?.oneOrMore() ?? [] {
                rows.append(CardProfile.IdentityRow(field: key, object: try object.object()))
            }
        }
        return rows
    }
}

extension Node {
    /// Whether it has no more values than the budget allows: aliases may make a short text very long.
    fileprivate func isWithin(_ budget: inout Int) -> Bool {
        budget -= 1
        guard budget >= 0 else { return false }
        switch self {
        case .scalar, .alias: return true
        case .sequence(let items):
            for item in items where !item.isWithin(&budget) { return false }
        case .mapping(let pairs):
            for (key, value) in pairs where !(key.isWithin(&budget) && value.isWithin(&budget)) { return false }
        }
        return true
    }
}

extension ProfileProblem {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(line: mark.line, key: "", reason: "is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(line: context.mark.line, key: duplicates.joined(separator: ", "), reason: "is there twice")
        default:
            self.init(line: nil, key: "", reason: "is not YAML")
        }
    }
}

extension ProfileField {
    fileprivate func profileName() throws(ProfileProblem) -> String {
        let name = try text()
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x30 && byte <= 0x39 || ".-_".utf8.contains(byte)
            }
        guard isName, name.first != "." else { throw problem("\"\(name)\" must be 1 to 64 letters, digits, dots, hyphens and underscores") }
        return name
    }

    fileprivate func pattern() throws(ProfileProblem) -> TextPattern {
        do throws(TextPattern.Fault) {
            return try TextPattern(try textOrEmpty)
        } catch {
            throw problem(error.description)
        }
    }

    private var textOrEmpty: String { get throws(TextPattern.Fault) { node.scalar?.string ?? "" } }
}

extension ProfileMatch {
    fileprivate init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["objectID", "description", "agent"])
        self.init(
            objectID: try section["objectID"]?.object(), description: try section["description"]?.pattern(),
            agent: try section["agent"]?.pattern())
        guard objectID != nil || description != nil || agent != nil else {
            throw field.problem("must have objectID, description or agent; leave match out for a profile that cards are set to by name")
        }
    }
}
