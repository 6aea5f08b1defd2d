import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOFoundationEssentialsCompat
import PowerDevice
import Synchronization
import Testing

@testable import UPSSimulation

@Suite struct SimulationControlTests {
    private let simulator: UPSSimulator

    init() throws { simulator = UPSSimulator(UPSUnit(try #require(UPSModel.named("MASTERYS BC+")), seed: 1)) }

    private struct State: Decodable {
        struct Mains: Decodable { let present: Bool }
        struct Load: Decodable { let percent: Double }
        struct Firmware: Decodable { let version: String, transfers: Int }
        let points: [String: Int]
        let mains: Mains
        let load: Load
        let mode: String
        let forced: [String]
        let faults: [String]
        let firmware: Firmware?
        struct Traps: Decodable, Equatable { let sent: Int, merged: Int, dropped: Int }
        let traps: Traps?
    }

    private struct ProblemDocument: Decodable {
        let status: Int
        let detail: String
    }

    private func app(_ control: SimulationControl) -> some ApplicationProtocol { Application(router: control.router()) }

    private func body(_ text: String) -> ByteBuffer { ByteBuffer(string: text) }

    private func state(_ client: some TestClientProtocol, _ path: String = "/state") async throws -> State {
        try await client.execute(uri: path, method: .get) { try JSONDecoder().decode(State.self, from: $0.body) }
    }

    @Test func stateHasEveryCode() async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            let state = try await state(client)
            #expect(state.points.count == 351)
            #expect(state.points["T015"] == 0x8200 && state.points["S000"] == 1 && state.points["M079"] == 0xFFFF)
            #expect(state.firmware == nil && state.faults.isEmpty && state.mode == "online")
        }
    }

    @Test func worldChangesAtOnce() async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            for (path, json) in [
                ("/mains", #"{"present":false}"#), ("/load", #"{"percent":80}"#), ("/ambient", #"{"celsius":31}"#),
                ("/mode", #"{"mode":"eco"}"#),
                ("/clock", #"{"speed":60}"#),
            ] {
                try await client.execute(uri: path, method: .put, body: body(json)) { #expect($0.status == .ok, "\(path)") }
            }
            let state = try await state(client)
            #expect(!state.mains.present && state.load.percent == 80 && state.mode == "eco")
            #expect(state.points["M000"] == 80 && state.points["M015"] == 310 && state.points["M032"] == 0)
        }
    }

    @Test func forcedPointIsInTheRegistersBeforeTheAnswer() async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            try await client.execute(uri: "/points/A059", method: .put, body: body(#"{"value":1}"#)) { #expect($0.status == .ok) }
            #expect(try simulator.read(unit: 1, address: 0x003B, count: 1) == [1 << 11])
            #expect(try await state(client).forced == ["A059"])
            try await client.execute(uri: "/points/A059", method: .delete) { #expect($0.status == .noContent) }
            #expect(try simulator.read(unit: 1, address: 0x003B, count: 1) == [0])
        }
    }

    struct Refusal: Sendable {
        let method: HTTPRequest.Method
        let path: String
        let body: String
        let status: Int
    }

    @Test(arguments: [
        Refusal(method: .put, path: "/points/S200", body: #"{"value":1}"#, status: 404),
        Refusal(method: .delete, path: "/points/STS%3A0x0140.3", body: "", status: 404),
        Refusal(method: .put, path: "/points/S000", body: #"{"value":2}"#, status: 422),
        Refusal(method: .put, path: "/points/M000", body: #"{"value":65536}"#, status: 422),
        Refusal(method: .put, path: "/points/M000", body: #"{"value":-1}"#, status: 422),
        Refusal(method: .put, path: "/points/M000", body: #"{"value":1.5}"#, status: 400),
        Refusal(method: .put, path: "/points/M000", body: "", status: 400),
        Refusal(method: .put, path: "/load", body: #"{"percent":201}"#, status: 422),
        Refusal(method: .put, path: "/mains", body: #"{"present":"no"}"#, status: 400),
        Refusal(method: .put, path: "/mode", body: #"{"mode":"turbo"}"#, status: 400),
        Refusal(method: .put, path: "/clock", body: #"{"speed":-1}"#, status: 422),
        Refusal(method: .post, path: "/scenario", body: "events", status: 400),
        Refusal(method: .post, path: "/scenario", body: #"{"events":[{"at":1}]}"#, status: 422),
        Refusal(method: .put, path: "/faults/gremlins", body: "{}", status: 404),
        Refusal(method: .put, path: "/faults/tftpStall", body: #"{"percent":60}"#, status: 404),
        Refusal(method: .get, path: "/nowhere", body: "", status: 404),
        Refusal(method: .put, path: "/load", body: String(repeating: " ", count: 65_537), status: 413),
    ]) func refusalIsAProblemDocument(refusal: Refusal) async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            try await client.execute(uri: refusal.path, method: refusal.method, body: body(refusal.body)) { response in
                #expect(response.status.code == refusal.status)
                #expect(response.headers[.contentType] == "application/problem+json")
                let problem = try JSONDecoder().decode(ProblemDocument.self, from: response.body)
                #expect(problem.status == refusal.status && problem.detail.contains(" "))
            }
        }
    }

    @Test func linkDownIsTheSimulatorsOwnFault() async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            try await client.execute(uri: "/faults/linkDown", method: .put, body: body("{}")) { #expect($0.status == .ok) }
            #expect(simulator.isLinkDown)
            #expect(try await state(client).faults == ["linkDown"])
            try await client.execute(uri: "/faults/linkDown", method: .delete) { #expect($0.status == .noContent) }
            #expect(!simulator.isLinkDown)
        }
    }

    @Test func scenarioStarts() async throws {
        try await app(SimulationControl(simulator)).test(.router) { client in
            let json = #"{"events":[{"at":10,"mains":{"present":false}}]}"#
            try await client.execute(uri: "/scenario", method: .post, body: body(json)) { #expect($0.status == .ok) }
            simulator.advance(by: .seconds(11))
            #expect(try await !state(client).mains.present)
        }
    }

    /// A farm of two: the second card takes `tftpStall` and reports a firmware.
    private func farm(_ faults: FaultLog) throws -> SimulationControl {
        let other = UPSSimulator(UPSUnit(try #require(UPSModel.named("ITYS PRO")), seed: 2))
        return SimulationControl(cards: [
            ControlledCard(number: 1, address: "127.20.0.1", mac: "00:E0:D8:00:00:01", simulator: simulator),
            ControlledCard(
                number: 2, address: "127.20.0.2", mac: "00:E0:D8:00:00:02", simulator: other,
                firmware: { ControlledCard.FirmwareState(version: "8.40", transfers: 3) },
                faults: ControlledCard.FaultHandler(
                    accepted: [.tftpStall, .slow], set: { faults.set($0) }, clear: { faults.clear($0) }, active: { faults.names }),
                traps: ControlledCard.TrapHandler(sendTest: { 2 }, state: { ControlledCard.TrapState(sent: 7, merged: 1) })),
        ])
    }

    final class FaultLog: Sendable {
        private let faults = Mutex<[Fault.Name: Fault]>([:])
        func set(_ fault: Fault) { faults.withLock { $0[fault.name] = fault } }
        func clear(_ name: Fault.Name) { faults.withLock { $0[name] = nil } }
        var names: Set<Fault.Name> { faults.withLock { Set($0.keys) } }
        var all: [Fault] { faults.withLock { Array($0.values) } }
    }

    private struct Summary: Decodable, Equatable {
        let number: Int
        let address: String
        let mac: String
        let model: String
        let map: String
    }

    @Test func farmListsItsCardsAndPrefixesTheirPaths() async throws {
        let faults = FaultLog()
        try await app(farm(faults)).test(.router) { client in
            let cards = try await client.execute(uri: "/cards", method: .get) { try JSONDecoder().decode([Summary].self, from: $0.body) }
            #expect(cards.map(\.number) == [1, 2])
            #expect(
                cards.last == Summary(number: 2, address: "127.20.0.2", mac: "00:E0:D8:00:00:02", model: "ITYS PRO", map: "VU-MAP"))
            let second = try await state(client, "/cards/2/state")
            #expect(second.firmware?.version == "8.40" && second.firmware?.transfers == 3)
            for path in ["/cards/3/state", "/cards/0/state", "/cards/x/state", "/state"] {
                try await client.execute(uri: path, method: .get) { #expect($0.status == .notFound, "\(path)") }
            }
        }
    }

    @Test func aTestTrapIsSentAndTrapsAreCounted() async throws {
        try await app(farm(FaultLog())).test(.router) { client in
            try await client.execute(uri: "/cards/2/traps/test", method: .post) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == #"{"receivers":2}"#)
            }
            #expect(try await state(client, "/cards/2/state").traps == .init(sent: 7, merged: 1, dropped: 0))
            #expect(try await state(client, "/cards/1/state").traps == nil)
            try await client.execute(uri: "/cards/1/traps/test", method: .post) { #expect($0.status == .notFound) }
        }
    }

    @Test func theMainsOfAllCardsOrOfSomeGoAtOnce() async throws {
        try await app(farm(FaultLog())).test(.router) { client in
            func isPresent() async throws -> [Bool] {
                var present: [Bool] = []
                for card in 1...2 { present.append(try await state(client, "/cards/\(card)/state").mains.present) }
                return present
            }
            try await client.execute(uri: "/mains", method: .put, body: body(#"{"present":false}"#)) { response in
                #expect(response.status == .ok && String(buffer: response.body) == #"{"cards":2}"#)
            }
            #expect(try await isPresent() == [false, false])
            try await client.execute(uri: "/mains", method: .put, body: body(#"{"present":true,"cards":[2,2]}"#)) { response in
                #expect(String(buffer: response.body) == #"{"cards":1}"#)
            }
            #expect(try await isPresent() == [false, true])
        }
    }

    @Test(arguments: [
        (#"{"present":true,"cards":[1,3]}"#, 404), (#"{"present":true,"voltage":900}"#, 422), (#"{"present":true,"cards":"all"}"#, 400),
    ]) func noCardsMainsChangeWhereOneCanNot(_ text: String, _ status: Int) async throws {
        try await app(farm(FaultLog())).test(.router) { client in
            try await client.execute(uri: "/mains", method: .put, body: body(#"{"present":false}"#)) { #expect($0.status == .ok) }
            try await client.execute(uri: "/mains", method: .put, body: body(text)) { #expect($0.status.code == status) }
            #expect(try await !state(client, "/cards/1/state").mains.present)
        }
    }

    @Test func aFarmCountsTheTrapsOfAllItsCards() async throws {
        try await app(farm(FaultLog())).test(.router) { client in
            try await client.execute(uri: "/traps", method: .get) { response in
                #expect(String(buffer: response.body) == #"{"dropped":0,"merged":1,"sent":7}"#)
            }
        }
        try await app(SimulationControl(simulator)).test(.router) { client in
            try await client.execute(uri: "/traps", method: .get) { #expect($0.status == .notFound) }
        }
    }

    @Test func cardsFaultsReachItsHandler() async throws {
        let faults = FaultLog()
        try await app(farm(faults)).test(.router) { client in
            try await client.execute(uri: "/cards/2/faults/tftpStall", method: .put, body: body(#"{"percent":60}"#)) {
                #expect($0.status == .ok)
            }
            #expect(faults.all == [.tftpStall(percent: 60)])
            #expect(try await state(client, "/cards/2/state").faults == ["tftpStall"])
            try await client.execute(uri: "/cards/2/faults/tftpStall", method: .put, body: body(#"{"percent":101}"#)) {
                #expect($0.status == .unprocessableContent)
            }
            try await client.execute(uri: "/cards/2/faults/slow", method: .put, body: body("{}")) {
                #expect($0.status == .unprocessableContent)
            }
            try await client.execute(uri: "/cards/2/faults/tftpStall", method: .delete) { #expect($0.status == .noContent) }
            #expect(faults.all.isEmpty)
        }
    }
}
