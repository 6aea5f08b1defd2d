import HTTPTypes
import Hummingbird
import PowerDevice

/// What happens in the world and in the device; each request answers with the state that follows.
extension SimulationControl {
    func addWorld(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("mains") { request, context in
            let example = #"{"present": false} with optional source, voltage, frequency, drift, lost, phase, reversed"#
            return try await Self.apply(.supply(try await request.document(SupplyChange.self, context, like: example)), to: card(context))
        }
        router.put("load") { request, context in
            let body = try await request.document(LoadChange.self, context, like: #"{"percent": 80}"#)
            return try await Self.apply(body.occurrence, to: card(context))
        }
        router.put("ambient") { request, context in
            let body = try await request.document(AmbientChange.self, context, like: #"{"celsius": 31}"#)
            return try await Self.apply(body.occurrence, to: card(context))
        }
        router.put("mode") { request, context in
            let example = "{\"mode\": one of \(ModeChange.known)}"
            let body = try await request.document(ModeBody.self, context, like: example)
            guard let change = ModeChange(body.mode) else { throw ControlProblem(.badRequest, "The body must be JSON like \(example).") }
            return try await Self.apply(change.occurrence, to: card(context))
        }
    }

    private struct ModeBody: Decodable {
        let mode: String
    }

    /// What becomes of the device's parts.
    func addParts(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("units/:part") { request, context in
            let body = try await request.document(PartChange.self, context, like: #"{"failed": true} or {"present": false}"#)
            return try await Self.apply(.unit(try Self.part(context), body), to: card(context))
        }
        router.put("modules/:part") { request, context in
            let body = try await request.document(PartChange.self, context, like: #"{"failed": true}"#)
            return try await Self.apply(.module(try Self.part(context), body), to: card(context))
        }
        router.put("genset") { request, context in
            let body = try await request.document(GensetChange.self, context, like: #"{"present": true, "failed": false, "delay": 10}"#)
            return try await Self.apply(.genset(body), to: card(context))
        }
        router.put("battery") { request, context in
            let example = #"{"charge": 50} with optional unit, health, temperature, connected, test"#
            return try await Self.apply(.battery(try await request.document(BatteryChange.self, context, like: example)), to: card(context))
        }
        router.put("plugs/:part") { request, context in
            let body = try await request.document(
                PlugChange.self, context, like: #"{"closed": false} or {"mode": "batteryCapacity", "value": 50}"#)
            return try await Self.apply(.plug(try Self.part(context), body), to: card(context))
        }
        router.put("remote") { request, context in
            let body = try await request.document(RemoteChange.self, context, like: #"{"enabled": false}"#)
            return try await Self.apply(.remoteControl(body.enabled), to: card(context))
        }
        router.put("transfer") { request, context in
            let body = try await request.document(TransferChange.self, context, like: #"{"preferred": 2, "locked": false}"#)
            return try await Self.apply(.transfer(body), to: card(context))
        }
    }

    private static func part(_ context: ControlRequestContext) throws -> Int {
        let text = try parameter("part", context)
        guard let number = Int(text) else {
            throw ControlProblem(.notFound, "\(text) is no number; units, modules and plugs count from 1.")
        }
        return number
    }

    static func apply(_ occurrence: Occurrence, to card: ControlledCard) async throws -> StateResponse {
        try card.simulator.apply(occurrence)
        return await state(of: card)
    }

    static func state(of card: ControlledCard) async -> StateResponse {
        var faults = await card.faults.active()
        if card.simulator.isLinkDown { faults.insert(.linkDown) }
        let names = faults.map(\.rawValue).sorted()
        let firmware = await card.firmware?()
        let traps = card.traps?.state()
        let layout = card.simulator.layout
        let emd = card.environment.map(EnvironmentState.init)
        return StateResponse(
            state: card.simulator.withState {
                SimulationState(layout, card.simulator.unit, $0, faults: names, firmware: firmware, traps: traps, emd: emd)
            })
    }

    struct StateResponse: ResponseEncodable {
        let state: SimulationState

        func encode(to encoder: any Encoder) throws { try state.encode(to: encoder) }
    }
}

/// The environment monitoring device beside the UPS.
extension SimulationControl {
    func addEnvironment(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.put("emd") { request, context in
            guard let environment = try card(context).environment else { throw ControlProblem(.notFound, "There is no EMD here.") }
            return try await Self.change(environment, request, context)
        }
    }

    static func change(
        _ environment: EnvironmentSimulator, _ request: Request, _ context: ControlRequestContext
    ) async throws -> EnvironmentState {
        let example = #"{"temperature": 31, "humidity": 50, "inputs": [true, false], "present": true}"#
        let body = try await request.document(EnvironmentChange.self, context, like: example)
        try environment.apply(temperature: body.temperature, humidity: body.humidity, inputs: body.inputs, isPresent: body.present)
        return EnvironmentState(environment)
    }

    private struct EnvironmentChange: Decodable {
        let temperature: Double?
        let humidity: Double?
        let inputs: [Bool]?
        let present: Bool?
    }
}

/// What an EMD measures, as `GET /state` tells it.
struct EnvironmentState: ResponseEncodable, Sendable {
    let present: Bool
    /// °C.
    let temperature: Double
    /// Percent.
    let humidity: Double
    /// Whether each contact is closed.
    let inputs: [Bool]

    init(_ environment: EnvironmentSimulator) {
        present = environment.isPresent
        temperature = environment.reading.temperature
        humidity = environment.reading.humidity
        inputs = environment.reading.inputs
    }
}
