import NIOCore

/// What is under way to one receiver: a queue, and of informs the one that waits for its acknowledgement.
///
///     queue ── a trap ────────────────────────────────────────► sent
///       └───── an inform ──► under way ── acknowledged, refused ─► over, the next one starts
///                             │  ▲ └────── no attempt left ──────►
///                             └──┘ its time is over: sent again
final class NotificationLane {
    /// An inform that waits for its acknowledgement.
    struct Inform {
        let notification: SNMPNotification
        /// Message id and request id of the last attempt.
        var id: Int32
        var attempt: Int
        var deadline: NIODeadline
    }

    let receiver: NotificationReceiver
    let peer: PeerAddress
    var queue: NotificationQueue
    var inform: Inform?
    /// The receiver's engine: the authority of v3 informs.
    let engine = RemoteAgent()
    var statistics = NotificationSendStatistics()

    init(_ receiver: NotificationReceiver, at peer: PeerAddress, queue: NotificationQueue) {
        self.receiver = receiver
        self.peer = peer
        self.queue = queue
    }

    var isIdle: Bool { inform == nil && queue.isEmpty }

    /// When something has to be done next.
    var nextDeadline: NIODeadline? { inform?.deadline ?? queue.nextDeadline }
}
