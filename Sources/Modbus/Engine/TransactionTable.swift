/// The requests in flight on one TCP connection (MODBUS Messaging on TCP/IP V1.0b §4.2).
///
/// A response counts when its transaction, its unit and its function are those of a request; everything else is dropped.
package struct TransactionTable: Sendable {
    package enum ReceivedAction: Hashable, Sendable {
        case complete(transaction: UInt16, ModbusResponse)
        /// The response to this request, but not usable.
        case fail(transaction: UInt16, ModbusDecodingError)
        case drop(DropReason)
    }

    package enum DropReason: Hashable, Sendable {
        /// Never sent, answered already, or given up.
        case unknownTransaction
        case wrongUnit
        case wrongFunction
    }

    private var outstanding: [UInt16: PendingRequest] = [:]
    private var nextTransaction: UInt16
    private let capacity: Int

    /// - Parameter capacity: how many requests may be in flight; devices rarely take more than one.
    package init(capacity: Int = 16, firstTransaction: UInt16 = 1) {
        self.capacity = capacity
        nextTransaction = firstTransaction
    }

    package var count: Int { outstanding.count }

    /// The frame to send; nil when `capacity` requests are in flight.
    package mutating func begin(_ request: ModbusRequest, unit: UInt8) -> TCPFrame? {
        guard outstanding.count < capacity else { return nil }
        while outstanding[nextTransaction] != nil { nextTransaction &+= 1 }
        let transaction = nextTransaction
        nextTransaction &+= 1
        outstanding[transaction] = PendingRequest(unit: unit, request: request)
        return TCPFrame(transaction: transaction, unit: unit, pdu: request.encoded)
    }

    package mutating func received(_ frame: TCPFrame) -> ReceivedAction {
        let transaction = frame.transaction
        guard let pending = outstanding[transaction] else { return .drop(.unknownTransaction) }
        switch pending.match(unit: frame.unit, pdu: frame.pdu) {
        case .wrongUnit: return .drop(.wrongUnit)
        case .wrongFunction: return .drop(.wrongFunction)
        case .answer(let response):
            outstanding[transaction] = nil
            return .complete(transaction: transaction, response)
        case .malformed(let error):
            outstanding[transaction] = nil
            return .fail(transaction: transaction, error)
        }
    }

    /// Stops waiting for every response; those that still come are dropped.
    package mutating func abandonAll() {
        outstanding.removeAll()
    }
}
