import ArgumentParser
import FoundationEssentials

/// `nvexplorer show`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a card: who it is, its alarms, and its readings.",
        discussion: """
            What was read before a card fell silent is shown with its age. A card whose place another has taken is shown by its id.
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The card's id, name, address, MAC or serial number; with --direct its address or MAC.")
    var card: String

    private struct Readings: Decodable {
        let at: String?
        let values: [String: Double]
    }

    func run() async throws {
        let document = options.direct ? try await options.withLAN(onLAN) : try await options.withServer(atServer)
        try options.output.show(document) { CardPage.lines(document, now: Date()) }
    }

    private func onLAN(_ lan: DirectLAN) async throws -> CardDocument {
        let found = try await CardSearch(lan: lan).everyCard([card])
        guard let first = found.first, found.count == 1 else {
            throw CommandFailure(.usage, "\"\(card)\" is \(found.count) cards. Name one; nvexplorer list shows many.")
        }
        return try await lan.document(of: first)
    }

    private func atServer(_ api: FleetAPI) async throws -> CardDocument {
        let record = try await api.card(card)
        let id = try FleetAPI.number(of: record)
        let readings: Readings = try await api.read("cards/\(id)/readings")
        let alarms: [AlarmRecord] = try await api.list("cards/\(id)/alarms", [("active", "true")])
        return CardDocument(card: record, at: readings.at, readings: readings.values, standing: alarms)
    }
}
