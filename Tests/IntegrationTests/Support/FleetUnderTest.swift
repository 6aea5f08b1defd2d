import Foundation
import Testing

/// A FleetServer with an empty store, and a client who is logged in as its admin.
struct FleetUnderTest: Sendable {
    let program: ProgramUnderTest
    let client: WebClient
    let scratch: Scratch

    /// Of the first user, `admin`.
    static let password = "twelve-cards-of-the-demo"

    struct Settings {
        var network: LoopbackNetwork
        /// Kept where the same server is to be started again.
        var data = "data"
        /// Searches the network by itself from the start on.
        var discovers = false
        var trustKeys: [String] = []
        var web: String?
        /// The network namespace that it runs in; nil: ours.
        var namespace: String?
        /// Where it listens: a host of the network.
        var host = 250
        /// Its data are on a disk of its own with so many megabytes, which ends with the server.
        var diskMegabytes: Int?
        /// Further variables of its configuration.
        var environment: [String: String] = [:]
        /// Seconds between reads of the status and of all points: shorter than the defaults, so that tests need not wait.
        var polling = (status: 5, all: 10)
    }

    static func with<Result>(
        _ settings: Settings, in scratch: Scratch, _ body: (FleetUnderTest) async throws -> Result
    ) async throws -> Result {
        let network = settings.network
        let listen = network.endpoint(settings.host, 8080)
        let web = try settings.web ?? emptySite(in: scratch)
        var arguments = [
            "serve", "--data", scratch.path(settings.data), "--listen", listen, "--port-offset", "\(network.portOffset)", "--web", web,
        ]
        if settings.discovers { arguments += ["--discover", network.cidr] }
        var environment = settings.environment.merging([
            "FLEET_ADMIN_PASSWORD": password, "FLEET_POLL_STATUS_SECONDS": "\(settings.polling.status)",
            "FLEET_POLL_ALL_SECONDS": "\(settings.polling.all)",
        ]) { given, _ in given }
        if !settings.trustKeys.isEmpty { environment["FLEET_TRUST_KEYS"] = settings.trustKeys.joined(separator: ",") }
        var executable = try Executable.built("FleetServer")
        if let size = settings.diskMegabytes {
            (executable, arguments) = try onDisk(of: size, at: scratch.makeFolder(settings.data), executable, arguments)
        }
        return try await ProgramUnderTest.with(
            executable: executable, arguments, in: scratch, namespace: settings.namespace, environment: environment
        ) { program in
            let anonymous = WebClient(base: "http://\(listen)", scratch: scratch, namespace: settings.namespace)
            try await program.ready("the server is ready", within: .seconds(30)) {
                try await anonymous.call("GET", "/health/ready").status == 200 ? true : nil
            }
            let client = try await anonymous.loggedIn(as: "admin", password: password)
            return try await body(FleetUnderTest(program: program, client: client, scratch: scratch))
        }
    }

    /// The same program in a mount namespace with a small disk.
    private static func onDisk(
        of megabytes: Int, at folder: String, _ executable: String, _ arguments: [String]
    ) throws -> (String, [String]) {
        let mount = "mount -t tmpfs -o size=\(megabytes)m,mode=0700 none \"$1\" && shift && exec \"$@\""
        let user = geteuid() == 0 ? [] : ["--map-root-user"]
        return (try Executable.peer("unshare"), user + ["--mount", "sh", "-c", mount, "sh", folder, executable] + arguments)
    }

    /// The server's own view of a file below `data`: its disk may be its own.
    func dataFile(_ name: String) -> String { "/proc/\(program.process.pid)/root\(scratch.path("data"))/\(name)" }

    private static func emptySite(in scratch: Scratch) throws -> String {
        try scratch.write("<!doctype html><title>NVFleet</title>", as: "site/index.html")
        return scratch.path("site")
    }

    // MARK: - Cards

    func cards() async throws -> [JSON] { try await client.json("GET", "/api/v1/cards?limit=500")["items"]?.elements ?? [] }

