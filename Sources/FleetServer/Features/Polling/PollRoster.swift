import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP

/// The cards of the inventory, which of them this server polls, and what is known for polling them. Pure: time is seconds of a monotonic
/// clock.
///
///     planned ──due──► under way ──ended──► planned for its next moment, or sooner: back-off, haste
///        ▲                │  hurry(): polled again after it
///        └── hurry() ─────┘
struct PollRoster: Sendable {
    struct Member: Sendable {
        var order: PollOrder
        /// Learnt from the card's answers; nil until it has been identified.
        var plan: ReadPlan?
        var modbusPlan: ModbusReadPlan?
        /// When all points are read next.
        var fullDue = 0.0
        /// When the card's identity is checked next.
        var identityDue = 0.0
        /// When its last poll began.
        var begunAt = -Double.infinity
        /// When all points were read last.
        var fullAt = -Double.infinity
        /// Until when somebody looks at the card.
        var attendedUntil = -Double.infinity
        /// Until when the last answer tells the card's status; endless where the status claims nothing.
        var freshUntil = Double.infinity
        var monitor = CardMonitor()
        var record = PollHealthRecord()
        var journal: RequestJournal?
        /// When the card's clock is read next, while somebody asks for it.
        var clockDue = 0.0
        var clock: ClockLook?

        var card: Card { order.card }
    }

    /// What a look at a card's clock found.
    struct ClockLook: Sendable, Equatable {
        /// Seconds by which it is ahead of the server's.
        let skew: Double
        /// Seconds of the monotonic clock.
        let at: Double
    }

    /// Between looks at a card's clock.
    static let clockInterval = 60.0
    /// A card is asked who it is this often, and whenever it comes back after a silence.
    static let identityInterval = 600.0
    /// Seconds from the begin of a card's poll until the begin of one out of turn: what happens in between, a storm of traps, say, brings
    /// one more poll in all.
    static let hurryInterval = 1.0
    /// Who looks at a card does not see values that are older than so many seconds for long: a look at them brings a poll.
    static let glance = 5.0
    /// How long a look at a card counts.
    static let attention = 60.0

    private(set) var members: [Int64: Member] = [:]
    private(set) var schedule = PollSchedule()
    private(set) var gate = PollGate()
    /// Cards whose poll is under way and that are to be polled again at once after it.
    private var isAgain: Set<Int64> = []
    private var addresses: [String: Int64] = [:]
    /// Made when they are asked for.
    var marks: CardMarks?
    /// The shards of cards that this server polls; nil: all.
    private var shards: Set<Int>?
    /// Of version 3.
    private(set) var users: Set<USMUser> = []
    /// What is wrong with a card beside its answers, by address.
    private var clones: [String: String] = [:]
    /// Which cards share their address with another one, in a sentence each.
    private var conflicts: [Int64: String] = [:]

    /// The card at an address; of several the first.
    func card(at address: String) -> Card? { addresses[address].flatMap { members[$0]?.card } }

    func isOwn(_ id: Int64) -> Bool { shards?.contains(PollShards.shard(of: id)) ?? true }

    func warnings(of member: Member) -> [String] {
        [clones[member.card.address], conflicts[member.card.id]].compactMap(\.self)
    }

    /// Tells the card's status what is known of it beside its answers.
    func warn(_ member: inout Member) {
        member.monitor.warn(warnings(of: member), alarms: conflicts[member.card.id] == nil ? [] : [.addressConflict])
    }

    /// Notes which agents share an engine id. The client also remembers agents that are not asked by version 3 any more: they don't count.
    mutating func noteClones(_ found: [EngineID: [SocketAddress]]) {
        guard !found.isEmpty || !clones.isEmpty else { return }
        let asked = Set(members.values.lazy.filter { $0.order.target.version == .v3 }.map(\.card.address))
        let current = found.mapValues { agents in agents.filter { $0.ipAddress.map(asked.contains) ?? false } }
        clones = EngineClones.warnings(current) { address in card(at: address)?.name }
    }

    /// The cards that claim one address with another one, and a sentence about it. Returns those of which something else is said than before.
    mutating func noteConflicts(_ found: [Int64: String]) -> [Member] {
        let before = conflicts
        conflicts = found
        return Set(before.keys).union(found.keys).filter { before[$0] != found[$0] }.compactMap { id in
            guard var member = members[id] else { return nil }
            warn(&member)
            members[id] = member
            return member
        }
    }

    mutating func update(_ id: Int64, _ change: (inout Member) -> Void) {
        guard let index = members.index(forKey: id) else { return }
        change(&members.values[index])
    }
}

// MARK: - Inventory

extension PollRoster {
    /// Takes over the whole inventory: new cards are polled at once, known ones keep what is known, the others are forgotten.
    ///
    /// Returns the cards that were not known, or not at their address: their requests are to be observed.
    mutating func replace(with orders: [PollOrder], now: Double) -> [PollOrder] {
        let kept = Set(orders.map(\.card.id))
        for id in members.keys where !kept.contains(id) { remove(id) }
        let arrived = orders.filter { put($0, now: now) }
        index()
        return arrived
    }

    /// Takes over some cards; those of `ids` that are not among them have left the inventory.
    mutating func change(_ ids: [Int64], to orders: [PollOrder], now: Double) -> [PollOrder] {
        let kept = Set(orders.map(\.card.id))
        var isMoved = false
        for id in ids where !kept.contains(id) && members[id] != nil {
            remove(id)
            isMoved = true
        }
        let arrived = orders.filter { put($0, now: now) }
        // Users are gathered anew too: a new password is a new user.
        if isMoved || !orders.isEmpty { index() }
        return arrived
    }

