/// What became of the last requests to one agent: how long answers took, and how many datagrams went unanswered. Pure.
package struct RequestTally: Sendable, Equatable {
    /// Seconds from a request's first datagram to its response.
    package struct Latency: Sendable, Equatable {
        package var last: Double
        package var average: Double
        /// What the agent needs when nothing is lost on the way: falls at once, and rises slowly.
        package var usual: Double
        /// Of the last fifty requests or more.
        package var worst: Double
    }

    /// After so many datagrams the older ones count half.
    static let window = 200.0
    static let worstWindow = 50

    package private(set) var latency: Latency?
    private var sent = 0.0
    private var lost = 0.0
    /// Since the worst was chosen anew: the number of requests, and their worst.
    private var recent = (count: 0, worst: 0.0)

    package init() {}

    package static func == (left: RequestTally, right: RequestTally) -> Bool {
        left.latency == right.latency && left.sent == right.sent && left.lost == right.lost && left.recent == right.recent
    }

    /// The part of the datagrams that got no response, 0…1; nil before the first.
    package var loss: Double? { sent > 0 ? lost / sent : nil }

    package mutating func answered(after seconds: Double, attempts: Int) {
        count(sent: attempts, lost: max(0, attempts - 1))
        let seconds = max(0, seconds)
        recent = (recent.count + 1, max(recent.worst, seconds))
        guard var latency else {
            latency = Latency(last: seconds, average: seconds, usual: seconds, worst: seconds)
            return
        }
        latency.last = seconds
        latency.average += (seconds - latency.average) / 16
        latency.usual += (seconds - latency.usual) / (seconds < latency.usual ? 2 : 16)
        latency.worst = max(latency.worst, seconds)
        if recent.count >= Self.worstWindow {
            latency.worst = recent.worst
            recent = (0, 0)
        }
        self.latency = latency
    }

    package mutating func unanswered(attempts: Int) { count(sent: attempts, lost: attempts) }

    private mutating func count(sent: Int, lost: Int) {
        self.sent += Double(sent)
        self.lost += Double(lost)
        guard self.sent > Self.window else { return }
        self.sent /= 2
        self.lost /= 2
    }
}
