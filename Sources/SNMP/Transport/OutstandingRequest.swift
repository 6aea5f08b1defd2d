import Synchronization

/// What an agent answered.
package enum SNMPReply: Equatable, Sendable {
    /// The values of a `PreparedRead`, in the order of its names; exceptions may be among them.
    case values([SNMPValue])
    /// Any other response: the request was none of a `PreparedRead`, or its response has an error status or other names.
    case response(PDU)
}

/// A request from its submission to its end.
final class OutstandingRequest: Sendable {
    typealias Completion = @Sendable (Result<SNMPReply, any Error>) -> Void

    let pdu: EncodedPDU
    let prepared: PreparedRead?
    let target: SNMPTarget
    let cancellation: RequestCancellation?
    /// Called once, on the client's thread if the client had the request.
    let completion: Completion

    init(
        _ pdu: EncodedPDU, prepared: PreparedRead? = nil, to target: SNMPTarget, cancellation: RequestCancellation? = nil,
        completion: @escaping Completion
    ) {
        self.pdu = pdu
        self.prepared = prepared
        self.target = target
        self.cancellation = cancellation
        self.completion = completion
    }
}

/// A caller's way to say that he waits no longer: before the request is under way, while it is, or too late.
final class RequestCancellation: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }
    func cancel() { flag.store(true, ordering: .releasing) }
}
