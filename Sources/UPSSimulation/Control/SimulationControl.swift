package import Hummingbird
package import Logging
import PowerDevice
import ServiceLifecycle

/// The HTTP API by which a tester plays fate: mains, load, room, single registers, faults, time.
///
///     GET  /state                          what is
///     PUT  /points/{code}  {"value": n}    holds a raw register value or bit      DELETE lets it go
///     PUT  /mains          {"source": 2, "present": false, "voltage": 230, "frequency": 50, "lost": [3], "phase": 30}
///     PUT  /load           {"percent": 80}
///     PUT  /ambient        {"celsius": 31}
///     PUT  /mode           {"mode": "eco"}
///     PUT  /units/{n}      {"failed": true}    {"present": false}
///     PUT  /modules/{n}    {"failed": true}
///     PUT  /battery        {"charge": 50, "health": 80, "temperature": 25, "connected": true, "test": true}
///     PUT  /genset         {"present": true, "failed": false, "delay": 10}
///     PUT  /plugs/{n}      {"closed": false}   {"mode": "batteryCapacity", "value": 50}
///     PUT  /remote         {"enabled": false}
///     PUT  /transfer       {"preferred": 2, "locked": false}                     of a transfer system
///     PUT  /emd            {"temperature": 31, "humidity": 50, "inputs": [true, false], "present": true}
///     PUT  /clock          {"speed": 60}
///     POST /scenario       a scenario document
///     PUT  /faults/{name}  {…}             DELETE clears it
///     POST /traps/test                     sends the card's test trap
///     GET  /alarms                         the card's alarm table
///     GET  /logs/{log}?from=&to=&page=&count=&order=                             DELETE clears it
///     GET  /logs/{log}.csv                 the whole log
///     POST /reset          {"kind": "restart"}     "accounts", "factory"
///     PUT  /time           {"utc": "2026-11-23T04:00:00Z"}
///
/// For a farm every path has the prefix `/cards/{n}`, n from 1, and `GET /cards` lists them. Two paths of a farm are for many cards at once:
///
///     PUT  /mains          {"present": false, "cards": [1, 2]}                   of these cards; absent: of all
///     GET  /traps                                                                what has become of the traps of all cards
///
/// There is no authentication: it is off unless asked for, and meant for the loopback interface. Errors are RFC 9457 problem documents.
package struct SimulationControl: Sendable {
    let cards: [Int: ControlledCard]
    private let isFarm: Bool

    static let resources =
        "There are state, points/{code}, mains, load, ambient, mode, units/{n}, modules/{n}, battery, genset, plugs/{n}, remote, transfer, "
        + "emd, clock, scenario, faults/{name}, traps/test, alarms, logs/{log}, logs/{log}.csv, reset and time; in a farm below /cards/{n}, "
        + "and mains and traps of all cards."

    /// For one UPS without a card: no prefix.
    package init(_ simulator: UPSSimulator) {
        cards = [1: ControlledCard(number: 1, simulator: simulator)]
        isFarm = false
    }

    /// For a farm: every path below `/cards/{n}`.
    package init(cards: [ControlledCard]) {
        self.cards = Dictionary(cards.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        isFarm = true
    }

    /// A server for the API; run it as a service.
    /// - Parameter onRunning: told once the server listens, with its bound address.
    package func application(
        host: String, port: Int, logger: Logger, onRunning: @escaping @Sendable (String) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Self.application(router(), host: host, port: port, logger: logger, onRunning: onRunning)
    }

    static func application(
        _ router: Router<ControlRequestContext>, host: String, port: Int, logger: Logger,
        onRunning: @escaping @Sendable (String) async -> Void
    ) -> some ApplicationProtocol {
        Application(
            router: router, configuration: .init(address: .hostname(host, port: port), serverName: "simulation-control"),
            onServerRunning: { channel in
                await onRunning(channel.localAddress.map { "\(host):\($0.port ?? port)" } ?? "\(host):\(port)")
            }, logger: logger)
    }

    package func router() -> Router<ControlRequestContext> {
        let router = Router(context: ControlRequestContext.self)
        router.add(middleware: ControlProblemMiddleware())
        if isFarm {
            router.get("cards") { _, _ in cards.values.sorted { $0.number < $1.number }.map(CardSummary.init) }
            addFarm(to: router)
            addRoutes(to: router.group("cards/:number")) { context throws(ControlProblem) in try card(context) }
        } else {
            addRoutes(to: router) { context throws(ControlProblem) in try card(context) }
        }
        return router
    }

    private func card(_ context: ControlRequestContext) throws(ControlProblem) -> ControlledCard {
        try card(isFarm ? context.parameters.get("number") ?? "" : "1")
    }

    /// The card with this number.
    func card(_ text: String) throws(ControlProblem) -> ControlledCard {
        guard let number = Int(text), let card = cards[number] else {
            let last = cards.keys.max() ?? 0
            throw ControlProblem(.notFound, "There is no card \(text). Cards are numbered from 1 to \(last); GET /cards lists them.")
        }
        return card
    }

    /// A line of `GET /cards`.
    private struct CardSummary: ResponseEncodable, Sendable {
        let number: Int
        let address: String?
        let mac: String?
        let model: String
        let map: String

        init(_ card: ControlledCard) {
            number = card.number
            address = card.address
            mac = card.mac
            model = card.model
            map = card.map
        }
    }
}
