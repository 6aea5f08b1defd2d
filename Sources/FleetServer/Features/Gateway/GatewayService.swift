import AsyncAlgorithms
import FoundationEssentials
import Glibc
import Logging
import Modbus
import NIOCore
import ServiceLifecycle
import Synchronization

/// Keeps the gateway's ports open as the inventory says: one for each card that has one, and the shared one.
///
/// What can't be opened is tried again; everything else works meanwhile.
final class GatewayService: Service {
    /// Until the inventory is looked at again, ports that could not be opened are tried again, and idle arbiters looked for.
    static let upkeepInterval = Duration.seconds(5)
    /// Reports of writes that wait for the audit log; the next ones are only logged.
    static let reportCapacity = 10_000

    /// An open port, or why it is not.
    enum Port: Sendable {
        case open(ModbusGateway)
        case closed(problem: String)

        var gateway: ModbusGateway? { if case .open(let gateway) = self { gateway } else { nil } }
        var problem: String? { if case .closed(let problem) = self { problem } else { nil } }
    }

    struct WriteReport: Sendable {
        let card: String
        let peer: String
        let text: String
    }

    private struct State {
        var roster = GatewayRoster()
        /// By number; 0 stands for the shared one.
        var ports: [Int: Port] = [:]
    }

    static let sharedPort = 0

    let settings: GatewaySettings
    let pool: ArbiterPool
    private let cards: CardStore
    private let audit: AuditLog
    private let logger: Logger
    private let state = Mutex(State())
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let writes = AsyncStream.makeStream(of: WriteReport.self, bufferingPolicy: .bufferingOldest(GatewayService.reportCapacity))

    init(settings: GatewaySettings, pool: ArbiterPool, cards: CardStore, audit: AuditLog, logger: Logger) {
        self.settings = settings
        self.pool = pool
        self.cards = cards
        self.audit = audit
        self.logger = logger
    }

    /// The inventory has changed: ports may have to be opened and closed.
    func inventoryChanged() {
        wake.continuation.yield()
    }

    var roster: GatewayRoster { state.withLock { $0.roster } }
    func port(_ number: Int) -> Port? { state.withLock { $0.ports[number] } }

    /// The clients at all ports.
    var clientCount: Int { state.withLock { $0.ports.values.reduce(0) { $0 + ($1.gateway?.clientCount ?? 0) } } }
    var openPortCount: Int { state.withLock { $0.ports.values.count { $0.gateway != nil } } }

    func run() async throws {
        let ticks = AsyncTimerSequence(interval: Self.upkeepInterval, clock: .continuous).map { _ in }
        let looks = merge(wake.stream, ticks).cancelOnGracefulShutdown()
        await withDiscardingTaskGroup { group in
            group.addTask { await self.recordWrites() }
            await look()
            for await _ in looks {
                await look()
                pool.forgetIdle(now: .now)
            }
            await closePorts { _ in true }
            writes.continuation.finish()
        }
    }

    /// Opens a port for a card before it is stored, so that whoever asks for it hears at once if it can't be had.
    func reserve(_ gateway: CardGateway, for card: Card) async throws {
        for other in try await cards.cardsWithGateway() where other.id != card.id {
            if let port = gateway.port, other.gateway?.port == port {
                throw Problem.invalid("gateway.port", "Port \(port) belongs to \(other.name). Choose another.")
            }
            if let unit = gateway.unit, other.gateway?.unit == unit {
                throw Problem.invalid("gateway.unit", "Unit \(unit) is \(other.name). Choose another.")
            }
        }
        guard let port = gateway.port, self.port(port)?.gateway == nil else { return }
        if let problem = await open(port).problem { throw Problem.invalid("gateway.port", problem) }
    }

    private func look() async {
        do {
            let roster = GatewayRoster(try await cards.cardsWithGateway())
            state.withLock { $0.roster = roster }
            await settle()
        } catch {
            if !(error is CancellationError) { logger.error("the inventory can't be read", metadata: ["error": "\(error)"]) }
        }
    }

    /// Opens what should be open, and closes the rest.
    private func settle() async {
        var wanted = Set(roster.ports.keys)
        if settings.listen != nil { wanted.insert(Self.sharedPort) }
        await closePorts { !wanted.contains($0) }
        for port in wanted.sorted() where self.port(port)?.gateway == nil {
            let wasKnown = self.port(port) != nil
            if let problem = await open(port).problem, !wasKnown {
                logger.warning("a port of the Modbus gateway can't be opened", metadata: ["port": "\(port)", "problem": "\(problem)"])
            }
        }
    }

