import NIOCore
import NIOPosix
import SNMP
import SSDP

/// One search under way: starts the methods, has what they see identified, and ends when all are done and nothing is being asked any more.
struct SearchCourse {
    enum Event: Sendable {
        case news(ProbeNews)
        case sighting(Sighting)
        /// A sighting that a job has made.
        case described(Sighting)
        case identified(address: String, hint: Hint?, result: Answer?)
        case ended(SearchError?)
        case cancelled
    }

    /// What a sweep knows of an agent.
    struct Hint: Sendable {
        let pass: Int
    }

    struct Answer: Sendable {
        let identity: CardIdentity?
        let way: Int
    }

    /// Addresses that are asked, and descriptions that are fetched, at a time.
    static let concurrency = 192

    let search: NetworkSearch
    let plan: SearchPlan
    let interfaces: [SearchInterface]
    let addresses: AddressList
    let sweep: SweepWays
    let pace: PacketPace
    let inquiry: AgentInquiry
    let descriptions: DescriptionFetch
    let monitor: SearchMonitor
    let tell: @Sendable (SearchFinding) -> Void
    let events: AsyncStream<Event>
    let continuation: AsyncStream<Event>.Continuation

    var board = SearchBoard()
    var loops: [ProbeLoop] = []
    var sweeper: ProbeLoop?
    var errors: [SearchError] = []
    /// What still works: methods, and jobs by their places in the queue.
    var methodsLeft = 0
    var jobsRunning = 0
    var jobs: [Job] = []
    var nextJob = 0
    var hints: [String: Hint] = [:]
    var hasReadNeighboursAgain = false

    enum Job: Sendable {
        case identify(address: String, hint: Hint?)
        case describe(address: UInt32, location: String, evidence: String)
    }

    init(
        _ search: NetworkSearch, _ plan: SearchPlan, _ interfaces: [SearchInterface], _ monitor: SearchMonitor,
        tell: @Sendable @escaping (SearchFinding) -> Void
    ) {
        self.search = search
        self.plan = plan
        self.interfaces = interfaces
        self.monitor = monitor
        self.tell = tell
        addresses = AddressList(plan.ranges)
        sweep = SweepWays(plan.ways)
        pace = PacketPace(packetsPerSecond: plan.packetsPerSecond)
        inquiry = AgentInquiry(
            search.snmp, profiles: search.profiles, ways: plan.ways, port: NetworkSearch.Port.snmp + search.portOffset,
            patience: plan.patience,
            refused: monitor.refuses)
        descriptions = DescriptionFetch(on: search.group)
        // As many as the methods can see, which are bounded.
        (events, continuation) = AsyncStream.makeStream(of: Event.self)
    }

    mutating func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            startMethods(&tasks)
            let loops = loops
            let continuation = continuation
            defer {
                for loop in loops { loop.cancel() }
                tasks.cancelAll()
            }
            try await withTaskCancellationHandler {
                if plan.methods.contains(.neighbours) { lookAtNeighbours() }
                startJobs(&tasks)
                guard !isDone else { return }
                for await event in events {
                    try take(event)
                    startJobs(&tasks)
                    if isDone { break }
                }
            } onCancel: {
                for loop in loops { loop.cancel() }
                continuation.yield(.cancelled)
            }
        }
        if let error = errors.first { throw error }
    }

    private var isDone: Bool { methodsLeft == 0 && jobsRunning == 0 && nextJob == jobs.count }

    private mutating func take(_ event: Event) throws {
        switch event {
        case .news(.sighting(let sighting)), .sighting(let sighting): saw(sighting)
        case .news(.agent(let address, let pass)):
            let address = AddressRange.text(address)
            hints[address] = Hint(pass: pass)
            saw(Sighting(address: address, method: .snmp))
        case .news(.device(let address, let location, let evidence)):
            jobs.append(.describe(address: address, location: location, evidence: evidence))
        case .described(let sighting):
            jobsRunning -= 1
            saw(sighting)
        case .identified(let address, let hint, let answer):
            jobsRunning -= 1
            identified(address, hint, answer)
        case .ended(let error):
            methodsLeft -= 1
            if let error { errors.append(error) }
            // The methods have filled the table.
            if methodsLeft == 0, !hasReadNeighboursAgain, plan.methods.contains(.neighbours) {
                hasReadNeighboursAgain = true
                lookAtNeighbours()
            }
        case .cancelled: throw CancellationError()
        }
    }

    mutating func saw(_ sighting: Sighting) {
        let reaction = board.saw(sighting)
        if reaction.asks { jobs.append(.identify(address: sighting.address, hint: hints[sighting.address])) }
        reaction.findings.forEach(tell)
    }

    private mutating func identified(_ address: String, _ hint: Hint?, _ answer: Answer?) {
        if answer == nil, hint == nil, let later = hints[address] {
            // It was asked without knowing that its agent has answered the sweep: once more, and patiently.
            jobs.append(.identify(address: address, hint: later))
            return
        }
        if let hint, let sweeper {
            let slot = answer.map { sweep.slot(ofWay: $0.way) } ?? sweep.slot(ofPass: hint.pass)
            sweeper.inform { $0.isCard(by: slot, foundIn: hint.pass) }
        }
        let identified = answer.flatMap { answer in
            answer.identity.map { SearchBoard.Identified(identity: $0, way: answer.way) }
        }
        board.identified(address, as: identified).forEach(tell)
    }

    private mutating func lookAtNeighbours() {
        guard !addresses.isLoopback else { return }
        let names = Set(interfaces.map(\.name))
        for entry in NeighbourTable.entries() where entry.isCard && names.contains(entry.interface) { saw(entry.sighting) }
    }
}
