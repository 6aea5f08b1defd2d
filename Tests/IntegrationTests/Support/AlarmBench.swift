import Foundation
import Testing

/// A farm of UPS whose cards send SNMPv3 traps, a server that hears them, and a webhook that is told of what matters.
struct AlarmBench: Sendable {
    let farm: CardFarm
    let hook: WebhookReceiver
    /// Of the cards, in turn.
    let sites: Int
    let settings: FleetUnderTest.Settings

    /// A message that has arrived, with what the server says that it was about.
    struct Told: Sendable, CustomStringConvertible {
        let id: String
        let at: Date
        let kind: String
        let site: String?
        /// The number of the card in the farm, of a message about one.
        let card: Int?

        var description: String { "\(kind) of \(site ?? "no site")\(card.map { ", card \($0)" } ?? "")" }
        /// Neither of one card alone nor of the end.
        var isOfTheGroup: Bool { !["single", "singleEnded", "ended"].contains(kind) }
    }

    private static let password = "eight-or-more"

    /// - Parameters:
    ///   - namespace: where all of them live; nil: ours.
    ///   - delay: how long the webhook takes to answer, in seconds.
    ///   - environment: of the server.
    static func with(
        cards: Int, sites: Int, network: LoopbackNetwork? = nil, namespace: String? = nil, delay: Double = 0,
        environment: [String: String] = [:], _ body: (AlarmBench) async throws -> Void
    ) async throws {
        try await Scratch.with { scratch in
            // A transfer system would have nothing to say of a battery.
            let models = ["MASTERYS BC+", "ITYS PRO", "MODULYS XM", "NETYS RT"]
            let profile = try scratch.write(models.map { "- model: \($0)\n" }.joined(), as: "farm.yaml")
            let options: (LoopbackNetwork) -> [String] = { network in
                [
                    "--profile", profile, "--snmp-user", "nms:SHA-256:\(password):AES:\(password)", "--trap-receiver",
                    "\(network.host(250)):\(network.port(162)),version=v3,user=nms",
                ]
            }
            try await CardFarm.with(count: cards, network: network, namespace: namespace, options: options) { farm in
                var settings = FleetUnderTest.Settings(network: farm.network, namespace: namespace)
                settings.environment = environment
                let hook = WebhookReceiver(farm.network.endpoint(249, 8090), in: scratch, namespace: namespace, delay: delay)
                try await body(AlarmBench(farm: farm, hook: hook, sites: sites, settings: settings))
            }
        }
    }

    /// A server whose store is that of the one before, if there was one.
    func serving<Result>(_ body: (FleetUnderTest) async throws -> Result) async throws -> Result {
        try await FleetUnderTest.with(settings, in: farm.scratch, body)
    }

    /// The same with the cards in the inventory, read and normal, and the webhook as the only channel.
    func observing(_ body: (FleetUnderTest) async throws -> Void) async throws {
        try await hook.answering {
            try await serving { fleet in
                try await enrol(fleet)
                try await body(fleet)
            }
        }
    }

    func enrol(_ fleet: FleetUnderTest) async throws {
        let count = try await farm.control.json("GET", "/cards").elements.count
        let header = "address,site,snmp_version,user,auth_protocol,auth_password,privacy_protocol,privacy_password\n"
        let lines = (1...count).map {
            "\(farm.network.host($0)),\(site(of: $0)),3,nms,SHA-256,\(Self.password),AES,\(Self.password)\n"
        }
        let file = try farm.scratch.write(header + lines.joined(), as: "cards.csv")
        let answer = try await fleet.client.json("POST", "/api/v1/cards/import", file: file, type: "text/csv")
        try #require(answer["added"]?.int == count, "\(answer.text)")
        try await fleet.addWebhook(hook)
        try await eventually("all cards are normal", within: .seconds(60), every: .milliseconds(500)) {
            let cards = try await fleet.cards()
            return cards.count == count && cards.allSatisfy { $0["status"]?.string == "normal" }
        }
    }

