import Modbus
import PowerDevice
import Synchronization

/// What others want of the device on the card's line: a bounded mailbox that the poll loop empties between two of its reads.
///
///     waiting ──the loop takes it──▶ on the line ──▶ acknowledged, or refused
///        │
///        └──its task is cancelled, or the device is lost──▶ failed
///
/// One line carries one request at a time, so there is nobody but the loop who may ask. An order wakes it, and is followed by a poll.
final class DeviceOrders: Sendable {
    /// What is to be done on the line.
    enum Action: Sendable {
        case write(ControlProfile.Write)
        case read(RegisterRange)
    }

    /// An order that waits, and whoever waits for it.
    struct Order: Sendable {
        fileprivate let id: UInt64
        /// The slave number: 1 the system, 1 + n unit n.
        let unit: UInt8
        let action: Action
        fileprivate let reply: CheckedContinuation<Result<[UInt16], ModbusError>, Never>

        func complete(_ result: Result<[UInt16], ModbusError>) { reply.resume(returning: result) }
    }

    private struct State {
        var isOpen = false
        var waiting: [Order] = []
        var nextID: UInt64 = 0
    }

    /// Orders that may wait; one more is refused as "busy" (exception 06).
    static let capacity = 16

    private let bell: Doorbell
    private let state = Mutex(State())

    /// - Parameter bell: wakes the poll loop.
    init(bell: Doorbell) { self.bell = bell }

    /// Writes registers, function 6 for one word and 16 for more; returns when the device has acknowledged it.
    ///
    /// Throws what the device refuses with, `.linkFailed(.lost)` while it does not communicate, and `.exception(.serverDeviceBusy)` while
    /// `capacity` orders wait. A write is never repeated: one that had no answer may have been carried out.
    func write(_ write: ControlProfile.Write, unit: UInt8) async throws(ModbusError) {
        _ = try await perform(.write(write), unit: unit)
    }

    /// Reads registers past the record: what the device says of itself this moment.
    func read(_ range: RegisterRange, unit: UInt8) async throws(ModbusError) -> [UInt16] { try await perform(.read(range), unit: unit) }

    private func perform(_ action: Action, unit: UInt8) async throws(ModbusError) -> [UInt16] {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in enqueue(Order(id: id, unit: unit, action: action, reply: reply)) }
        } onCancel: {
            cancel(id)
        }
        return try result.get()
    }

    /// A cancellation comes either before the check (seen by it) or after it (then `cancel` finds the order, unless it is on the line).
    private func enqueue(_ order: Order) {
        let failure = state.withLock { state -> ModbusError? in
            if Task.isCancelled { return .cancelled }
            guard state.isOpen else { return .linkFailed(.lost) }
            guard state.waiting.count < Self.capacity else { return .exception(.serverDeviceBusy) }
            state.waiting.append(order)
            return nil
        }
        if let failure { order.complete(.failure(failure)) } else { bell.ring() }
    }

    private func cancel(_ id: UInt64) {
        let order = state.withLock { state -> Order? in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiting.remove(at: index)
        }
        order?.complete(.failure(.cancelled))
    }
}

// MARK: - The poll loop's side

extension DeviceOrders {
    /// The device answers: orders are taken.
    func open() { state.withLock { $0.isOpen = true } }

    /// The device is lost, or the loop ends: orders are refused, and those that wait fail.
    func close() {
        let failed = state.withLock { state in
            state.isOpen = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for order in failed { order.complete(.failure(.linkFailed(.lost))) }
    }

    /// The oldest order. Whoever takes it completes it.
    func next() -> Order? { state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() } }
}
