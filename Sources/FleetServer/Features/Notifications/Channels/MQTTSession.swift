import FoundationEssentials
import Glibc
import Synchronization

/// Where a broker is, and how it lets us in.
struct MQTTAccess: Sendable {
    let host: String
    let port: Int
    let isSecure: Bool
    let login: (username: String, password: String)?
    let caFile: String?
    let clientID: String
}

/// A connection to a broker that is kept on a thread of its own; the others hand it what is to be published.
final class MQTTSession: Sendable {
    typealias Publication = MQTTMessages.Publication

    private struct Job: Sendable {
        let publications: [Publication]
        let answer: CheckedContinuation<DeliveryOutcome, Never>
    }

    private struct Post: Sendable {
        var jobs: [Job] = []
        var isClosed = false
    }

    private static let longestQueue = 100
    /// Milliseconds that the thread waits for the broker at a time, and for a job while there is no connection.
    private static let loopWait: Int32 = 50
    private static let jobWait: UInt32 = 20_000

    private let access: MQTTAccess
    private let availabilityTopic: String
    private let post = Mutex(Post())

    init(access: MQTTAccess, availabilityTopic: String) {
        self.access = access
        self.availabilityTopic = availabilityTopic
    }

    func publish(_ publications: [Publication]) async -> DeliveryOutcome {
        await withCheckedContinuation { answer in
            let isTaken = post.withLock { post in
                guard !post.isClosed, post.jobs.count < Self.longestQueue else { return false }
                post.jobs.append(Job(publications: publications, answer: answer))
                return true
            }
            if !isTaken { answer.resume(returning: .failed("The connection to the broker is closed or busy.")) }
        }
    }

    func close() { post.withLock { $0.isClosed = true } }

    // MARK: - On the thread

    /// Returns when the session is closed.
    func run() {
        var line: MQTTLine?
        while !post.withLock({ $0.isClosed }) {
            if let kept = line, !kept.turn(wait: Self.loopWait) { line = nil }
            guard let job = takeJob() else {
                if line == nil { usleep(Self.jobWait) }
                continue
            }
            let (outcome, kept) = carryOut(job.publications, on: line)
            line = kept
            job.answer.resume(returning: outcome)
        }
        line?.sayGoodbye(availabilityTopic)
        for job in post.withLock({ post in
            defer { post.jobs = [] }
            return post.jobs
        }) {
            job.answer.resume(returning: .failed("The channel was closed."))
        }
    }

    private func takeJob() -> Job? { post.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() } }

    private func carryOut(_ publications: [Publication], on kept: MQTTLine?) -> (DeliveryOutcome, MQTTLine?) {
        let line: MQTTLine
        if let kept {
            line = kept
        } else {
            switch MQTTLine.connected(access, will: availabilityTopic) {
            case .success(let new): line = new
            case .failure(let trouble): return (trouble.isFinal ? .refused(trouble.words) : .failed(trouble.words), nil)
            }
        }
        if let trouble = line.publish(publications) { return (.failed(trouble), nil) }
        return (.delivered("\(access.host):\(access.port) has acknowledged \(publications.count) publications."), line)
    }
}
