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
    private let timeout: TimeAmount
    private let attempts: Int
    private let group: any EventLoopGroup
    private let queue = RequestQueue()
    private var channel: ClientChannel?
    private var isClosed = false

    /// - Parameters:
    ///   - timeout: how long to wait for the connection, and for each answer.
    ///   - retries: how often a request is repeated that had no answer. A write that has left is never repeated: it may have been
    ///     carried out.
    package init(
        _ link: Link, timeout: Duration = .seconds(1), retries: Int = 2,
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.link = link
        self.timeout = TimeAmount(timeout)
        self.attempts = 1 + max(0, retries)
        self.group = eventLoopGroup
    }

    /// Lends a connection to `body` and closes it.
    package static func withConnection<Value>(
        _ link: Link, timeout: Duration = .seconds(1), retries: Int = 2, _ body: (ModbusConnection) async throws -> Value
    ) async throws -> Value {
        let connection = ModbusConnection(link, timeout: timeout, retries: retries)
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
    package func close() {
        isClosed = true
        hangUp()
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
                return try await channel.exchange(pending, timeout: timeout)
            } catch {
                if let failure = afterFailure(error, attempt: attempt, isFinal: isLast || pending.request.isWrite) { throw failure }
                attempt += 1
            }
        }
    }

    /// What the caller is told after a failed exchange; nil when it is worth another attempt.
    private func afterFailure(_ error: ModbusError, attempt: Int, isFinal: Bool) -> ModbusError? {
        switch error {
        case .exception, .countOutOfRange, .cancelled:
            return error
        case .noResponse:
            // A link that stays silent may be half dead: the next request starts on a new one.
            if isFinal { hangUp() }
            return isFinal ? .noResponse(attempts: attempt) : nil
        case .linkFailed:
            hangUp()
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
            opened.close()
            throw .linkFailed(.closed)
        }
        channel = opened
        return opened
    }

    private func dial() async throws(ModbusError) -> ClientChannel {
        switch link {
        case .tcp(let host, let port): try await ClientChannel.connect(host: host, port: port, timeout: timeout, on: group)
        case .serial(let path, let baudRate): try await ClientChannel.open(path: path, baudRate: baudRate, on: group)
        case .direct: throw .linkFailed(.closed)
        }
    }

    private func hangUp() {
        channel?.close()
        channel = nil
    }
}
