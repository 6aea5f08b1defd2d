import HTTPTypes
import Hummingbird
import PowerDevice

/// The resources of one card.
extension SimulationControl {
    typealias CardOf = @Sendable (ControlRequestContext) throws -> ControlledCard

    func addRoutes(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.get("state") { _, context in try await Self.state(of: card(context)) }
        addWorld(to: router, card: card)
        addParts(to: router, card: card)
        addEnvironment(to: router, card: card)
        addPoints(to: router, card: card)
        addTime(to: router, card: card)
        addFaults(to: router, card: card)
        addTraps(to: router, card: card)
        addRecords(to: router, card: card)
        addOperations(to: router, card: card)
    }

    // MARK: - Points

    private struct PointValue: Codable, ResponseEncodable {
        var code: String?
        let value: Int
    }

    private func addPoints(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("points/:code") { request, context in
            let card = try card(context)
            let code = PointCode(try Self.parameter("code", context))
            let body = try await request.document(PointValue.self, context, like: #"{"value": 1}, a whole number"#)
            try card.simulator.apply(.point(code, body.value))
            return PointValue(code: code.rawValue, value: body.value)
        }
        router.delete("points/:code") { _, context in
            try card(context).simulator.apply(.point(PointCode(try Self.parameter("code", context)), nil))
            return HTTPResponse.Status.noContent
        }
    }

    /// A part of the path, with `%3A` and the like decoded.
    static func parameter(_ name: String, _ context: ControlRequestContext) throws -> String {
        percentDecoded(try context.parameters.require(name))
    }

    /// RFC 3986 §2.1; what is no valid escape stays as it is.
    static func percentDecoded(_ text: String) -> String {
        var decoded: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2, Substring(digits).allSatisfy(\.isHexDigit),
                let escaped = UInt8(String(Substring(digits)), radix: 16)
            {
                decoded.append(escaped)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    // MARK: - Time

    private struct ClockSpeed: Codable, ResponseEncodable {
        let speed: Double
    }

    private struct ScenarioStarted: ResponseEncodable {
        let events: Int
    }

    private func addTime(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("clock") { request, context in
            let body = try await request.document(ClockSpeed.self, context, like: #"{"speed": 60}"#)
            try card(context).simulator.setSpeed(body.speed)
            return body
        }
        router.post("scenario") { request, context in
            let simulator = try card(context).simulator
            let text = String(decoding: try await request.bytes(context), as: UTF8.self)
            let scenario = try Scenario(text, layout: simulator.layout)
            simulator.start(scenario)
            return ScenarioStarted(events: scenario.events.count)
        }
    }

    // MARK: - Faults

    private struct FaultSet: ResponseEncodable {
        let name: String
    }

    private func addFaults(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("faults/:name") { request, context in
            let card = try card(context)
            let name = try Self.faultName(context, of: card)
            let parameters = try await request.document(Fault.Parameters.self, context, like: #"{}, {"percent": 60} or {"ms": 200}"#)
            let fault = try Fault(name, parameters)
            if fault == .linkDown { card.simulator.setLinkDown(true) } else { try await card.faults.set(fault) }
            return FaultSet(name: name.rawValue)
        }
        router.delete("faults/:name") { _, context in
            let card = try card(context)
            let name = try Self.faultName(context, of: card)
            if name == .linkDown { card.simulator.setLinkDown(false) } else { try await card.faults.clear(name) }
            return HTTPResponse.Status.noContent
        }
    }

    // MARK: - Traps

    private struct TrapTest: ResponseEncodable {
        let receivers: Int
    }

    private func addTraps(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.post("traps/test") { _, context in
            guard let traps = try card(context).traps else { throw ControlProblem(.notFound, "There is no card here that sends traps.") }
            return TrapTest(receivers: traps.sendTest())
        }
    }

    private static func faultName(_ context: ControlRequestContext, of card: ControlledCard) throws -> Fault.Name {
        let text = try parameter("name", context)
        guard let name = Fault.Name(rawValue: text), card.acceptedFaults.contains(name) else {
            let known = card.acceptedFaults.map(\.rawValue).sorted().joined(separator: ", ")
            throw ControlProblem(.notFound, "There is no fault \(text) here. There is \(known).")
        }
        return name
    }
}
