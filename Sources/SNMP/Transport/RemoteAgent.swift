import NIOCore

/// What the client keeps of an SNMPv3 agent from one request to the next: its engine, the keys for it, and how far the request under way is.
final class RemoteAgent {
    enum Step {
        /// The engine has been asked who it is.
        case discovering
        /// The request itself has been sent.
        case asking
    }

    /// How often one request may be sent anew after a report. An agent that has an excuse for everything is not asked for ever.
    private static let maximumRestarts = 3
    /// Users per agent whose keys are kept.
    private static let maximumUsers = 8

    private(set) var engine = RemoteEngine()
    /// The longest message that the agent accepts, in octets, as it says in each of its own.
    var maximumSize = Int.max
    private var users: [(user: USMUser, localized: LocalizedUser)] = []
    private(set) var step = Step.discovering
    private var restarts = 0
    /// The engine has been asked who it is because the request went unanswered.
    private(set) var isLastChance = false
    /// The last request had no answer: the next one begins with a discovery.
    private var isDoubtful = false

    /// A request begins.
    func begin() {
        restarts = 0
        isLastChance = false
        step = engine.known == nil || isDoubtful ? .discovering : .asking
    }

    /// The engine is asked once more who it is, because requests go unanswered.
    func discover() {
        step = .discovering
        isLastChance = true
    }

    /// Whether the agent has said who it is, and then left the request unanswered all the same.
    var ignoresRequest: Bool { isLastChance && step == .asking }

    /// The request is to be sent anew. False if that has been done often enough.
    func restart() -> Bool {
        restarts += 1
        step = .asking
        return restarts <= Self.maximumRestarts
    }

    func wentSilent() { isDoubtful = true }

    /// Takes over an engine's clock. Returns whether it is another engine than before.
    func heard(_ id: EngineID, boots: Int32, time: Int32, now: NIODeadline) -> Bool {
        isDoubtful = false
        guard engine.heard(id, boots: boots, time: time, now: now) else { return false }
        users.removeAll()
        return true
    }

    /// The user with his keys for the engine, once there is one. The keys of a user are derived once for each engine.
    func localized(_ user: USMUser, _ contexts: AESContexts) -> LocalizedUser? {
        guard let known = engine.known else { return nil }
        if let found = users.first(where: { $0.user == user }) { return found.localized }
        if users.count >= Self.maximumUsers { users.removeFirst() }
        let localized = LocalizedUser(user, engineID: known.id, contexts: contexts)
        users.append((user, localized))
        return localized
    }
}
