package import NIOCore
import NIOPosix
import Synchronization

/// The only owner of a device's one connection: polls and any number of clients share it. See `Arbitration` for how.
///
/// Works while `run()` does; `close()` ends it.
package final class ModbusArbiter: Sendable {
    package typealias Reply = @Sendable (Result<ArbiterAnswer, ModbusError>) -> Void

    private struct State {
        var engine: Arbitration
        var replies: [Arbitration.Ticket: Reply] = [:]
        var lastTicket: Arbitration.Ticket = 0
        /// Why nobody is answered any more.
        var end: LinkFailure?
    }

    package let host: String
    package let port: Int
    /// How long to wait for a connection, and for each answer.
    private let timeout: TimeAmount
    private let group: any EventLoopGroup
    private let state: Mutex<State>
    private let wake = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    package init(
        host: String, port: Int, timeout: Duration = .seconds(2), configuration: Arbitration.Configuration = .init(),
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.host = host
        self.port = port
        self.timeout = TimeAmount(timeout)
        group = eventLoopGroup
        state = Mutex(State(engine: Arbitration(configuration)))
    }

    /// Asks the device, or what it said at most `maxAge` ago. `reply` is called once, on any thread, and must not block.
    package func submit(
        _ request: ModbusRequest, unit: UInt8, of client: ArbiterClient, maxAge: TimeAmount, reply: @escaping Reply
    ) {
        submit(ticket(), PendingRequest(unit: unit, request: request), client, maxAge, reply)
    }

    /// The same, for a task: whose cancellation withdraws the request.
    package func perform(
        _ request: ModbusRequest, unit: UInt8, of client: ArbiterClient, maxAge: Duration
    ) async throws(ModbusError) -> ArbiterAnswer {
        let ticket = ticket()
        let pending = PendingRequest(unit: unit, request: request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(ticket, pending, client, TimeAmount(maxAge)) { continuation.resume(returning: $0) }
            }
        } onCancel: {
            withdraw(ticket)
        }
        return try result.get()
    }

    /// The client is gone: what it has asked for is not done any more.
    package func leave(_ client: ArbiterClient) {
        state.withLock { state in
            for ticket in state.engine.leave(client) { state.replies[ticket] = nil }
        }
    }

    /// Answers nobody any more; `run()` returns.
    ///
    /// - Parameter reason: what those are told who wait, or still ask.
    package func close(_ reason: LinkFailure = .closed) {
        let orphans = state.withLock { state in
            let end = state.end ?? reason
            state.end = end
            return Self.replies(of: state.engine.end(end), &state)
        }
        for orphan in orphans { orphan() }
        wake.continuation.finish()
    }

    package var status: ArbiterStatus { state.withLock { ArbiterStatus($0.engine) } }

    /// Does the asking, until `close()` or the task's cancellation. To be called once.
    package func run() async {
        var channel: ClientChannel?
        var timer: Scheduled<Void>?
        for await _ in wake.stream {
            timer?.cancel()
            timer = await work(&channel).map { due in
                group.any().scheduleTask(deadline: due) { [wake] in _ = wake.continuation.yield() }
            }
        }
        timer?.cancel()
        close()
        await channel?.close()
    }

    private func ticket() -> Arbitration.Ticket {
        state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
    }

    private func submit(
        _ ticket: Arbitration.Ticket, _ request: PendingRequest, _ client: ArbiterClient, _ maxAge: TimeAmount, _ reply: @escaping Reply
    ) {
        let result: Result<ArbiterAnswer, ModbusError>? = state.withLock { state in
            if let end = state.end { return .failure(.linkFailed(end)) }
            // A cancellation comes either before this (seen here) or after it (then `withdraw` finds the ticket).
            guard !Task.isCancelled else { return .failure(.cancelled) }
            switch state.engine.submit(ticket, request, of: client, maxAge: maxAge, now: .now()) {
            case .answered(let answer): return .success(answer)
            case .refused(let error): return .failure(error)
            case .waiting:
                state.replies[ticket] = reply
                return nil
            }
        }
        if let result { reply(result) } else { wake.continuation.yield() }
    }

    private func withdraw(_ ticket: Arbitration.Ticket) {
        let reply = state.withLock { state in
            state.engine.withdraw(ticket)
            return state.replies.removeValue(forKey: ticket)
        }
        reply?(.failure(.cancelled))
    }

    /// Does what is to be done; returns when there is something to do again, unless a request comes before.
    private func work(_ channel: inout ClientChannel?) async -> NIODeadline? {
        while !Task.isCancelled {
            switch state.withLock({ $0.end != nil ? .rest(until: nil) : $0.engine.next(now: .now()) }) {
            case .rest(let due): return due
            case .connect: channel = await connect()
            case .exchange(let request): await exchange(request, over: channel)
            case .hangUp:
                await channel?.close()
                channel = nil
                state.withLock { $0.engine.closed() }
            }
        }
        return nil
    }

    private func connect() async -> ClientChannel? {
        do throws(LinkFailure) {
            let channel = try await ClientChannel.connect(host: host, port: port, timeout: timeout, on: group)
            state.withLock { $0.engine.connected(now: .now()) }
            return channel
        } catch {
            complete { $0.connectFailed(error, now: .now()) }
            return nil
        }
    }

    private func exchange(_ request: PendingRequest, over channel: ClientChannel?) async {
        guard let channel, channel.isActive else {
            return complete { $0.unsent(now: .now()) }
        }
        let result: Result<ModbusResponse, ModbusError>
        do throws(ModbusError) {
            result = .success(try await channel.exchange(request, timeout: timeout))
        } catch {
            result = .failure(error)
        }
        complete { $0.exchanged(result, now: .now()) }
    }

    private func complete(_ change: (inout Arbitration) -> [Arbitration.Completion]) {
        let replies = state.withLock { state in Self.replies(of: change(&state.engine), &state) }
        for reply in replies { reply() }
    }

    private static func replies(of completions: [Arbitration.Completion], _ state: inout State) -> [() -> Void] {
        completions.compactMap { completion in
            state.replies.removeValue(forKey: completion.ticket).map { reply in { reply(completion.result) } }
        }
    }
}

