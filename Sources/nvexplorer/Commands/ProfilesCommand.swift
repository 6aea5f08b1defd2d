import ArgumentParser
import NIOCore
import NetVision
import PowerDevice

/// `nvexplorer profiles`
struct ProfilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "How cards of each kind are read.",
        subcommands: [ProfilesListCommand.self, ProfilesShowCommand.self, ProfilesCheckCommand.self, ProfilesReloadCommand.self],
        defaultSubcommand: ProfilesListCommand.self)
}

/// `nvexplorer profiles list`
struct ProfilesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the server's profiles; with --direct those that are built in.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let list: ProfileListRecord =
            options.direct
            ? ProfileListRecord(items: ProfileLibrary.builtIn.profiles.map(ProfileRecord.init))
            : try await options.withServer { try await $0.read("profiles") }
        try options.output.show(list) { Self.lines(list) }
    }

    static func lines(_ list: ProfileListRecord) -> [String] {
        Output.table(
            list.items,
            [
                Column("Name") { $0.name }, Column("Title") { $0.title }, Column("Kind") { $0.kind?.uppercased() },
                Column("By") { ($0.protocols ?? []).joined(separator: ", ") }, Column("Points", .right) { $0.points.map(String.init) },
                Column("From") { $0.file ?? "built in" },
            ]) + (list.problems ?? []).map { "Not a profile: \($0.words)" }
    }
}

/// `nvexplorer profiles reload`
struct ProfilesReloadCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Let the server read its files of profiles again; ends with 1 where one is wrong.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let list: ProfileListRecord = try await options.withServer { try await $0.post("profiles/reload", [String: String]()) }
        try options.output.show(list) { ProfilesListCommand.lines(list) }
        if list.problems?.isEmpty == false { throw CommandFailure.told }
    }
}

/// `nvexplorer profiles show`
struct ProfilesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print a profile as YAML, to read or to begin one of your own with.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its name.")
    var name: String

    func run() async throws {
        let path = "profiles/\(FleetAPI.percentEncoded(name))"
        if options.direct {
            guard let profile = ProfileLibrary.builtIn.profile(named: name) else {
                throw CommandFailure(.failed, "There is no built-in profile \"\(name)\". See nvexplorer profiles list --direct.")
            }
            return Terminal.put(profile.yaml, on: 1)
        }
        try await options.withServer { api in
            if options.json {
                let document: APIValue = try await api.read(path)
                try options.output.show(document) { [] }
            } else {
                Terminal.put(try await api.text(path, as: "application/yaml"), on: 1)
            }
        }
    }
}

/// `nvexplorer profiles check`
struct ProfilesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check files of profiles; needs no server.",
        discussion: "A profile may extend another one of the files, or a built-in one.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The files.")
    var files: [String]

    private struct Report: Encodable {
        let profiles: [String]
        let problems: [ProfileListRecord.Problem]
    }

    func run() async throws {
        var parsed: [ProfileFile] = []
        var problems: [ProfileProblem] = []
        for file in files {
            let text = String(buffer: try await LocalFile.read(file, limit: ProfileFile.maximumSize))
            do throws(ProfileProblem) {
                parsed.append(try ProfileFile(text, path: file))
            } catch {
                problems.append(error)
            }
        }
        let (profiles, more) = ProfileFile.resolve(parsed)
        problems += more
        let report = Report(
            profiles: profiles.map(\.name),
            problems: problems.map { .init(file: $0.file, line: $0.line, key: $0.key, reason: $0.reason) })
        try options.output.show(report) {
            profiles.map { "\($0.name) is a profile: \($0.title)." } + problems.map(\.description)
        }
        if !problems.isEmpty { throw CommandFailure.told }
    }
}

extension ProfileRecord {
    init(_ profile: CardProfile) {
        self.init(
            name: profile.name, title: profile.title, origin: profile.isBuiltIn ? "builtIn" : "file", extends: profile.base,
            generation: profile.generation.rawValue, kind: profile.kind.rawValue,
            protocols: (profile.groups.isEmpty ? [] : ["snmp"]) + (profile.registers == nil ? [] : ["modbus"]))
    }
}
