package import NIOCore

/// One connection to a device, shared by many clients: who is served next, what needs no question, when to connect and to hang up.
///
/// Sans-IO; time comes in. One request is on the way at a time, because a card answers one at a time.
///
///     closed ──a request──▶ connecting ──▶ open ──idle for so long, or silent──▶ closing ──▶ closed
///       ▲                       │            │
///       │                       │            └─closed by the device─▶ closed, and the request is sent again
///       └──the pause is over── failing ◀──refused, or closed before the first answer, twice
package struct Arbitration: Sendable {
    package typealias Ticket = UInt64

    package struct Configuration: Sendable {
        /// Requests of one client that may wait at once; further ones are answered that the device is busy.
        package var depth: Int
        /// The connection is closed after so long without a request, so that others may have it. A card itself waits one minute.
        package var idleTimeout: TimeAmount

        package init(depth: Int = 16, idleTimeout: TimeAmount = .seconds(50)) {
            self.depth = depth
            self.idleTimeout = idleTimeout
        }
    }

    /// What becomes of a request at once.
    package enum Admission: Hashable, Sendable {
        case answered(ArbiterAnswer)
        case refused(ModbusError)
        /// Its completion follows.
        case waiting
    }

    /// What is to be done next.
    package enum Step: Hashable, Sendable {
        /// Tell `connected` or `connectFailed`.
        case connect
        /// Tell `exchanged`, or `unsent`.
        case exchange(PendingRequest)
        /// Tell `closed`.
        case hangUp
        /// Nothing until a request comes, or this moment.
        case rest(until: NIODeadline?)
    }

    package struct Completion: Hashable, Sendable {
        package let ticket: Ticket
        package let result: Result<ArbiterAnswer, ModbusError>
    }

    struct Waiter: Hashable, Sendable {
        let ticket: Ticket
        let client: ArbiterClient
    }

    /// A request, and all that wait for its answer.
    struct Job: Sendable {
        let request: PendingRequest
        var waiters: [Waiter]
        var attempts = 0
    }

    enum Link: Sendable {
        case closed
        case connecting
        /// - `isProven`: whether this connection has brought an answer.
        case open(usedAt: NIODeadline, isProven: Bool)
        /// Open, and of no use any more.
        case outworn
        case closing
        case failing(LinkFailure)
    }

    /// How often a read is sent before it has failed.
    static let attempts = 2

    let configuration: Configuration
    var link = Link.closed
    var queue = FairQueue<ArbiterClient, Job>()
    /// On the way, or to be sent next because it could not be.
    var current: Job?
    var isUnderWay = false
    var cache = RegisterCache()
    var waiting: [ArbiterClient: Int] = [:]
    var backOff = BackOff()
    /// Connections in a row that were closed before the first answer.
    var rejections = 0
    var silentUnits: [UInt8: BackOff] = [:]
    package internal(set) var tally = ArbiterTally()

    package init(_ configuration: Configuration = .init()) {
        self.configuration = configuration
    }
}

/// Who asks: a client's connection, the poller, a request of another kind.
package struct ArbiterClient: Hashable, Sendable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// A response, and when the device gave it.
package struct ArbiterAnswer: Hashable, Sendable {
    package let response: ModbusResponse
    package let at: NIODeadline

    package init(_ response: ModbusResponse, at: NIODeadline) {
        self.response = response
        self.at = at
    }
}

/// What an arbiter has done so far.
package struct ArbiterTally: Hashable, Sendable {
    /// Requests of all clients.
    package var requests: UInt64 = 0
    /// Those that were answered without asking the device, by what was read before.
    package var cacheHits: UInt64 = 0
    /// Those that shared another's question.
    package var joined: UInt64 = 0
    /// Questions to the device.
    package var exchanges: UInt64 = 0
    /// Requests that had no answer of the device.
    package var failures: UInt64 = 0
    /// Requests refused because their client had too many waiting.
    package var refused: UInt64 = 0
    package var connections: UInt64 = 0
    package var lastError: ModbusError?
    package var lastErrorAt: NIODeadline?

    package init() {}
}