    private func open(_ number: Int) async -> Port {
        let opened: Port
        do {
            let listen = number == Self.sharedPort ? settings.listen : nil
            let address = try SocketAddress(ipAddress: listen?.host ?? settings.host, port: listen?.port ?? number)
            let configuration = ModbusGateway.Configuration(address: address, maxClients: settings.clients, maxAge: settings.maxAge)
            opened = .open(
                try await ModbusGateway.open(configuration) { [weak self] unit in
                    number == Self.sharedPort ? self?.route(unit: unit) : self?.route(port: number, unit: unit)
                })
        } catch {
            opened = .closed(problem: Self.sentence(error, port: number == Self.sharedPort ? settings.listen?.port ?? 0 : number))
        }
        let superseded = state.withLock { state -> ModbusGateway? in
            // Somebody else has opened it meanwhile.
            if state.ports[number]?.gateway != nil { return opened.gateway }
            state.ports[number] = opened
            return nil
        }
        await superseded?.close()
        return port(number) ?? opened
    }

    private func closePorts(_ isMeant: (Int) -> Bool) async {
        let closed = state.withLock { state in
            let closed = state.ports.filter { isMeant($0.key) }
            for number in closed.keys { state.ports[number] = nil }
            return closed.values.compactMap(\.gateway)
        }
        for gateway in closed { await gateway.close() }
    }

    private func route(unit: UInt8) -> GatewayRoute? {
        roster.card(unit: unit).map { route(to: $0, unit: 1) }
    }

    private func route(port: Int, unit: UInt8) -> GatewayRoute? {
        let roster = roster
        guard let card = roster.ports[port].flatMap({ roster.cards[$0] }) else { return nil }
        return route(to: card, unit: GatewayRoster.unit(unit))
    }

    private func route(to card: Card, unit: UInt8) -> GatewayRoute {
        let arbiter = pool.arbiter(of: card)
        guard card.gateway?.writes == true else { return GatewayRoute(arbiter, unit: unit) }
        return GatewayRoute(arbiter, unit: unit) { [weak self] request, peer, result in
            self?.report(request, peer, result, to: card, unit: unit)
        }
    }

    private static func sentence(_ error: any Error, port: Int) -> String {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "Port \(port) is in use by another program of the server's host. Choose another."
        case EACCES: "Port \(port) needs a privilege (CAP_NET_BIND_SERVICE) that the server does not have. Choose one from 1024 on."
        case EADDRNOTAVAIL: "The server's host does not have the address of gateway.host or gateway.listen."
        default: "Port \(port) can't be opened: \(error)"
        }
    }
}

extension GatewayService {
    /// Notes a write for the audit log. Called on an event loop.
    private func report(
        _ request: ModbusRequest, _ peer: SocketAddress?, _ result: Result<ArbiterAnswer, ModbusError>, to card: Card, unit: UInt8
    ) {
        let peer = peer.flatMap { address in address.ipAddress.map { "\($0):\(address.port ?? 0)" } } ?? "unknown"
        let report = WriteReport(
            card: card.name, peer: peer, text: "\(request.writtenRegisters), unit \(unit): \(Self.outcome(result))")
        if case .dropped = writes.continuation.yield(report) {
            logger.warning("a write is not in the audit log: too many wait", metadata: ["card": "\(card.name)", "peer": "\(peer)"])
        }
    }

    private static func outcome(_ result: Result<ArbiterAnswer, ModbusError>) -> String {
        switch result {
        case .success(let answer):
            if case .exception(let refusal) = answer.response { "refused, \(refusal.exception.sentence)" } else { "done" }
        case .failure(let error): "failed. \(error.sentence)"
        }
    }

    private func recordWrites() async {
        for await write in writes.stream {
            do {
                try await audit.record("modbus.write", by: "modbus \(write.peer)", target: write.card, detail: write.text)
            } catch {
                logger.error(
                    "a write by Modbus can't be recorded",
                    metadata: ["card": "\(write.card)", "peer": "\(write.peer)", "write": "\(write.text)", "error": "\(error)"])
            }
        }
    }
}

extension ModbusRequest {
    /// What a write sets: `0x0120 = 5`, `0x0120… = 5, 6`.
    fileprivate var writtenRegisters: String {
        switch self {
        case .readHoldingRegisters, .readInputRegisters: ""
        case .writeRegister(let register): "register \(register.address) = \(register.value)"
        case .writeRegisters(let block):
            "registers \(block.address) to \(Int(block.address) + block.values.count - 1) = "
                + block.values.map(String.init).joined(separator: ", ")
        }
    }
}

extension CardStore {
    /// The cards that Modbus clients may reach through the server.
    func cardsWithGateway() async throws -> [Card] {
        try await database.read { transaction in
            try transaction.rows("SELECT * FROM card WHERE retired_at IS NULL AND gateway_writes IS NOT NULL ORDER BY id").map(Card.init)
        }
    }
}
