/// The protocol by which a card is read.
enum CardProtocol: String, Codable, Sendable, CaseIterable { case snmp, modbus }

/// How Modbus clients reach a card through the server.
struct CardGateway: Encodable, Sendable, Equatable {
    /// The server's port that belongs to this card alone; nil: none. 1 to 65535.
    @Nullable var port: Int?
    /// The unit identifier that picks the card on the shared port; nil: none. 1 to 247.
    @Nullable var unit: Int?
    /// Whether clients may write registers.
    let writes: Bool

    init(port: Int? = nil, unit: Int? = nil, writes: Bool = false) {
        self.writes = writes
        self.port = port
        self.unit = unit
    }

    func validate() throws(Problem) {
        if let port, !(1...65535 ~= port) { throw .invalid("gateway.port", "A port is from 1 to 65535.") }
        if let unit, !(1...247 ~= unit) { throw .invalid("gateway.unit", "A unit identifier is from 1 to 247.") }
    }

    static func == (one: CardGateway, other: CardGateway) -> Bool {
        one.port == other.port && one.unit == other.unit && one.writes == other.writes
    }
}

/// What a request changes of how Modbus clients reach a card: what is absent stays, null clears.
struct CardGatewayChange: Decodable, Sendable {
    var port = Patched<Int>.kept
    var unit = Patched<Int>.kept
    var writes: Bool?

    func applied(to gateway: CardGateway?) -> CardGateway {
        CardGateway(
            port: port.applied(to: gateway?.port), unit: unit.applied(to: gateway?.unit), writes: writes ?? gateway?.writes ?? false)
    }
}
