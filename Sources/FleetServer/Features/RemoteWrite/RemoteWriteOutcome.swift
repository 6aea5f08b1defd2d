/// What became of a request to the far end.
enum RemoteWriteOutcome: Sendable, Equatable {
    case accepted
    /// It will never be taken: the same again makes no sense.
    case refused(String)
    /// It may be taken later; after so many seconds, if the far end says.
    case later(String, after: Double?)

    /// The longest wait that a far end can ask for, in seconds.
    static let longestWait = 300.0

    /// By the answer's status: 2xx is success, 5xx and 429 are worth another try, nothing else is (remote-write 1.0, "Retries & Backoff").
    init(status: Int, retryAfter: String?, words: String) {
        let told = words.split(separator: "\n").first.map { ": \($0.prefix(200))" } ?? ""
        switch status {
        case 200..<300: self = .accepted
        case 429, 500..<600:
            let seconds = retryAfter.flatMap(Double.init).flatMap { $0.isNaN ? nil : $0 }.map { min(max($0, 0), Self.longestWait) }
            self = .later("the far end answers \(status)\(told)", after: seconds)
        default: self = .refused("the far end answers \(status)\(told)")
        }
    }
}

/// How long to wait before the next try: twice as long each time. Pure.
struct RemoteWriteBackOff: Sendable {
    static let first = 0.5
    static let longest = 30.0

    private var next = first

    mutating func succeeded() { next = Self.first }

    /// Seconds until the next try, at least `asked`.
    mutating func failed(asked: Double?) -> Double {
        defer { next = min(next * 2, Self.longest) }
        return max(next, asked ?? 0)
    }
}
