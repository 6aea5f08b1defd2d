import ArgumentParser
import FoundationEssentials

/// `nvexplorer receivers`
struct ReceiversCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers", abstract: "Where the server hears traps and syslog messages, and whether any were lost.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let page: FleetAPI.Page<Answer<ReceiverItem>> = try await options.withServer { try await $0.read("receivers") }
        try options.output.show(
            page.items, empty: "The server hears neither traps nor syslog messages.",
            [
                Column("What") { $0.record.kind }, Column("State") { $0.state }, Column("Address") { $0.address },
                Column("Received", .right) { "\($0.received)" }, Column("Of these") { $0.all["byKind"]?.words },
                Column("Lost or refused", .right) { "\($0.dropped)" }, Column("Why") { $0.all["drops"]?.words },
                Column("Problem") { $0.problem },
            ])
    }
}

/// `nvexplorer senders`
struct SendersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "senders", abstract: "Who sends traps or syslog messages and is no card of the inventory.",
        subcommands: [SendersListCommand.self, SendersForgetCommand.self], defaultSubcommand: SendersListCommand.self)
}

/// `nvexplorer senders list`
struct SendersListCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List unknown senders, the latest first. nvexplorer add ADDRESS makes one a card.")

    @OptionGroup var options: GlobalOptions
    @OptionGroup var length: ListLength

    func run() async throws {
        let now = Date()
        let found: (items: [Answer<UnknownSender>], hasMore: Bool) = try await options.withServer { api in
            try await api.first(length.last, of: UnknownSender.path)
        }
        try options.output.show(
            found, empty: "Nobody sends who is not known.",
            [
                Column("Address") { $0.address }, Column("By") { $0.record.protocol }, Column("Messages", .right) { "\($0.count)" },
                Column("First") { $0.firstAt.map { Elapsed.since($0, now: now) } },
                Column("Last") { Elapsed.since($0.lastAt, now: now) }, Column("Engine") { $0.engine }, Column("Last text") { $0.lastText },
                Column("Card", .right) { $0.all["card"]?.words },
            ])
    }
}

/// `nvexplorer senders forget`
struct SendersForgetCommand: ServerCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Take senders off the list; who sends again is on it again.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their addresses.")
    var addresses: [String]

    private struct Forgotten: Encodable { let address: String }

    func run() async throws {
        let done = try await options.withServer { api in
            try await Batch(addresses).each { address in
                try await api.delete("\(UnknownSender.path)/\(FleetAPI.percentEncoded(address))")
                return Forgotten(address: address)
            }
        }
        try done.tell(options.output) { "\($0.address) is forgotten." }
    }
}
