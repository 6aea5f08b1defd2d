/// Which shards of cards this server should poll, of all servers on one database. Pure.
///
///     round: I live ─► who else lives? ─► a fair share: 64 / servers, rounded up ─► give back what is more ─► claim what nobody has
///
/// A new server finds nothing free in its first round; the others see it in theirs, give back, and it claims in its next. What a killed
/// server held is free when its leases have run out.
struct PollLeases: Sendable, Equatable {
    /// Seconds that a claim holds without being renewed.
    static let life = 15.0
    /// Seconds between rounds.
    static let round = 5.0

    /// What the database says: leases that have not run out.
    struct View: Sendable, Equatable {
        /// The servers that live.
        var servers: Set<String>
        /// Who holds each shard.
        var holders: [Int: String]
    }

    struct Step: Sendable, Equatable {
        var release: [Int] = []
        var claim: [Int] = []
    }

    let server: String
    private(set) var held: Set<Int> = []
    private var renewedAt = -Double.infinity
    /// When others may claim what is held, unless it is renewed before.
    var heldUntil: Double { renewedAt + Self.life }
    /// As of the last round that succeeded.
    private var others = 0

    init(server: String) { self.server = server }

    /// What to do about the shards, as the database has them now.
    mutating func step(_ view: View) -> Step {
        let servers = view.servers.union([server])
        others = servers.count - 1
        let share = (PollShards.count + servers.count - 1) / servers.count
        let own = view.holders.filter { $0.value == server }.keys.sorted()
        held = Set(own)
        guard own.count <= share else { return Step(release: Array(own.suffix(own.count - share))) }
        // From a place of its own, so that two servers that start together do not want the same.
        let rank = servers.sorted().firstIndex(of: server) ?? 0
        let free = (0..<PollShards.count).map { ($0 + rank * share) % PollShards.count }.filter { view.holders[$0] == nil }
        return Step(claim: Array(free.prefix(share - own.count)))
    }

    /// A round has succeeded that began at `now`.
    mutating func renewed(_ shards: Set<Int>, now: Double) {
        held = shards
        renewedAt = now
    }

    /// The database could not be reached. Alone, a server goes on; beside others it stops when its claims have run out, for they take over.
    mutating func failed(now: Double) {
        if others > 0, now - renewedAt > Self.life { held = [] }
    }
}
