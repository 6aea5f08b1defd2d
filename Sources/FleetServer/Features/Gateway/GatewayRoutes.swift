import FoundationEssentials
import HTTPTypes
import Hummingbird
import Modbus
import NIOCore

/// `/gateway`: who can be reached by Modbus, and how that goes; and registers of a card as they are.
struct GatewayRoutes: Sendable {
    let gateway: GatewayService
    let cards: CardStore
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("gateway") { _, _ in try await overview() }
        group.get("cards/:id/registers", use: registers)
    }

    private func overview() async throws -> GatewayResource {
        let roster = gateway.roster
        let others = try await cards.cards(gateway.pool.cards.filter { roster.cards[$0] == nil })
        let shown = (Array(roster.cards.values) + others.values).sorted { $0.id < $1.id }
        let shared = gateway.port(GatewayService.sharedPort)
        return GatewayResource(
            listen: gateway.settings.listen.map { "\($0)" }, host: gateway.settings.host, clients: gateway.clientCount,
            problem: shared?.problem, items: shown.map { item($0) })
    }

    private func item(_ card: Card) -> GatewayResource.Item {
        let status = gateway.pool.status(of: card.id)
        let port = card.gateway?.port.flatMap(gateway.port)
        return GatewayResource.Item(
            card: card.id, name: card.name, port: card.gateway?.port, unit: card.gateway?.unit, writes: card.gateway?.writes ?? false,
            state: GatewayResource.State(status, port), clients: port?.gateway?.clientCount ?? 0, requests: status?.tally.requests ?? 0,
            cacheHits: (status?.tally.cacheHits ?? 0) + (status?.tally.joined ?? 0), queued: status?.queued ?? 0,
            lastError: port?.problem ?? status?.tally.lastError?.sentence,
            lastErrorAt: port?.problem == nil ? status?.tally.lastErrorAt.map(date) : nil)
    }

    private func date(_ time: NIODeadline) -> Date { now().addingTimeInterval(-Double((NIODeadline.now() - time).nanoseconds) / 1e9) }

    private func registers(request: Request, context: FleetRequestContext) async throws -> RegistersResource {
        let id = try context.key("id", of: "card")
        guard let card = try await cards.card(id) else { throw Problem.notFound("card \(id)") }
        let query = try RegisterQuery(request, maxAge: gateway.settings.maxAge)
        do throws(ModbusError) {
            let answer = try await gateway.pool.arbiter(of: card).perform(
                query.request, unit: query.unit, of: .next(), maxAge: query.maxAge)
            let age = Double((NIODeadline.now() - answer.at).nanoseconds) / 1e9
            switch answer.response {
            case .readHoldingRegisters(let registers), .readInputRegisters(let registers):
                return RegistersResource(
                    unit: query.unit, address: query.address, values: registers.values, ageSeconds: age,
                    at: now().addingTimeInterval(-age))
            case .exception(let refusal): throw .exception(refusal.exception)
            case .writeRegister, .writeRegisters: throw .malformedResponse(.init(.answersAnotherRequest, offset: 0))
            }
        } catch {
            if case .noResponse = error { throw Problem(.gatewayTimeout, error.sentence) }
            throw Problem(.badGateway, error.sentence)
        }
    }
}

/// `address`, `count`, `unit`, `kind` and `maxAge` of a request for registers.
struct RegisterQuery: Sendable {
    let unit: UInt8
    let address: UInt16
    let request: ModbusRequest
    let maxAge: Duration

    init(_ request: Request, maxAge standard: Duration) throws {
        let query = request.uri.queryParameters
        guard let address = query["address"].flatMap({ Self.number($0) }).flatMap(UInt16.init(exactly:)) else {
            throw Problem.invalid("address", "address is the first register's number, 0 to 65535; 0x… is hexadecimal.")
        }
        let count = query["count"].map { Int($0) ?? 0 } ?? 1
        guard let range = ReadRegistersRequest(address: address, count: count),
            Int(address) + count <= 0x1_0000
        else { throw Problem.invalid("count", "count is from 1 to 125, and the registers end at 65535.") }
        guard let unit = UInt8(query["unit"].map(String.init) ?? "1"), unit <= 247 else {
            throw Problem.invalid("unit", "unit is from 0 to 247; 1 is the card's system.")
        }
        switch query["kind"] {
        case nil, "holding": self.request = .readHoldingRegisters(range)
        case "input": self.request = .readInputRegisters(range)
        default: throw Problem.invalid("kind", "kind is holding or input.")
        }
        if let text = query["maxAge"] {
            guard let seconds = Double(String(text)), (0...3600).contains(seconds) else {
                throw Problem.invalid("maxAge", "maxAge is in seconds, 0 to 3600; 0 asks the card.")
            }
            maxAge = .seconds(seconds)
        } else {
            maxAge = standard
        }
        self.unit = unit
        self.address = address
    }

    private static func number(_ text: Substring) -> Int? {
        text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
    }
}

/// Registers as the card gave them.
struct RegistersResource: ResponseEncodable, Sendable {
    let unit: UInt8
    let address: UInt16
    let values: [UInt16]
    /// Since the card gave them.
    let ageSeconds: Double
    let at: Date
}

/// The gateway as the API shows it.
struct GatewayResource: ResponseEncodable, Sendable {
    enum State: String, Encodable, Sendable, CaseIterable {
        /// Nobody needs the card's connection.
        case idle
        case connected
        /// Another program holds the card's only connection.
        case occupied
        case unreachable
        /// The server's port can't be opened.
        case closed

        init(_ status: ArbiterStatus?, _ port: GatewayService.Port?) {
            guard port?.problem == nil else {
                self = .closed
                return
            }
            switch status?.state {
            case nil, .idle: self = .idle
            case .connected: self = .connected
            case .failing: self = status?.failure == .occupied ? .occupied : .unreachable
            }
        }
    }

    struct Item: Encodable, Sendable {
        let card: Int64
        let name: String
        @Nullable var port: Int?
        @Nullable var unit: Int?
        let writes: Bool
        let state: State
        let clients: Int
        let requests: UInt64
        let cacheHits: UInt64
        let queued: Int
        @Nullable var lastError: String?
        @Nullable var lastErrorAt: Date?
    }

    @Nullable var listen: String?
    let host: String
    /// At all ports.
    let clients: Int
    /// Why the shared port is not open.
    @Nullable var problem: String?
    let items: [Item]
}
