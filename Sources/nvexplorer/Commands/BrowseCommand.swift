import ArgumentParser
import FoundationEssentials
import Glibc
import NetVision

/// `nvexplorer browse`
struct BrowseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "browse", abstract: "Open a card's web pages.",
        discussion: "With $BROWSER, else xdg-open where there is a desktop; where there is neither, the address is printed.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The card's id, name, address, MAC or serial number; with --direct its address or MAC.")
    var card: String

    private struct Report: Encodable {
        let url: String
        let opened: Bool
    }

    func run() async throws {
        let url = options.direct ? try await options.withLAN(onLAN) : try await options.withServer(atServer)
        let opened = !options.json && WebBrowser(environment: ProcessInfo.processInfo.environment).open(url)
        try options.output.show(Report(url: url, opened: opened)) { [url] }
    }

    private func onLAN(_ lan: DirectLAN) async throws -> String {
        let found = try await CardSearch(lan: lan).everyCard([card])
        guard let first = found.first, found.count == 1 else {
            throw CommandFailure(.usage, "\"\(card)\" is \(found.count) cards. Name one.")
        }
        guard let announced = first.announcement?.webPort else {
            return try url(first.address, port: DirectLAN.webPort + options.portOffset)
        }
        guard announced > 0 else { throw CommandFailure(.failed, "The card at \(first.address) has no web pages.") }
        return try url(first.address, port: Int(announced))
    }

    private func atServer(_ api: FleetAPI) async throws -> String {
        let card = try await api.card(card)
        guard let port = card.webPort else { throw CommandFailure(.failed, "\(card.name) has no web pages of its own.") }
        return try url(card.address, port: port)
    }

    /// Made of an address that is one and a number, and nothing else: it goes to another program.
    private func url(_ address: String, port: Int) throws -> String {
        guard AddressRange.number(address) != nil else {
            throw CommandFailure(.failed, "The card's address \"\(address)\" is no IPv4 address.")
        }
        return "http://\(address)\(port == DirectLAN.webPort ? "" : ":\(port)")/"
    }
}

/// The user's web browser.
struct WebBrowser: Sendable {
    let environment: [String: String]

    /// The command to try, without the address; nil where there is no browser.
    var command: [String]? {
        // $BROWSER may list several, separated by colons; the first is taken, with its arguments.
        if let first = environment["BROWSER"]?.split(separator: ":").first {
            return first.split(separator: " ").map(String.init)
        }
        let hasDesktop = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
        return hasDesktop ? ["xdg-open"] : nil
    }

    /// Starts the browser and leaves it alone. False where there is none, or it can't be started.
    func open(_ url: String) -> Bool {
        guard let command, let program = command.first else { return false }
        let arguments = command + [url]
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        return posix_spawnp(&child, program, nil, nil, &pointers, environ) == 0
    }
}