    // MARK: - Fate

    func site(of card: Int) -> String { "Site \((card - 1) % sites + 1)" }

    /// The mains of these cards fail or return; nil: of all.
    func mains(_ arePresent: Bool, _ cards: [Int]? = nil) async throws {
        var order: [String: JSON] = ["present": .bool(arePresent)]
        if let cards { order["cards"] = .array(cards.map { .number(Double($0)) }) }
        try await farm.control.json("PUT", "/mains", body: .object(order))
    }

    /// The battery of a card on battery has so many seconds left.
    func leave(_ seconds: Double, to card: Int) async throws {
        // By Peukert's law time is not proportional to charge.
        for _ in 1...2 {
            let battery = try #require(try await farm.state(of: card)["battery"])
            let charge = try #require(battery["charge"]?.number) * seconds / #require(battery["runtime"]?.number)
            try await farm.put("battery", ["charge": .number(min(charge, 100))], card: card)
        }
    }

    // MARK: - What is told

    /// All messages that have arrived, in their order.
    func told(by fleet: FleetUnderTest) async throws -> [Told] {
        let messages = hook.messages
        let deliveries = try await fleet.list("notifications?").indexed(by: "messageId")
        let incidents = try await fleet.list("incidents?state=all&").indexed(by: "id")
        let alarms = try await fleet.list("alarms?state=all&").indexed(by: "id")
        let numbers = try await fleet.cards().indexed(by: "id").mapValues(number)
        return messages.map { message in
            let delivery = deliveries[.string(message.id)]
            let site = delivery?["incident"].flatMap { incidents[$0] }?["site"]?.string
            let card = delivery?["alarm"].flatMap { alarms[$0] }?["card"].flatMap { numbers[$0] ?? nil }
            return Told(id: message.id, at: message.at, kind: delivery?["kind"]?.string ?? "unknown", site: site, card: card)
        }
    }

    /// The card's number in the farm: the end of its address.
    private func number(_ card: JSON) -> Int? { card["address"]?.string?.split(separator: ".").last.flatMap { Int($0) } }

    /// Waits until what is told suffices.
    func told(
        by fleet: FleetUnderTest, _ awaited: String, within limit: Duration, suffices: ([Told]) -> Bool
    ) async throws {
        try await eventually(awaited, within: limit, every: .milliseconds(500)) {
            let told = try await told(by: fleet)
            guard suffices(told) else { throw WebClient.Unexpected(description: "told so far: \(told)") }
            return true
        }
    }
}

extension FleetUnderTest {
    /// Everything that is told goes to this webhook.
    func addWebhook(_ hook: WebhookReceiver) async throws {
        try await client.json(
            "POST", "/api/v1/notifications/channels",
            body: ["name": "webhook", "kind": "webhook", "settings": ["url": .string(hook.url)]])
    }

    /// The first 500 items of a list.
    func list(_ path: String) async throws -> [JSON] {
        try await client.json("GET", "/api/v1/\(path)limit=500")["items"]?.elements ?? []
    }

    /// Alarms of this name that are open now.
    func openAlarms(_ name: String) async throws -> [JSON] { try await list("alarms?state=open&name=\(name)&") }

    /// A figure of /metrics: the sum over its labels.
    func figure(_ name: String) async throws -> Int {
        let page = try await client.call("GET", "/metrics").text
        let values = page.split(separator: "\n").filter { $0.hasPrefix(name) }.compactMap {
            $0.split(separator: " ").last.flatMap { Double($0) }
        }
        return Int(values.reduce(0, +))
    }
}

extension [JSON] {
    /// The elements by a member of theirs; of several with the same the first.
    func indexed(by key: String) -> [JSON: JSON] {
        Dictionary(compactMap { element in element[key].map { ($0, element) } }) { first, _ in first }
    }
}
