package import NIOCore

/// How long a transfer waits for its peer.
package struct TransferTiming: Equatable, Sendable {
    /// Until the first packet is repeated. Later waits follow the measured round trip, and double with each repetition.
    package var timeout: TimeAmount
    /// Without any progress for so long, the transfer has failed.
    package var patience: TimeAmount
    /// A transfer that is not done by then has failed, however it progresses: nobody holds a place by dripping blocks.
    package var longest: TimeAmount

    package init(timeout: TimeAmount = .seconds(1), patience: TimeAmount = .seconds(30), longest: TimeAmount = .hours(1)) {
        self.timeout = timeout
        self.patience = patience
        self.longest = longest
    }
}

/// When to repeat, and when to give up: adapts to the peer's round trip (RFC 6298 §2), backs off, and is bounded.
struct RetransmissionTimer: Sendable {
    private let timing: TransferTiming
    private let isAdaptive: Bool
    private let end: NIODeadline
    /// The next moment at which something is due.
    private(set) var deadline: NIODeadline
    /// Repetitions since the last progress.
    private(set) var repetitions = 0
    private(set) var roundTrip: TimeAmount?
    private var variation = TimeAmount.zero
    private var initial: TimeAmount
    private var interval: TimeAmount
    private var lastSent: NIODeadline
    private var lastProgress: NIODeadline

    /// Below this, a card that pauses to write its flash would be pestered.
    private static let shortest = TimeAmount.milliseconds(250)
    /// The longest wait between two repetitions, in multiples of the first.
    private static let longestFactor = 4
    /// Copies that the network makes of a packet come within this time; repetitions by the peer come later.
    private static let copyWindow = TimeAmount.milliseconds(100)

    /// `isAdaptive` is for the side whose packets are answered one by one; the other has no round trip to measure.
    init(_ timing: TransferTiming, isAdaptive: Bool, now: NIODeadline) {
        self.timing = timing
        self.isAdaptive = isAdaptive
        end = now + timing.longest
        initial = timing.timeout
        interval = timing.timeout
        lastSent = now
        lastProgress = now
        deadline = min(now + timing.timeout, end)
    }

    /// The peers agreed on a wait (RFC 2349).
    mutating func agreed(timeout: Int?) {
        guard let timeout else { return }
        initial = .seconds(Int64(timeout))
        interval = initial
    }

    /// New data or a new acknowledgement came, and what answers it leaves now.
    mutating func progressed(now: NIODeadline) {
        if isAdaptive, repetitions == 0 { measure(now - lastSent) }
        repetitions = 0
        interval = roundTrip.map { min(max($0 + variation * 4, Self.shortest), initial) } ?? initial
        lastProgress = now
        sent(now: now)
    }

    /// The last packets left once more, or others in their place.
    mutating func sent(now: NIODeadline) {
        lastSent = now
        deadline = min(now + interval, lastProgress + timing.patience, end)
    }

    /// True when the last packets are to be repeated, false when the peer is given up.
    mutating func expired(now: NIODeadline) -> Bool {
        guard now < end, now - lastProgress < timing.patience else { return false }
        repetitions += 1
        interval = min(interval * 2, max(initial, timing.timeout) * Self.longestFactor)
        sent(now: now)
        return true
    }

    /// True when an answer to what was sent last can't have come yet: what arrives answers something older.
    func isTooEarlyForAnswer(now: NIODeadline) -> Bool {
        guard let roundTrip else { return false }
        return (now - lastSent).nanoseconds < roundTrip.nanoseconds / 2
    }

    /// From this moment on, a packet that was answered before has been repeated by the peer.
    var endOfCopies: NIODeadline { lastProgress + Self.copyWindow }

    private mutating func measure(_ sample: TimeAmount) {
        guard let old = roundTrip else {
            roundTrip = sample
            variation = .nanoseconds(sample.nanoseconds / 2)
            return
        }
        let difference = abs(old.nanoseconds - sample.nanoseconds)
        variation = .nanoseconds((3 * variation.nanoseconds + difference) / 4)
        roundTrip = .nanoseconds((7 * old.nanoseconds + sample.nanoseconds) / 8)
    }
}
