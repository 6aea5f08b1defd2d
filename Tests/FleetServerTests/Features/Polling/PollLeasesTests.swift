import FoundationEssentials
import Logging
import Synchronization
import Testing

@testable import FleetServer

struct PollLeasesTests {
    /// Plays rounds of several servers against one table of leases.
    private struct Table {
        var holders: [Int: String] = [:]
        var servers: Set<String> = []

        mutating func round(_ leases: inout PollLeases, now: Double = 0) {
            servers.insert(leases.server)
            let step = leases.step(.init(servers: servers, holders: holders))
            for shard in step.release { holders[shard] = nil }
            for shard in step.claim where holders[shard] == nil { holders[shard] = leases.server }
            leases.renewed(Set(holders.filter { $0.value == leases.server }.keys), now: now)
        }

        func count(_ server: String) -> Int { holders.count { $0.value == server } }
    }

    @Test func aloneAServerHasAllAtOnce() {
        var table = Table()
        var only = PollLeases(server: "a")
        table.round(&only)
        #expect(only.held.count == PollShards.count)
    }

    @Test func serversShareFairly() {
        var table = Table()
        var servers = ["a", "b", "c"].map(PollLeases.init(server:))
        for _ in 0..<4 { for index in servers.indices { table.round(&servers[index]) } }
        #expect(table.holders.count == PollShards.count, "nobody's cards are left out")
        #expect(["a", "b", "c"].map(table.count).allSatisfy { (20...22).contains($0) })
        let before = table.holders
        for index in servers.indices { table.round(&servers[index]) }
        #expect(table.holders == before, "and nothing moves any more")
    }

    @Test func theOthersTakeOver() {
        var table = Table()
        var (a, b) = (PollLeases(server: "a"), PollLeases(server: "b"))
        for _ in 0..<3 {
            table.round(&a)
            table.round(&b)
        }
        table.servers.remove("b")
        table.holders = table.holders.filter { $0.value != "b" }
        table.round(&a)
        #expect(a.held.count == PollShards.count)
    }

    @Test func withoutTheDatabaseOneAloneGoesOn() {
        var table = Table()
        var only = PollLeases(server: "a")
        table.round(&only)
        only.failed(now: 1000)
        #expect(only.held.count == PollShards.count)
    }

    @Test func whatIsHeldIsHeldForTheLifeOfAClaim() {
        var table = Table()
        var only = PollLeases(server: "a")
        table.round(&only, now: 100)
        #expect(only.heldUntil == 115)
        only.failed(now: 105)
        #expect(only.heldUntil == 115)
    }

    @Test func besideOthersItStopsWhenItsClaimsHaveRunOut() {
        var table = Table()
        var (a, b) = (PollLeases(server: "a"), PollLeases(server: "b"))
        for _ in 0..<3 {
            table.round(&a, now: 100)
            table.round(&b, now: 100)
        }
        a.failed(now: 110)
        #expect(!a.held.isEmpty)
        a.failed(now: 116)
        #expect(a.held.isEmpty)
    }

    @Test func twoServersOnOneDatabaseShareItsCards() async throws {
        let database = try FleetDatabase(inMemory: FleetSchema.migrations)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let shards = Mutex<[String: Set<Int>]>([:])
        func service(_ name: String) -> PollLeaseService {
            PollLeaseService(
                leases: LeaseStore(database: database, owner: name), own: { owned, _ in shards.withLock { $0[name] = owned } },
                logger: logger)
        }
        let (a, b) = (service("a"), service("b"))
        await a.round()
        #expect(shards.withLock { $0["a"]?.count } == 64)
        for server in [b, a, b] { await server.round() }
        let (first, second) = shards.withLock { ($0["a"] ?? [], $0["b"] ?? []) }
        #expect(first.count == 32 && second.count == 32 && first.isDisjoint(with: second))
        let unclaimed = try await PollLeaseService.unclaimed(LeaseStore(database: database, owner: "a"), now: SteadyClock.process.now)
        #expect(unclaimed == first, "the other's cards are not to be forgotten")
    }

    @Test func leasesRunOut() async throws {
        let database = try FleetDatabase(inMemory: FleetSchema.migrations)
        let (a, b) = (LeaseStore(database: database, owner: "a"), LeaseStore(database: database, owner: "b"))
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(try await a.claim(["polling/1", "polling/2"], for: 15, now: start) == ["polling/1", "polling/2"])
        #expect(try await b.claim(["polling/1", "polling/3"], for: 15, now: start) == ["polling/3"])
        #expect(try await b.holders(of: "polling/", now: start) == ["polling/1": "a", "polling/2": "a", "polling/3": "b"])
        #expect(try await b.claim(["polling/1"], for: 15, now: start.addingTimeInterval(16)) == ["polling/1"])
        try await a.release(["polling/1", "polling/2"])
        #expect(try await b.holders(of: "polling/", now: start.addingTimeInterval(16)) == ["polling/1": "b"])
    }
}
