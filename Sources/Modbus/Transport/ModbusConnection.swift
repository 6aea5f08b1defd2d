package import NIOCore
import NIOPosix

/// A client of one device or one serial line.
///
/// Opens its link with the first request, and again after a failure: a lost device costs an error, not the connection. Requests
/// of several tasks go out one after the other. `close()` ends it, as does letting go of it; `withConnection` does so by itself.
package actor ModbusConnection {
    package enum Link: Sendable {
        /// Modbus TCP; the port is 502 unless the device was told otherwise.
        case tcp(host: String, port: Int)
        /// Modbus RTU on a serial device or a pseudo-terminal, 8N1.
        case serial(path: String, baudRate: BaudRate)
        /// A device in this process.
        case direct(any RegisterBank)
    }

    private let link: Link
    /// How long to wait for a connection.
    private let timeout: TimeAmount
    /// How long to wait for an answer, the time on the line not counted.
    private let patience: TimeAmount
    private let attempts: Int
    private let group: any EventLoopGroup
    private let queue = RequestQueue()
    private var channel: ClientChannel?
    private var isClosed = false

    /// - Parameters:
    ///   - timeout: how long to wait for the connection, and for each answer: on a serial line, from the moment when the answer would be
    ///     complete if it came at once, so that a slow rate does not cut a long answer off.
    ///   - serialTimeout: what a serial line is granted besides; nil is what the manual (§15.2) has for its rate.
    ///   - retries: how often a request is repeated that had no answer. A write that has left is never repeated: it may have been
    ///     carried out.
    package init(
        _ link: Link, timeout: Duration = .seconds(1), serialTimeout: Duration? = nil, retries: Int = 2,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.link = link
        self.timeout = TimeAmount(timeout)
        self.patience = self.timeout + Self.additionalTime(link, serialTimeout)
        self.attempts = 1 + max(0, retries)
        self.group = eventLoopGroup
    }

    /// Lends a connection to `body` and closes it.
    package static func withConnection<Value>(
        _ link: Link, timeout: Duration = .seconds(1), serialTimeout: Duration? = nil, retries: Int = 2,
        _ body: (ModbusConnection) async throws -> Value
    ) async throws -> Value {
        let connection = ModbusConnection(link, timeout: timeout, serialTimeout: serialTimeout, retries: retries)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// The values of `count` (1…125) registers from `address` (function 3).
    package func readHoldingRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] {
        guard let range = ReadRegistersRequest(address: address, count: count) else { throw .countOutOfRange(count) }
        return try await read(.readHoldingRegisters(range), unit: unit)
    }

    /// The values of `count` (1…125) input registers from `address` (function 4).
    package func readInputRegisters(unit: UInt8, address: UInt16, count: Int) async throws(ModbusError) -> [UInt16] {
        guard let range = ReadRegistersRequest(address: address, count: count) else { throw .countOutOfRange(count) }
        return try await read(.readInputRegisters(range), unit: unit)
    }

    /// Sets one register (function 6).
    package func writeRegister(unit: UInt8, address: UInt16, value: UInt16) async throws(ModbusError) {
        _ = try await perform(.writeRegister(WriteRegister(address: address, value: value)), unit: unit)
    }

    /// Sets 1…123 registers from `address` on (function 16).
    package func writeRegisters(unit: UInt8, address: UInt16, values: [UInt16]) async throws(ModbusError) {
        guard let block = WriteRegistersRequest(address: address, values: values) else { throw .countOutOfRange(values.count) }
        _ = try await perform(.writeRegisters(block), unit: unit)
    }

    /// Closes the link for good; a request under way fails, and so do all later ones.
    package func close() async {
        isClosed = true
        await hangUp()
    }

    private func read(_ request: ModbusRequest, unit: UInt8) async throws(ModbusError) -> [UInt16] {
        switch try await perform(request, unit: unit) {
        case .readHoldingRegisters(let response), .readInputRegisters(let response): return response.values
        case .writeRegister, .writeRegisters, .exception:
            throw .malformedResponse(ModbusDecodingError(.answersAnotherRequest, offset: 0))
        }
    }

    /// The response to `request`, which is no exception.
    private func perform(_ request: ModbusRequest, unit: UInt8) async throws(ModbusError) -> ModbusResponse {
        guard await queue.take() else { throw .cancelled }
        defer { queue.giveBack() }
        let response = try await exchange(PendingRequest(unit: unit, request: request))
        if case .exception(let refusal) = response { throw .exception(refusal.exception) }
        return response
    }

    /// Sends the request until it is answered, or `attempts` are used up; then the link is given up too.
    private func exchange(_ pending: PendingRequest) async throws(ModbusError) -> ModbusResponse {
        if case .direct(let bank) = link { return try DirectLink(bank).exchange(pending) }
        var attempt = 1
        while true {
            let isLast = attempt == attempts
            let channel: ClientChannel
            do throws(ModbusError) {
                channel = try await openChannel()
            } catch {
                if isLast || isClosed || Task.isCancelled { throw error }
                attempt += 1
                continue
            }
            do throws(ModbusError) {
                return try await channel.exchange(pending, timeout: patience)
            } catch {
                if let failure = await afterFailure(error, attempt: attempt, isFinal: isLast || pending.request.isWrite) { throw failure }
                attempt += 1
            }
        }
    }

    /// What the caller is told after a failed exchange; nil when it is worth another attempt.
    private func afterFailure(_ error: ModbusError, attempt: Int, isFinal: Bool) async -> ModbusError? {
        switch error {
        case .exception, .countOutOfRange, .cancelled:
            return error
        case .noResponse:
            // A link that stays silent may be half dead: the next request starts on a new one.
            if isFinal { await hangUp() }
            return isFinal ? .noResponse(attempts: attempt) : nil
        case .linkFailed:
            await hangUp()
            if isClosed { return .linkFailed(.closed) }
            return isFinal ? error : nil
        case .malformedResponse:
            return isFinal ? error : nil
        }
    }

    /// The open link, or a new one. Only the task that holds the queue is here.
    private func openChannel() async throws(ModbusError) -> ClientChannel {
        if isClosed { throw .linkFailed(.closed) }
        if Task.isCancelled { throw .cancelled }
        if let channel, channel.isActive { return channel }
        let opened = try await dial()
        // `close()` may have been called meanwhile.
        if isClosed {
            await opened.close()
            throw .linkFailed(.closed)
        }
        channel = opened
        return opened
    }

    private func dial() async throws(ModbusError) -> ClientChannel {
        switch link {
        case .tcp(let host, let port):
            do throws(LinkFailure) {
                return try await ClientChannel.connect(host: host, port: port, timeout: timeout, on: group)
            } catch {
                throw .linkFailed(error)
            }
        case .serial(let path, let baudRate): return try await ClientChannel.open(path: path, baudRate: baudRate, on: group)
        case .direct: throw .linkFailed(.closed)
        }
    }

    private func hangUp() async {
        let open = channel
        channel = nil
        await open?.close()
    }

    private static func additionalTime(_ link: Link, _ given: Duration?) -> TimeAmount {
        guard case .serial(_, let baudRate) = link else { return .zero }
        return given.map { max(.zero, TimeAmount($0)) } ?? baudRate.serialTimeout
    }
}
