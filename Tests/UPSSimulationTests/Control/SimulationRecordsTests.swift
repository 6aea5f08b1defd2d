import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOFoundationEssentialsCompat
import Synchronization
import Testing

@testable import UPSSimulation

/// What the control API tells of a card's memory, and asks of the card: the card is a script.
@Suite struct SimulationRecordsTests {
    private final class Card: Sendable {
        private let orders = Mutex<[String]>([])
        var said: [String] { orders.withLock { $0 } }
        func say(_ order: String) { orders.withLock { $0.append(order) } }
    }

    private let simulator: UPSSimulator
    private let card = Card()

    init() throws { simulator = UPSSimulator(UPSUnit(try #require(UPSModel.named("MASTERYS BC+")), seed: 1)) }

    private var app: some ApplicationProtocol {
        let alarm = ControlledCard.Alarm(
            index: 1, code: "A001", stamp: TimeStamp(1_795_406_400, time: "23/11/2026 05:00:00"), description: "Overload Alarm",
            level: "warning")
        let records = ControlledCard.RecordHandler(
            alarms: { .init(last: alarm, alarms: [alarm]) }, logs: ["device-events", "history"],
            page: { [card] log, query in
                card.say("\(log) \(query.from ?? -1) \(query.to ?? -1) \(query.page) \(query.count) \(query.order)")
                let stamp = TimeStamp(0, time: "01/01/1970 00:00:00")
                let record: ControlledCard.LogRecord =
                    log == "history"
                    ? .init(stamp: stamp, values: ["ups.load": 41.5, "ambient": nil])
                    : .init(stamp: stamp, level: "critical", code: "A000", text: "UPS Imminent Stop")
                return .init(records: [record], total: 7)
            }, csv: { "log,\($0)\r\n" }, clear: { [card] in card.say("clear \($0)") })
        let operations = ControlledCard.OperationHandler(
            reset: { [card] in card.say("reset \($0)") },
            setTime: { [card] in
                guard $0 > 0 else { throw ControlProblem(.unprocessableContent, "Too early.", field: "utc") }
                card.say("time \($0)")
            })
        let controlled = ControlledCard(
            number: 1, address: "127.0.0.1", mac: "00:E0:D8:00:00:01", simulator: simulator, records: records, operations: operations)
        return Application(router: SimulationControl(cards: [controlled]).router())
    }

    private func answer(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        try await app.test(.router) { client in
            try await client.execute(uri: "/cards/1/\(path)", method: method, body: body.map { ByteBuffer(string: $0) }) {
                ($0.status, String(buffer: $0.body))
            }
        }
    }

    @Test func alarmTableIsAsTheCardTellsIt() async throws {
        let answer = try await answer(.get, "alarms")
        let row =
            #"{"at":"2026-11-23T04:00:00Z","code":"A001","description":"Overload Alarm","index":1,"level":"warning","time":"23/11/2026 05:00:00"}"#
        #expect(answer.text == #"{"alarms":[\#(row)],"count":1,"last":\#(row)}"#)
    }

    @Test func logsAreAskedByTimeAndPage() async throws {
        let path = "logs/device-events?from=2026-11-23T04:00:00Z&to=1795410000&page=2&count=3&order=severity"
        let answer = try await answer(.get, path)
        let record =
            #"{"at":"1970-01-01T00:00:00Z","code":"A000","level":"critical","text":"UPS Imminent Stop","time":"01/01/1970 00:00:00"}"#
        #expect(answer.text == #"{"count":3,"log":"device-events","page":2,"records":[\#(record)],"total":7}"#)
        #expect(card.said == ["device-events 1795406400 1795410000 2 3 severity"])
    }

    @Test func samplesAreNumbersByTheirNames() async throws {
        let answer = try await answer(.get, "logs/history")
        #expect(answer.text.contains(#""values":{"ambient":null,"ups.load":41.5}"#))
        #expect(card.said == ["history -1 -1 1 20 newest"])
    }

    @Test func csvAndClearingAreTheCards() async throws {
        #expect(try await answer(.get, "logs/history.csv").text == "log,history\r\n")
        #expect(try await answer(.delete, "logs/history").status == .noContent)
        #expect(card.said == ["clear history"])
    }

    @Test func resetAndTimeAreTheCards() async throws {
        for kind in ["restart", "accounts", "factory"] {
            #expect(try await answer(.post, "reset", #"{"kind": "\#(kind)"}"#).status == .accepted)
        }
        #expect(try await answer(.put, "time", #"{"utc": "2026-11-23T04:00:00Z"}"#).text == #"{"utc":"2026-11-23T04:00:00Z"}"#)
        #expect(card.said == ["reset restart", "reset accounts", "reset factory", "time 1795406400"])
    }

    struct Refusal: Sendable {
        let method: HTTPRequest.Method
        let path: String
        var body: String?
        let status: HTTPResponse.Status
        let says: String
    }

    @Test(arguments: [
        Refusal(method: .get, path: "logs/mail", status: .notFound, says: "There is no log mail. There are device-events, history."),
        Refusal(method: .get, path: "logs/history?page=0", status: .unprocessableContent, says: "page is 1 to"),
        Refusal(method: .get, path: "logs/history?count=2049", status: .unprocessableContent, says: "count is 1 to 2048"),
        Refusal(method: .get, path: "logs/history?from=yesterday", status: .unprocessableContent, says: "from is a time like"),
        Refusal(method: .get, path: "logs/history?until=1", status: .unprocessableContent, says: "not \\\"until\\\""),
        Refusal(method: .get, path: "logs/history?order=random", status: .unprocessableContent, says: "order is newest"),
        Refusal(method: .delete, path: "logs/history.csv", status: .notFound, says: "history without .csv"),
        Refusal(method: .post, path: "reset", body: #"{"kind": "all"}"#, status: .unprocessableContent, says: "restart, accounts, factory"),
        Refusal(method: .post, path: "reset", body: "{}", status: .badRequest, says: "restart, accounts, factory"),
        Refusal(method: .put, path: "time", body: #"{"utc": "noon"}"#, status: .unprocessableContent, says: "utc is a time like"),
        Refusal(method: .put, path: "time", body: #"{"utc": "-1"}"#, status: .unprocessableContent, says: "Too early."),
    ])
    func refusalsSayWhatIsWrong(_ refusal: Refusal) async throws {
        let answer = try await answer(refusal.method, refusal.path, refusal.body)
        #expect(answer.status == refusal.status && answer.text.contains(refusal.says), "\(answer)")
    }

    @Test func aUPSAloneHasNoneOfIt() async throws {
        try await Application(router: SimulationControl(simulator).router()).test(.router) { client in
            for path in ["/alarms", "/logs/history"] {
                try await client.execute(uri: path, method: .get) {
                    #expect($0.status == .notFound && String(buffer: $0.body).contains("There is no card here"))
                }
            }
        }
    }
}