/// How an arbiter is doing.
package struct ArbiterStatus: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// Nobody needs the connection.
        case idle
        case connected
        /// The device can't be reached, or takes no connection of ours; `failure` says which.
        case failing
    }

    package let state: State
    package let failure: LinkFailure?
    package let tally: ArbiterTally
    /// Requests that wait or are on the way.
    package let queued: Int

    init(_ engine: Arbitration) {
        tally = engine.tally
        queued = engine.queued
        switch engine.link {
        case .closed, .connecting, .closing, .outworn: (state, failure) = (.idle, nil)
        case .open: (state, failure) = (.connected, nil)
        case .failing(let reason): (state, failure) = (.failing, reason)
        }
    }
}

/// A client's share of a device, to read it like a connection of its own.
package struct ArbiterShare: RegisterSource {
    private let arbiter: ModbusArbiter
    private let client: ArbiterClient
    private let maxAge: Duration

    /// - Parameter maxAge: how old what is read may be; zero asks the device.
    package init(_ arbiter: ModbusArbiter, as client: ArbiterClient, maxAge: Duration = .zero) {
        self.arbiter = arbiter
        self.client = client
        self.maxAge = maxAge
    }

    package func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] {
        guard let range = ReadRegistersRequest(address: address, count: count) else { throw .countOutOfRange(count) }
        let answer = try await arbiter.perform(.readHoldingRegisters(range), unit: unit, of: client, maxAge: maxAge)
        switch answer.response {
        case .readHoldingRegisters(let registers), .readInputRegisters(let registers): return registers.values
        case .exception(let refusal): throw .exception(refusal.exception)
        case .writeRegister, .writeRegisters: throw .malformedResponse(ModbusDecodingError(.answersAnotherRequest, offset: 0))
        }
    }
}
