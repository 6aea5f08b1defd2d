import Configuration
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import FleetServer

struct MetricsAccessTests {
    private func settings(_ values: [AbsoluteConfigKey: ConfigValue]) throws -> MetricsSettings {
        try MetricsSettings(config: ConfigReader(provider: InMemoryProvider(values: values)))
    }

    @Test func readsItsKeys() throws {
        #expect(try settings([:]).showsCards)
        #expect(try settings([:]).token == nil)
        #expect(try settings(["token": ""]).token == nil)
        #expect(try settings(["cards": "false", "token": "s3cret"]).showsCards == false)
        #expect(throws: ConfigurationProblem.self) { try settings(["cards": "maybe"]) }
    }

    @Test(arguments: [
        (nil, nil, true), ("s3cret", nil, false), ("s3cret", "Bearer s3cret", true), ("s3cret", "Bearer s3cres", false),
        ("s3cret", "Bearer s3cret2", false), ("s3cret", "Basic s3cret", false),
    ])
    func aTokenIsWantedWhereOneIsConfigured(_ token: String?, _ header: String?, _ isLetIn: Bool) throws {
        var settings = MetricsSettings()
        settings.token = token
        var head = HTTPRequest(method: .get, scheme: "http", authority: "fleet", path: "/metrics")
        if let header { head.headerFields[.authorization] = header }
        let request = Request(head: head, body: .init(buffer: .init()))
        let wasLetIn = (try? settings.admit(request)) != nil
        #expect(wasLetIn == isLetIn)
    }

    @Test func aSlotIsFreeAgainWhenItIsLetGoOf() {
        let slots = Slots(2)
        var first = slots.take()
        let second = slots.take()
        #expect(slots.take() == nil)
        first = nil
        #expect(first == nil)
        let third = slots.take()
        #expect(third != nil)
        #expect(slots.take() == nil)
        withExtendedLifetime((second, third)) {}
    }

    /// Its status stays for the one silence, but the probe has failed.
    @Test(arguments: [true, false]) func aProbeSucceedsIfTheCardAnswersIt(_ isAnswered: Bool) async throws {
        let figures = MeasuredCard.figures()
        let router = Router(context: FleetRequestContext.self)
        ProbeRoutes(
            figures: { [figures] }, poll: { _ in .init(status: figures.status, isAnswered: isAnswered) }, settings: MetricsSettings()
        ).add(to: router)
        try await Application(router: router).test(.router) { client in
            try await client.execute(uri: "/probe?card=1", method: .get) { response in
                let page = String(buffer: response.body)
                #expect(page.contains("nvfleet_probe_success \(isAnswered ? 1 : 0)"))
                #expect(page.contains("nvfleet_battery_charge{") == isAnswered)
            }
        }
    }

    @Test func theServerTellsOfItsCards() async throws {
        try await withFleet { fleet in
            try await fleet.client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(String(buffer: response.body).contains("nvfleet_snmp_oids_total 0\n"))
            }
            try await fleet.client.execute(uri: "/metrics", method: .get, headers: [.accept: "application/openmetrics-text"]) { response in
                #expect(String(buffer: response.body).hasSuffix("# EOF\n"))
            }
            for (uri, status) in [("/probe", 400), ("/probe?card=x", 400), ("/probe?card=77", 404), ("/probe?target=8.8.8.8", 404)] {
                try await fleet.client.execute(uri: uri, method: .get) { #expect($0.status.code == status, "\(uri)") }
            }
        }
    }
}
