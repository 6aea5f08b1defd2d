import Logging
import Modbus
import PowerDevice
import Synchronization

/// Carries out what the device is told to do: asks its profile for permission, sends the one write that the control is, waits for the
/// acknowledgement, and for the effect where a bit shows it.
///
///     asked ──profile──▶ refused
///       └──────▶ sent ──exception or silence──▶ not acknowledged
///                  └──────▶ acknowledged ──bit shows it──▶ done
///                                  └──`patience` is over──▶ no effect
///
/// Nothing is ever sent but what somebody has asked for; a write that has left is not repeated. A parallel system is told as a whole
/// (manual 12.7.1).
final class DeviceController: Sendable {
    /// Sends a write to a slave, and returns when the device has acknowledged it.
    typealias Send = @Sendable (_ write: ControlProfile.Write, _ unit: UInt8) async throws(ModbusError) -> Void

    struct OrderID: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct Order {
        let id: OrderID
        let control: DeviceControl
        let origin: ControlOrigin
        let completion: @Sendable (ControlFailure?) -> Void
    }

    private struct Waiting {
        var orders: [Order] = []
        var lastID = 0
        /// Set while `run()` carries orders out.
        var wake: AsyncStream<Void>.Continuation?
    }

    /// Orders that wait at most; each takes a poll or two.
    static let capacity = 8

    private let contents: @Sendable () -> DeviceRecord.Contents
    private let send: Send
    private let patience: Duration
    private let onDone: @Sendable (DeviceControl, ControlOrigin) -> Void
    private let logger: Logger
    private let signal = PollSignal()
    private let waiting = Mutex(Waiting())

    /// - Parameters:
    ///   - contents: what is known of the device now.
    ///   - patience: how long the device may take to show the effect after its acknowledgement.
    ///   - onDone: told of every control that has been carried out.
    init(
        contents: @escaping @Sendable () -> DeviceRecord.Contents, send: @escaping Send, patience: Duration = .seconds(15),
        onDone: @escaping @Sendable (DeviceControl, ControlOrigin) -> Void = { _, _ in }, logger: Logger
    ) {
        self.contents = contents
        self.send = send
        self.patience = patience
        self.onDone = onDone
        self.logger = logger
    }

    /// Why the control would not be sent now; nil if it would. Has no effect.
    func refusal(of control: DeviceControl) -> ControlFailure? {
        do throws(ControlFailure) {
            _ = try write(for: control)
            return nil
        } catch {
            return error
        }
    }

    /// Carries a control out; returns when it is done.
    func perform(_ control: DeviceControl, by origin: ControlOrigin) async throws(ControlFailure) {
        var metadata: Logger.Metadata = ["control": "\(control.summary)", "by": "\(origin)"]
        do throws(ControlFailure) {
            let polls = try await acknowledged(control)
            try await effect(of: control, polls)
            logger.notice("UPS control done", metadata: metadata)
            onDone(control, origin)
        } catch {
            metadata["reason"] = "\(error)"
            logger.warning("UPS control not done", metadata: metadata)
            throw error
        }
    }

    /// The device has been asked, or has been found lost.
    func devicePolled() { signal.polled() }

    private func write(for control: DeviceControl) throws(ControlFailure) -> ControlProfile.Write {
        let contents = contents()
        guard contents.snapshot.state.isCommunicating else { throw .noCommunication }
        do throws(ControlProfile.Refusal) {
            return try contents.controls.write(for: control, on: contents.map, registers: contents.registers)
        } catch {
            throw .refused(error)
        }
    }

    /// Sends the write; returns the polls since the device has acknowledged it.
    private func acknowledged(_ control: DeviceControl) async throws(ControlFailure) -> AsyncStream<Void> {
        let write = try write(for: control)
        do throws(ModbusError) {
            try await send(write, Topology.systemSlave)
        } catch {
            switch error {
            // Accepted, says the specification: the device is still at it.
            case .exception(.acknowledge): break
            case .cancelled: throw .cancelled
            default: throw .notAcknowledged(error)
            }
        }
        return signal.polls()
    }

    private func effect(of control: DeviceControl, _ polls: AsyncStream<Void>) async throws(ControlFailure) {
        guard ControlEffect.isShown(control, in: contents()) != nil else { return }
        let isShown = await withTaskGroup(of: Bool.self) { tasks in
            tasks.addTask { [contents] in
                for await _ in polls where ControlEffect.isShown(control, in: contents()) == true { return true }
                return false
            }
            tasks.addTask { [patience] in
                try? await Task.sleep(for: patience)
                return false
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? false
        }
        if isShown { return }
        throw Task.isCancelled ? .cancelled : .noEffect(within: patience)
    }
}

// MARK: - Orders

extension DeviceController {
    /// Gives an order that `run()` carries out when those before it are done. Nil if there is no room, or nobody to carry it out.
    ///
    /// - Parameter completion: called with the reason if it fails, with nil when it is done.
    @discardableResult
    func submit(
        _ control: DeviceControl, by origin: ControlOrigin, completion: @escaping @Sendable (ControlFailure?) -> Void = { _ in }
    ) -> OrderID? {
        waiting.withLock { waiting in
            guard let wake = waiting.wake, waiting.orders.count < Self.capacity else { return nil }
            waiting.lastID += 1
            let id = OrderID(number: waiting.lastID)
            waiting.orders.append(Order(id: id, control: control, origin: origin, completion: completion))
            wake.yield()
            return id
        }
    }

    /// Takes an order back that has not been begun. False if it has.
    func withdraw(_ id: OrderID) -> Bool {
        waiting.withLock { waiting in
            guard let index = waiting.orders.firstIndex(where: { $0.id == id }) else { return false }
            waiting.orders.remove(at: index)
            return true
        }
    }

    /// Carries orders out, one after the other, until the task is cancelled. Those that still wait then are forgotten.
    func run() async {
        let (wakes, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        waiting.withLock { $0.wake = continuation }
        for await _ in wakes {
            while !Task.isCancelled, let order = next() {
                do throws(ControlFailure) {
                    try await perform(order.control, by: order.origin)
                    order.completion(nil)
                } catch {
                    order.completion(error)
                }
            }
        }
        let forgotten = waiting.withLock { waiting in
            defer { waiting = Waiting(lastID: waiting.lastID) }
            return waiting.orders
        }
        for order in forgotten { order.completion(.cancelled) }
    }

    private func next() -> Order? {
        waiting.withLock { $0.orders.isEmpty ? nil : $0.orders.removeFirst() }
    }
}
