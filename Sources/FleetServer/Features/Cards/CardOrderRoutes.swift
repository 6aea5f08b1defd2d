import FoundationEssentials
import Hummingbird
import NetVision
import SNMP

/// Adding a card by its address, and orders to CardAgents: network settings, identify, restart.
struct CardOrderRoutes: Sendable {
    let cards: CardStore
    let listing: CardListing
    let reader: CardReader
    let lan: LANClient
    let portOffset: Int
    let audit: AuditLog
    let inventoryChanged: @Sendable () -> Void
    /// Looks at a card at once.
    let hurry: @Sendable (Int64) -> Void
    let now: @Sendable () -> Date

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.post("cards", use: add)
        group.post("cards/:id/network", use: setNetwork)
        group.post("cards/:id/identify") { request, context in
            _ = try context.user(atLeast: .operator)
            let wanted = try await request.optionalBody(Identify.self, context: context)
            let seconds = wanted?.seconds ?? 30
            guard 1...3600 ~= seconds else { throw Problem.invalid("seconds", "seconds is 1 to 3600.") }
            return try await order(.identify(seconds: seconds), context)
        }
        group.post("cards/:id/restart") { _, context in try await order(.restart, context) }
    }

    private struct NewCard: Decodable {
        let address: String
        let name: String?
        let credentials: CardChange.Credentials?
    }

    private struct Identify: Decodable { let seconds: Int? }

    private struct Network: Decodable {
        let address: String?
        let netmask: String?
        let gateway: String?
        let dhcp: Bool?
    }

    private func add(request: Request, context: FleetRequestContext) async throws -> EditedResponse<CardResource> {
        let identity = try context.user(atLeast: .operator)
        let new = try await request.body(NewCard.self, context: context)
        if new.credentials != nil { _ = try context.user(atLeast: .admin) }
        try CardChange(name: new.name, credentials: new.credentials.map { .set($0) } ?? .kept).validate()
        guard let number = AddressRange.number(new.address) else { throw Problem.invalid("address", "\(new.address) is no IPv4 address.") }
        let address = AddressRange.text(number)
        let credentials = try await new.credentials?.applied(to: CardCredentials()) ?? CardCredentials()
        let target = try SNMPTarget(address: address, access: credentials.snmp, portOffset: portOffset)
        let found: CardIdentity?
        do {
            found = try await reader.identify(target)
        } catch SNMPError.security(let error) {
            throw Problem(.badGateway, "\(address) refuses this SNMPv3 user. \(error)")
        } catch is SNMPError {
            let secret = credentials.snmp.user == nil ? " with this community" : ""
            throw Problem(.badGateway, "\(address) does not answer SNMP v\(credentials.snmp.version.rawValue)\(secret).")
        }
        guard let found else {
            throw Problem(.unprocessableContent, "What answers at \(address) is no card of a UPS or a transfer switch.")
        }
        let enrolment = try await cards.enroll(CardFinding(address: address, identity: found, access: credentials.snmp), now: now())
        let card = enrolment.card
        if new.credentials != nil { try await cards.setCredentials(card.id, credentials) }
        if let name = new.name { try await cards.rename(card.id, to: name) }
        try await audit.record("card.add", by: identity.username, target: address)
        inventoryChanged()
        guard let row = try await listing.card(card.id) else { throw Problem.notFound("card \(card.id)") }
        return EditedResponse(status: enrolment.isNew ? .created : .ok, response: CardResource(row))
    }

    private func setNetwork(request: Request, context: FleetRequestContext) async throws -> HTTPResponse.Status {
        _ = try context.user(atLeast: .operator)
        let wanted = try await request.body(Network.self, context: context)
        let usesDHCP = wanted.dhcp ?? false
        let settings: NetworkSettings?
        if usesDHCP {
            settings = NetworkSettings(address: 0, mask: 0, usesDHCP: true)
        } else {
            settings = NetworkSettings(
                address: wanted.address ?? "", mask: wanted.netmask ?? "", gateway: wanted.gateway, usesDHCP: false)
        }
        guard let settings else {
            throw Problem.invalid(
                "address", "Give address and netmask, and a gateway where there is one, as IPv4 addresses; or dhcp: true.")
        }
        if let problem = settings.problem { throw Problem.invalid("address", problem) }
        let status = try await order(.setNetwork(settings), context)
        if !usesDHCP {
            let id = try context.key("id", of: "card")
            try await cards.readdress(id, to: AddressRange.text(settings.address))
            inventoryChanged()
        }
        return status
    }

    private func order(_ order: LANRequest.Order, _ context: FleetRequestContext) async throws -> HTTPResponse.Status {
        let identity = try context.user(atLeast: .operator)
        let id = try context.key("id", of: "card")
        guard let card = try await cards.card(id) else { throw Problem.notFound("card \(id)") }
        guard card.generation == .cardAgent, let mac = card.mac.flatMap({ HardwareAddress($0) }) else {
            throw Problem(
                .conflict, "Only CardAgents take this order; this is a card of generation \(card.generation.rawValue). Use its web page.")
        }
        let password = try await cards.credentials(id).password ?? mac.firstPassword
        do {
            try await lan.order(order, card: mac, at: card.address, password: password)
        } catch let error as LANError {
            throw Problem(.badGateway, "\(error)")
        }
        try await audit.record("card.\(order.name)", by: identity.username, target: card.name)
        hurry(id)
        return .noContent
    }
}

extension LANRequest.Order {
    fileprivate var name: String {
        switch self {
        case .unlock: "unlock"
        case .lock: "lock"
        case .setNetwork: "network"
        case .setPassword: "password"
        case .identify: "identify"
        case .restart: "restart"
        }
    }
}

extension Request {
    /// The body, if there is one.
    func optionalBody<Value: Decodable & Sendable>(_ type: Value.Type, context: FleetRequestContext) async throws -> Value? {
        var copy = self
        let buffer = try await body.collect(upTo: 1 << 20)
        copy.body = RequestBody(buffer: buffer)
        return buffer.readableBytes == 0 ? nil : try await copy.body(type, context: context)
    }
}
