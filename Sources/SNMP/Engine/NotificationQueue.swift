package import NIOCore

/// What is to be told to one receiver: in order, bounded, and without repeating itself.
///
/// A notification equal to one that has left less than `repeatInterval` ago waits until that time is over; different ones overtake it. If it
/// waits already, the newer one takes its place behind all others, so that of "raised, cleared, raised, cleared, raised" the last word is
/// "raised". Equal means the same name and variables, whatever the uptime.
///
///     submitted ──► waiting ── its time has come, `next` is called ──► sent ── repeatInterval ──► forgotten
///                      ▲ │
///                      └─┘ an equal one is submitted: merged
package struct NotificationQueue: Sendable {
    package enum SubmittedAction: Equatable, Sendable {
        case queued
        /// It has taken the place of an equal one that waits: one notification less is sent.
        case merged
        /// As many as allowed wait already.
        case refused
    }

    private struct Waiting: Sendable {
        let notification: SNMPNotification
        let identity: SNMPNotification
        let due: NIODeadline
    }

    /// The most notifications that wait.
    package let capacity: Int
    package let repeatInterval: TimeAmount
    private var waiting: [Waiting] = []
    /// What has left, and when it may be repeated; in that order.
    private var sent = CircularBuffer<(identity: SNMPNotification, until: NIODeadline)>()
    private var blocked: [SNMPNotification: NIODeadline] = [:]

    /// - Parameter repeatInterval: zero lets equal notifications follow each other at once.
    package init(capacity: Int, repeatInterval: TimeAmount) {
        self.capacity = max(capacity, 1)
        self.repeatInterval = repeatInterval
    }

    package var count: Int { waiting.count }
    package var isEmpty: Bool { waiting.isEmpty }
    /// What is remembered only to tell repetitions.
    var remembered: Int { sent.count }

    package mutating func submitted(_ notification: SNMPNotification, now: NIODeadline) -> SubmittedAction {
        let identity = notification.withoutUptime
        var due = now
        var action = SubmittedAction.queued
        if repeatInterval > .zero {
            forgetSent(now: now)
            due = max(due, blocked[identity] ?? due)
            if let index = waiting.firstIndex(where: { $0.identity == identity }) {
                waiting.remove(at: index)
                // Nothing that arose before may come after it.
                due = waiting.reduce(due) { max($0, $1.due) }
                action = .merged
            }
        }
        guard waiting.count < capacity else { return .refused }
        waiting.append(Waiting(notification: notification, identity: identity, due: due))
        return action
    }

    /// Takes out the first notification whose time has come, to be sent now. Call until nil, or while the receiver takes more.
    package mutating func next(now: NIODeadline) -> SNMPNotification? {
        guard let index = waiting.firstIndex(where: { $0.due <= now }) else { return nil }
        let first = waiting.remove(at: index)
        guard repeatInterval > .zero else { return first.notification }
        forgetSent(now: now)
        if sent.count == capacity, let oldest = sent.popFirst() { blocked[oldest.identity] = nil }
        sent.append((first.identity, now + repeatInterval))
        blocked[first.identity] = now + repeatInterval
        return first.notification
    }

    /// When `next` has something to give; nil if nothing waits.
    package var nextDeadline: NIODeadline? { waiting.lazy.map(\.due).min() }

    /// Empties the queue. Returns how many were waiting.
    package mutating func removeAll() -> Int {
        defer { waiting.removeAll() }
        return waiting.count
    }

    private mutating func forgetSent(now: NIODeadline) {
        while let first = sent.first, first.until <= now {
            sent.removeFirst()
            blocked[first.identity] = nil
        }
    }
}

extension SNMPNotification {
    /// What is equal in repetitions of a notification.
    fileprivate var withoutUptime: SNMPNotification {
        var identity = self
        identity.uptime = 0
        return identity
    }
}
