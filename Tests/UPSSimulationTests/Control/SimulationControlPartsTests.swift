import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOFoundationEssentialsCompat
import PowerDevice
import Testing

@testable import UPSSimulation

/// The requests about units, batteries, sources and the EMD.
@Suite struct SimulationControlPartsTests {
    private struct State: Decodable {
        struct Unit: Decodable { let number: Int, present: Bool, failed: Bool, supply: String, points: [String: Int] }
        struct Battery: Decodable { let charge: Double, health: Double, connected: Bool, testing: Bool }
        struct Source: Decodable { let present: Bool, voltage: Double, quality: String, lost: [Int] }
        struct Transfer: Decodable { let preferred: Int, locked: Bool, phaseShift: Double, interaction: String }
        struct Room: Decodable { let temperature: Double, inputs: [Bool], present: Bool }
        struct Genset: Decodable { let present: Bool, running: Bool }
        let points: [String: Int]
        let units: [Unit]?
        let battery: Battery?
        let sources: [Source]?
        let transfer: Transfer?
        let genset: Genset?
        let emd: Room?
        let supply: String
        let topology: String
        let remoteControl: Bool
    }

    private func put(_ path: String, _ json: String, _ client: some TestClientProtocol) async throws -> State {
        try await client.execute(uri: path, method: .put, body: ByteBuffer(string: json)) { response in
            #expect(response.status == .ok, "\(path): \(String(buffer: response.body))")
            return try JSONDecoder().decode(State.self, from: response.body)
        }
    }

    private func status(_ path: String, _ json: String, _ client: some TestClientProtocol) async throws -> Int {
        try await client.execute(uri: path, method: .put, body: ByteBuffer(string: json)) { $0.status.code }
    }

    @Test func unitsAndBatteriesOfASystem() async throws {
        let control = SimulationControl(try simulator("MASTERYS BC+", units: 3))
        try await Application(router: control.router()).test(.router) { client in
            var state = try await put("/units/2", #"{"failed": true}"#, client)
            #expect(state.topology == "parallelDistributedBypass" && state.units?.map(\.failed) == [false, true, false])
            state = try await put("/units/3", #"{"present": false}"#, client)
            #expect(state.units?.last?.present == false && state.units?.last?.points.isEmpty == true && state.points["T003"] == 0b011)
            state = try await put("/battery", #"{"unit": 1, "charge": 40, "health": 60, "connected": true}"#, client)
            #expect(state.battery?.charge == 40 && state.battery?.health == 60 && state.units?.first?.points["M022"] == 40)
            state = try await put("/genset", #"{"present": true, "delay": 3}"#, client)
            #expect(state.genset?.present == true && state.points["T008"] == 0b100_1011)
            state = try await put("/remote", #"{"enabled": false}"#, client)
            #expect(!state.remoteControl)
            state = try await put("/mains", #"{"source": 2, "lost": [1, 3]}"#, client)
            #expect(state.points["M039"] == 0 && state.points["M040"] != 0 && state.points["M032"] != 0 && state.points["A050"] == 1)
            for (path, json, code) in [
                ("/units/4", "{}", 404), ("/units/x", "{}", 404), ("/modules/1", "{}", 404), ("/plugs/1", "{}", 404),
                ("/battery", #"{"charge": 101}"#, 422), ("/battery", #"{"unit": 9}"#, 404), ("/mains", #"{"source": 3}"#, 422),
                ("/mains", #"{"lost": [4]}"#, 422), ("/mains", #"{"phase": 181}"#, 422), ("/genset", #"{"delay": -1}"#, 422),
                ("/transfer", #"{"preferred": 2}"#, 404), ("/emd", "{}", 404), ("/remote", "{}", 400),
                ("/mode", #"{"mode": "bypass1"}"#, 404),
            ] {
                let answer = try await status(path, json, client)
                #expect(answer == code, "\(path) \(json): \(answer)")
            }
        }
    }

    @Test func sourcesOfATransferSystem() async throws {
        let control = SimulationControl(try simulator("STATYS"))
        try await Application(router: control.router()).test(.router) { client in
            var state = try await put("/mains", #"{"present": false}"#, client)
            #expect(state.supply == "source2" && state.sources?.map(\.quality) == ["absent", "ok"])
            state = try await put("/mains", #"{"source": 2, "phase": 45, "voltage": 215}"#, client)
            #expect(state.sources?.last?.quality == "ok" || state.sources?.last?.quality == "critical")
            state = try await put("/transfer", #"{"preferred": 2, "locked": true}"#, client)
            #expect(state.transfer?.preferred == 2 && state.transfer?.locked == true && state.points["STS:0x0141.0"] == 0)
            state = try await put("/mode", #"{"mode": "bypass1"}"#, client)
            #expect(state.points["STS:0x0141.4"] == 1 && state.battery == nil && state.units == nil)
            let refused = try await status("/units/1", #"{"failed": true}"#, client)
            #expect(refused == 404)
        }
    }

    @Test func theEnvironmentOfACard() async throws {
        let environment = EnvironmentSimulator()
        let card = ControlledCard(number: 1, simulator: try simulator("NETYS RT"), environment: environment)
        try await Application(router: SimulationControl(cards: [card]).router()).test(.router) { client in
            let answer = try await status("/cards/1/emd", #"{"temperature": 33.5, "inputs": [false, true]}"#, client)
            #expect(answer == 200)
            #expect(environment.reading == EnvironmentReading(temperature: 33.5, humidity: 45, inputs: [false, true]))
            let state = try await put("/cards/1/load", #"{"percent": 30}"#, client)
            #expect(state.emd?.temperature == 33.5 && state.emd?.inputs == [false, true])
        }
    }

    @Test func anEMDAlone() async throws {
        let environment = EnvironmentSimulator()
        try await Application(router: EnvironmentControl(environment).router()).test(.router) { client in
            let answer = try await status("/emd", #"{"present": false}"#, client)
            let refused = try await status("/emd", #"{"humidity": 101}"#, client)
            #expect(answer == 200 && refused == 422 && !environment.isPresent)
        }
    }
}