    func card(_ id: Int) async throws -> JSON { try await client.json("GET", "/api/v1/cards/\(id)") }

    func card(at address: String) async throws -> JSON? { try await cards().first { $0["address"]?.string == address } }

    func id(at address: String) async throws -> Int { try #require(try await card(at: address)?["id"]?.int, "no card at \(address)") }

    /// The values that a card has now, by their names.
    func readings(_ id: Int) async throws -> [String: Double] {
        try await client.json("GET", "/api/v1/cards/\(id)/readings")["values"]?.numbers ?? [:]
    }

    /// Waits until as many cards as `count` are there and have been read.
    func liveCards(_ count: Int, within limit: Duration) async throws -> [JSON] {
        try await eventually("\(count) cards have live values", within: limit, every: .milliseconds(300)) {
            let live = try await cards().filter { $0["lastSeen"]?.isNull == false && $0["summary"]?["ups.load"]?.number != nil }
            return live.count >= count ? live : nil
        }
    }

    /// Searches by `methods`, and waits for the end.
    @discardableResult
    func discover(_ network: LoopbackNetwork, methods: [JSON], accept: Bool = true, within limit: Duration = .seconds(60)) async throws
        -> JSON
    {
        let order: JSON = ["methods": .array(methods), "ranges": [.string(network.cidr)], "accept": .bool(accept)]
        let id = try #require(try await client.json("POST", "/api/v1/discoveries", body: order)["id"]?.int)
        return try await eventually("discovery \(id) ends", within: limit) {
            let discovery = try await client.json("GET", "/api/v1/discoveries/\(id)")
            return discovery["state"]?.string == "running" ? nil : discovery
        }
    }

    // MARK: - Firmware

    /// Puts an image into the library; gives its id back.
    func upload(_ file: String) async throws -> Int {
        let name = URL(filePath: file).lastPathComponent
        let answer = try await client.json(
            "POST", "/api/v1/firmware?name=\(name)", file: file, type: "application/octet-stream")
        return try #require(answer["id"]?.int)
    }

    /// Plans a campaign and starts it; gives its id back.
    func startCampaign(_ name: String, firmware: Int, cards: [Int], concurrency: Int, haltAfter failures: String? = nil) async throws -> Int
    {
        var order: [String: JSON] = [
            "name": .string(name), "kind": "firmware", "firmware": .number(Double(firmware)),
            "targets": ["cards": .array(cards.map { .number(Double($0)) })], "concurrency": .number(Double(concurrency)),
        ]
        if let failures { order["halt"] = ["failures": .string(failures)] }
        let id = try #require(try await client.json("POST", "/api/v1/campaigns", body: .object(order))["id"]?.int)
        try await client.json("POST", "/api/v1/campaigns/\(id)/start")
        return id
    }

    func campaign(_ id: Int) async throws -> JSON { try await client.json("GET", "/api/v1/campaigns/\(id)") }

    func steps(of campaign: Int) async throws -> [JSON] {
        try await client.json("GET", "/api/v1/campaigns/\(campaign)/cards?limit=500")["items"]?.elements ?? []
    }

    /// Waits until a campaign doesn't run any more.
    func ended(_ id: Int, within limit: Duration) async throws -> JSON {
        try await eventually("campaign \(id) ends", within: limit, every: .milliseconds(300)) {
            let campaign = try await campaign(id)
            guard let state = campaign["state"]?.string, !["planned", "running"].contains(state) else {
                throw WebClient.Unexpected(description: campaign.text)
            }
            return campaign
        }
    }
}

extension WebClient {
    /// The same client with a session; the token goes into a file that curl reads.
    func loggedIn(as name: String, password: String) async throws -> WebClient {
        let answer = try await json(
            "POST", "/api/v1/session", body: ["username": .string(name), "password": .string(password)])
        let token = try #require(answer["token"]?.string)
        var client = self
        client.headers = try scratch.write("Authorization: Bearer \(token)\n", as: scratch.unusedName("headers"))
        return client
    }
}
