import ArgumentParser
import FoundationEssentials
import NIOCore

/// `nvexplorer alarm-rules`
struct AlarmRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alarm-rules", abstract: "Alarms of your own: thresholds, no data, firmware and the like.",
        discussion: "Rules are kept as YAML: export, change, check, rehearse with dry-run, import.",
        subcommands: [
            AlarmRulesListCommand.self, AlarmRulesShowCommand.self, AlarmRulesExportCommand.self, AlarmRulesImportCommand.self,
            AlarmRulesCheckCommand.self, AlarmRulesDryRunCommand.self, AlarmRulesEnableCommand.self, AlarmRulesDisableCommand.self,
            AlarmRulesRemoveCommand.self,
        ], defaultSubcommand: AlarmRulesListCommand.self)
}

/// Documents of rules.
enum RuleFile {
    static let sizeLimit = 1 << 20
    static let contentType = "application/yaml"

    static func read(_ path: String) async throws -> ByteBuffer { try await LocalFile.read(path, limit: sizeLimit) }
}

/// `nvexplorer alarm-rules list`
struct AlarmRulesListCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules, with the alarms that they have raised.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let rules: [AlarmRuleRecord] = try await options.withServer { try await $0.list(AlarmRuleFields.kind.path) }
        try options.output.show(
            rules, empty: "There are no alarm rules.",
            [
                Column("Id", .right) { "\($0.id)" }, Column("Name") { $0.name },
                Column("In use") { $0.record.enabled == false ? "no" : "yes" },
                Column("Severity") { $0.record.severity }, Column("Alarms", .right) { $0.all["activeAlarms"]?.words },
                Column("Title") { $0.record.title },
                Column("Notes") { ($0.all["notes"]?.items ?? []).compactMap(\.words).joined(separator: " ") },
            ])
    }
}

/// `nvexplorer alarm-rules show`
struct AlarmRulesShowCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a rule.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or name.")
    var rule: String

    func run() async throws {
        let found: AlarmRuleRecord = try await options.withServer { try await $0.record(rule) }
        try options.output.show(found) { Outline.lines(found.all) }
    }
}

/// `nvexplorer alarm-rules export`
struct AlarmRulesExportCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "export", abstract: "Print all rules as YAML; import takes it.")

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("Write a file. (default: standard output)", valueName: "file"))
    var out: String?

    func run() async throws {
        let text = try await options.withServer { try await $0.text("\(AlarmRuleFields.kind.path)/export", as: RuleFile.contentType) }
        guard let out else { return Terminal.put(text, on: 1) }
        try await LocalFile.write(ByteBuffer(string: text), to: out)
        options.output.say("The rules are in \(out).")
    }
}

/// `nvexplorer alarm-rules import`
struct AlarmRulesImportCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take rules from a file of YAML.",
        discussion:
            "Rules of the same name are changed, others stay; with --replace others are removed. All of the file is taken, or nothing.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The file.")
    var file: String

    @Flag(help: "Only tell what would happen.")
    var dryRun = false

    @Flag(help: "Remove the rules that are not in the file.")
    var replace = false

    func run() async throws {
        let bytes = try await RuleFile.read(file)
        let query: [(String, String?)] = [("dryRun", dryRun ? "true" : "false"), ("replace", replace ? "true" : "false")]
        let done: Answer<RuleImport> = try await options.withServer { api in
            try await api.upload("\(AlarmRuleFields.kind.path)/import", query, bytes, as: RuleFile.contentType)
        }
        try options.output.show(done) { Self.lines(done.record, isDryRun: dryRun) }
    }

    static func lines(_ done: RuleImport, isDryRun: Bool) -> [String] {
        let shown = done.items.filter { $0.action != "unchanged" }.map { "\($0.name): \($0.action)" }
        let sum = "\(done.added) added, \(done.changed) changed, \(done.unchanged) unchanged, \(done.removed) removed."
        return shown + [(isDryRun ? "It would be: " : "") + sum] + (done.notes ?? []).map { "Note: \($0)" }
    }
}

/// `nvexplorer alarm-rules check`
struct AlarmRulesCheckCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Let the server check a file of rules; nothing is changed. Exit code 1 where something is wrong.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The file.")
    var file: String

    func run() async throws {
        let bytes = try await RuleFile.read(file)
        let found: Answer<RuleCheck> = try await options.withServer { api in
            try await api.upload("\(AlarmRuleFields.kind.path)/check", [], bytes, as: RuleFile.contentType)
        }
        try options.output.show(found) { Self.lines(found.record, file) }
        if !found.record.isValid { throw CommandFailure.told }
    }

    static func lines(_ check: RuleCheck, _ file: String) -> [String] {
        let notes = (check.notes ?? []).map { "Note: \($0)" }
        guard check.isValid else { return check.problems.map { $0.words(file) } + notes }
        return ["\(file) is good\(check.rules.map { ": \($0) \($0 == 1 ? "rule" : "rules")" } ?? "")."] + notes
    }
}

/// `nvexplorer alarm-rules enable`
struct AlarmRulesEnableCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "enable", abstract: "Use rules.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var rules: [String]

    func run() async throws {
        try await options.each(rules, AlarmRuleRecord.self, { "\($0.name) is in use." }) { api, rule in
            try await api.change(rule, ["enabled": .flag(true)])
        }
    }
}

/// `nvexplorer alarm-rules disable`
struct AlarmRulesDisableCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "disable", abstract: "Leave rules unused; their alarms end.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var rules: [String]

    func run() async throws {
        try await options.each(rules, AlarmRuleRecord.self, { "\($0.name) is not used any more." }) { api, rule in
            try await api.change(rule, ["enabled": .flag(false)])
        }
    }
}

/// `nvexplorer alarm-rules remove`
struct AlarmRulesRemoveCommand: ServerCommand {
    static let configuration = CommandConfiguration(commandName: "remove", abstract: "Forget rules; their alarms end.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids or names.")
    var rules: [String]

    func run() async throws {
        try await options.each(rules, AlarmRuleRecord.self, { "\($0.name) is removed." }) { api, rule in
            try await api.remove(rule)
            return rule
        }
    }
}
