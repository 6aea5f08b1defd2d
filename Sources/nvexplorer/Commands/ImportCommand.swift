import ArgumentParser
import NIOCore

/// The forms in which cards come in and go out.
enum InventoryFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, yaml

    /// By the name's ending.
    init?(file: String) {
        switch file.split(separator: ".").last?.lowercased() {
        case "csv", "txt": self = .csv
        case "yaml", "yml": self = .yaml
        default: return nil
        }
    }

    var contentType: String { self == .csv ? "text/csv" : "application/yaml" }
}

/// `nvexplorer import`
struct ImportCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take cards from a file into the inventory.",
        discussion: """
            CSV with a line of column names, or YAML with a list of cards. The columns: address, mac, serial, name, site, tags (with ; between),
            generation, snmp_version, community, user, auth_protocol, auth_password, privacy_protocol, privacy_password, protocol, profile.
            Give the file mode 0600 where it has secrets.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The file.")
    var file: String

    @Option(help: "csv or yaml. (default: by the file's name)")
    var format: InventoryFormat?

    @Flag(help: "Only tell what would happen.")
    var dryRun = false

    private static let sizeLimit = 16 << 20

    func validate() throws {
        try needServer()
        guard format != nil || InventoryFormat(file: file) != nil else {
            throw ValidationError("\(file) ends neither in .csv nor in .yaml: say --format csv or --format yaml.")
        }
    }

    func run() async throws {
        let format = format ?? InventoryFormat(file: file) ?? .csv
        let bytes = try await LocalFile.read(file, limit: Self.sizeLimit)
        let result: ImportRecord = try await options.withServer { api in
            try await api.upload("cards/import", [("dryRun", dryRun ? "true" : nil)], bytes, as: format.contentType)
        }
        try options.output.show(result) { Self.lines(result, isDryRun: dryRun) }
        if result.refused > 0 { throw CommandFailure.told }
    }

    static func lines(_ result: ImportRecord, isDryRun: Bool) -> [String] {
        let shown = result.items.filter { $0.action != "unchanged" }
        let table = Output.table(
            shown,
            [
                Column("Line", .right) { $0.line.map(String.init) }, Column("Address") { $0.address }, Column("Result") { $0.action },
                Column("Card", .right) { $0.card.map(String.init) }, Column("Why") { $0.error },
            ])
        let sum =
            "\(isDryRun ? "It would be: " : "")\(result.added) added, \(result.updated) updated, \(result.unchanged) unchanged, "
            + "\(result.refused) refused."
        return (shown.isEmpty ? [] : table) + [sum]
    }
}

/// `nvexplorer export`
struct ExportCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print the inventory as CSV or YAML, without secrets; import takes it.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var criteria: CriteriaOptions

    @Option(help: "csv or yaml. (default: by the file's name, else csv)")
    var format: InventoryFormat?

    @Option(help: ArgumentHelp("Write a file. (default: standard output)", valueName: "file"))
    var out: String?

    func run() async throws {
        let format = format ?? out.flatMap(InventoryFormat.init(file:)) ?? .csv
        let text = try await options.withServer { api in
            try await api.text("cards/export", [("format", format.rawValue)] + criteria.criteria.query, as: format.contentType)
        }
        guard let out else { return Terminal.put(text, on: 1) }
        try await LocalFile.write(ByteBuffer(string: text), to: out)
        options.output.say("The inventory is in \(out).")
    }
}
