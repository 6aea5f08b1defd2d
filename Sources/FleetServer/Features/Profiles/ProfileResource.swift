import NetVision
import PowerDevice

/// A profile in the list.
struct ProfileResource: Encodable, Sendable {
    let name: String
    let title: String
    /// `builtIn` or `file`.
    let origin: String
    @Nullable var file: String?
    @Nullable var extends: String?
    let generation: String
    let kind: String
    /// `snmp`, `modbus`.
    let protocols: [String]
    /// Whether cards are read by it without being set to it.
    let isChosenByItself: Bool
    /// How many points are asked with the status, and with everything.
    let statusPoints: Int
    let points: Int

    init(_ profile: CardProfile) {
        name = profile.name
        title = profile.title
        let path: String? = if case .file(let path) = profile.origin { path } else { nil }
        file = path
        origin = profile.isBuiltIn ? "builtIn" : "file"
        extends = profile.base
        generation = profile.generation.rawValue
        kind = profile.kind.rawValue
        protocols = (profile.groups.isEmpty ? [] : ["snmp"]) + (profile.registers == nil ? [] : ["modbus"])
        isChosenByItself = profile.match != nil || (profile.isBuiltIn && !profile.groups.isEmpty)
        let points = profile.groups.flatMap(\.points).map(\.poll) + (profile.registers?.points.map(\.poll) ?? [])
        statusPoints = points.count { $0 == .status }
        self.points = points.count
    }
}

/// What is wrong with a file.
struct ProfileProblemResource: Encodable, Sendable {
    let file: String
    @Nullable var line: Int?
    let key: String
    let reason: String

    init(_ problem: ProfileProblem) {
        file = problem.file ?? ""
        line = problem.line
        key = problem.key
        reason = problem.reason
    }
}