    /// True if the card's agent is a new one.
    private mutating func put(_ order: PollOrder, now: Double) -> Bool {
        let id = order.card.id
        guard let before = members[id]?.order else {
            members[id] = Member(order: order)
            if isOwn(id) { schedule.plan(id, at: now) }
            return true
        }
        guard before != order else { return false }
        let isElsewhere = before.target != order.target || before.isReadDifferently(from: order)
        update(id) { member in
            member.order = order
            if isElsewhere { member.identityDue = 0 }
            if before.isReadDifferently(from: order) { (member.plan, member.modbusPlan) = (nil, nil) }
        }
        if isElsewhere {
            hurry(id, now: now)
        } else if before.timing != order.timing, let due = schedule.due(of: id) {
            schedule.plan(id, at: min(due, PollTiming.next(of: id, each: order.timing.statusSeconds, after: now)))
        }
        return before.target.address != order.target.address
    }

    private mutating func remove(_ id: Int64) {
        members[id] = nil
        schedule.forget(id)
        isAgain.remove(id)
    }

    private mutating func index() {
        marks = nil
        addresses = Dictionary(members.values.lazy.map { ($0.card.address, $0.card.id) }, uniquingKeysWith: min)
        users = Set(members.values.lazy.compactMap { $0.order.target.credentials.user })
    }

    /// From now on this server polls the cards of these shards. What it knows of others' cards is old when it polls them again.
    mutating func own(_ shards: Set<Int>, now: Double) {
        guard shards != self.shards else { return }
        let before = self.shards ?? Set(0..<PollShards.count)
        self.shards = shards
        let gained = shards.subtracting(before)
        let lost = before.subtracting(shards)
        for id in members.keys {
            let shard = PollShards.shard(of: id)
            if gained.contains(shard) {
                schedule.plan(id, at: now)
            } else if lost.contains(shard) {
                schedule.forget(id)
            } else {
                continue
            }
            // A poll may bring something after its shard is lost.
            update(id) { member in
                member.monitor = CardMonitor()
                member.record.isRecorded = false
                member.freshUntil = .infinity
            }
        }
    }
}

// MARK: - Polls

extension PollRoster {
    /// Takes out the cards that are due; their polls begin now.
    mutating func takeDue(now: Double) -> [PollSchedule.Entry] {
        var begun: [PollSchedule.Entry] = []
        for entry in schedule.takeDue(now: now, limit: gate.free(at: now)) {
            guard !gate.isUnderWay(entry.card) else {
                isAgain.insert(entry.card)
                continue
            }
            gate.begin(entry.card, at: now)
            update(entry.card) { $0.begunAt = now }
            begun.append(entry)
        }
        return begun
    }

    /// A card's poll has ended: plans the next one.
    ///
    /// - Parameter jitter: -1…1.
    mutating func ended(_ id: Int64, now: Double, jitter: Double) {
        gate.end(id, at: now)
        let isHurried = isAgain.remove(id) != nil
        guard let member = members[id] else { return }
        guard isOwn(id) else {
            if isHurried { hurry(id, now: now, isOrdered: true) }
            return
        }
        let timing = member.order.timing
        let backOff = timing.backOff(afterFailures: member.monitor.failures, jitter: jitter)
        update(id) { $0.record.backOff = backOff }
        schedule.plan(id, at: backOff > 0 ? now + backOff : PollTiming.next(of: id, each: timing.statusSeconds, after: now))
        if isHurried { hurry(id, now: now) }
    }

    /// Polls the card out of turn, and all its points: at once, unless its last poll has only just begun.
    ///
    /// - Parameter isOrdered: somebody waits for this poll, whichever server polls the card else.
    mutating func hurry(_ id: Int64, now: Double, isOrdered: Bool = false) {
        guard let member = members[id] else { return }
        update(id) { $0.fullDue = 0 }
        if gate.isUnderWay(id) {
            isAgain.insert(id)
            return
        }
        guard isOwn(id) || isOrdered else { return }
        let due = max(now, member.begunAt + Self.hurryInterval)
        if let planned = schedule.due(of: id), planned <= due { return }
        schedule.plan(id, at: due)
    }

    /// Somebody looks at the card.
    mutating func attend(_ id: Int64, now: Double) {
        guard let member = members[id] else { return }
        update(id) { $0.attendedUntil = now + Self.attention }
        // A silent card is not asked more often because somebody looks at it than it would be if it answered.
        let last = member.monitor.failures == 0 ? member.fullAt : max(member.fullAt, member.begunAt)
        if now - last > min(member.order.timing.statusSeconds, Self.glance) { hurry(id, now: now) }
    }

    /// After a pause of the whole process: what has fallen due in it is not caught up with, but polled each at its next moment.
    mutating func resume(now: Double) {
        for entry in schedule.takeDue(now: now, limit: .max) {
            guard let member = members[entry.card] else { continue }
            schedule.plan(entry.card, at: PollTiming.next(of: entry.card, each: member.order.timing.statusSeconds, after: now))
        }
    }

    /// The cards whose last answer is too old to tell their status; they are unknown from now on.
    mutating func fade(now: Double) -> [Int64] {
        var faded: [Int64] = []
        for index in members.indices where members.values[index].freshUntil < now && isOwn(members.keys[index]) {
            members.values[index].freshUntil = .infinity
            members.values[index].monitor.fade()
            faded.append(members.keys[index])
        }
        return faded
    }
}

extension SNMPCredentials {
    fileprivate var user: USMUser? {
        if case .v3(let user, _) = self { return user }
        return nil
    }
}
