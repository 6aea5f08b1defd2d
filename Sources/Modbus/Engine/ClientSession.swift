package import NIOCore

/// A client's side of one link, with at most one request in flight: which bytes to send when, and what received bytes mean.
package struct ClientSession: Sendable {
    package enum Framing: Sendable {
        case tcp
        case rtu(RTUTiming)
    }

    package struct Departure: Hashable, Sendable {
        package let bytes: ByteBuffer
        /// Not to be sent earlier. Bytes that arrive meanwhile can move it: see `departure`.
        package let at: NIODeadline
        /// How long request and answer are under way on the line itself.
        package let transfer: TimeAmount
    }

    package enum ReceivedAction: Hashable, Sendable {
        case complete(ModbusResponse)
        case fail(ModbusDecodingError)
        /// No answer yet. Call `silenceReached(at:)` then, unless more bytes come.
        case wait(silenceDue: NIODeadline?)
        /// What arrives is no Modbus: the connection is of no use any more.
        case disconnect(ModbusDecodingError)
    }

    private enum State {
        case tcp(TCPFrameAssembler, TransactionTable)
        case rtu(RTUClient)
    }

    private var state: State

    package init(_ framing: Framing) {
        switch framing {
        case .tcp: state = .tcp(TCPFrameAssembler(), TransactionTable(capacity: 1))
        case .rtu(let timing): state = .rtu(RTUClient(timing: timing))
        }
    }

    /// Starts a request, in place of any other.
    package mutating func begin(_ request: ModbusRequest, unit: UInt8, now: NIODeadline) -> Departure {
        switch state {
        case .tcp(let assembler, var table):
            table.abandonAll()
            let frame = table.begin(request, unit: unit)
            state = .tcp(assembler, table)
            return Departure(bytes: frame?.encoded ?? ByteBuffer(), at: now, transfer: .zero)
        case .rtu(var client):
            let departure = client.begin(request, unit: unit, now: now)
            state = .rtu(client)
            return departure
        }
    }

    /// When the request that was begun last may leave, as far as is known now.
    package var departure: NIODeadline {
        guard case .rtu(let client) = state else { return .uptimeNanoseconds(0) }
        return client.departure
    }

    package mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) -> ReceivedAction {
        switch state {
        case .tcp(var assembler, var table):
            assembler.append(bytes)
            let action = Self.action(&assembler, &table)
            state = .tcp(assembler, table)
            return action
        case .rtu(var client):
            let action = client.received(bytes, at: now)
            state = .rtu(client)
            return action
        }
    }

    /// Nothing arrived for t3.5 (serial lines only).
    package mutating func silenceReached() -> ReceivedAction {
        guard case .rtu(var client) = state else { return .wait(silenceDue: nil) }
        let action = client.silenceReached()
        state = .rtu(client)
        return action
    }

    /// Stops waiting for the response, which could have come until `answerDue`.
    package mutating func abandon(answerDue: NIODeadline) {
        switch state {
        case .tcp(let assembler, var table):
            table.abandonAll()
            state = .tcp(assembler, table)
        case .rtu(var client):
            client.abandon(answerDue: answerDue)
            state = .rtu(client)
        }
    }

    private static func action(_ assembler: inout TCPFrameAssembler, _ table: inout TransactionTable) -> ReceivedAction {
        var result: ReceivedAction?
        do throws(ModbusDecodingError) {
            while let frame = try assembler.next() {
                switch table.received(frame) {
                case .complete(_, let response): result = .complete(response)
                case .fail(_, let error): result = .fail(error)
                case .drop: continue
                }
            }
        } catch {
            return result ?? .disconnect(error)
        }
        return result ?? .wait(silenceDue: nil)
    }
}
