import ArgumentParser
import NetVision

/// How long the steps of a card's upgrade may take.
struct DeadlineOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How long the transfer to a card may take. (default: 600)", valueName: "seconds"))
    var transferDeadline: Double?

    @Option(help: ArgumentHelp("How long a card may be away for its restart. (default: 300)", valueName: "seconds"))
    var restartDeadline: Double?

    @Option(help: ArgumentHelp("How long a card has to show that it works. (default: 120)", valueName: "seconds"))
    var verifyDeadline: Double?

    func validate() throws {
        let all = [transferDeadline, restartDeadline, verifyDeadline].compactMap(\.self)
        guard all.allSatisfy({ (1...86_400).contains($0) }) else { throw ValidationError("A deadline is 1 to 86400 seconds.") }
    }

    /// For a server: what was not given is the server's to say.
    var campaign: NewCampaign.Deadlines? {
        let isEmpty = transferDeadline == nil && restartDeadline == nil && verifyDeadline == nil
        return isEmpty ? nil : .init(transfer: transferDeadline, restart: restartDeadline, verify: verifyDeadline)
    }

    var direct: CardUpgrade.Deadlines {
        var deadlines = CardUpgrade.Deadlines()
        deadlines.transfer = transferDeadline ?? deadlines.transfer
        deadlines.restart = restartDeadline ?? deadlines.restart
        deadlines.verify = verifyDeadline ?? deadlines.verify
        return deadlines
    }
}

/// `nvexplorer upgrade`
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade", abstract: "Bring firmware to cards, and follow each until it works again.",
        discussion: """
            Examples: nvexplorer upgrade --all --firmware card-8.41.bin --canary 1 --halt-failures 2%
                      nvexplorer --direct upgrade 10.1.0.5 --firmware card-8.41.bin

            With a server this is a campaign, which goes on when you leave. Alone on the LAN, leaving ends it.
            A card whose UPS is on battery, on bypass or in alarm is skipped.
            The exit code is 0 when every card was upgraded, 1 when one was not.
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var password: CardPassword

    @Argument(help: "Ids, names, addresses, MACs or serial numbers; with --direct addresses, ranges or MACs.")
    var cards: [String] = []

    @Option(help: ArgumentHelp("A file, or an image of the server's library by id or name.", valueName: "image"))
    var firmware: String

    @Flag(help: "All cards (of those that the other options choose).")
    var all = false

    @OptionGroup var criteria: CriteriaOptions

    @Option(help: ArgumentHelp("How many cards at a time.", valueName: "n"))
    var concurrency = 8

    @Option(help: ArgumentHelp("At a server: so many cards first, alone.", valueName: "n"))
    var canary: Int?

    @Option(help: ArgumentHelp("At a server: the next wave's size, as 25% or 10 (repeatable).", valueName: "size"))
    var wave: [String] = []

    @Option(help: ArgumentHelp("At a server: stop after so many failed cards, as 2% or 3.", valueName: "limit"))
    var haltFailures: String?

    @OptionGroup var deadlines: DeadlineOptions

    @Flag(help: "With --direct: also upgrade cards whose UPS is on battery, on bypass or in alarm.")
    var evenInTrouble = false

    @Flag(name: [.short, .long], help: "Do not ask.")
    var yes = false

    func validate() throws {
        guard !cards.isEmpty || all || !criteria.criteria.isEmpty else {
            throw ValidationError("Name the cards, or choose them by --model or --firmware-version, or take --all.")
        }
        guard cards.isEmpty || !all else { throw ValidationError("Either name the cards, or take --all.") }
        guard 1...500 ~= concurrency else { throw ValidationError("--concurrency must be from 1 to 500.") }
        if options.direct, canary != nil || !wave.isEmpty || haltFailures != nil {
            throw ValidationError("--canary, --wave and --halt-failures are a server's: leave them out, or --direct.")
        }
        if !options.direct, evenInTrouble { throw ValidationError("--even-in-trouble works with --direct only.") }
    }

    func run() async throws {
        let report: UpgradeReport
        if options.direct {
            report = try await DirectUpgrade(command: self).run()
        } else {
            report = try await options.withServer { try await CampaignUpgrade(command: self, api: $0).run() }
        }
        let tally = UpgradeTally(report.cards)
        let halt = report.campaign?.haltReason.map { "The campaign halted: \($0)" }
        try options.output.show(report) { Terminal.isOutput ? [] : [tally.text] }
        if let halt { Output.complain(halt) }
        guard tally.isWholeSuccess else { throw CommandFailure.told }
    }

    /// Asks before many cards are touched that nobody has named one by one.
    func confirm(_ count: Int, _ image: String) throws {
        guard cards.isEmpty, !yes, Terminal.isInput else { return }
        guard Terminal.confirm(Output.printable("Upgrade \(CardTable.count(count)) with \(image)?")) else {
            throw CommandFailure(.failed, "Nothing was changed.")
        }
    }
}
