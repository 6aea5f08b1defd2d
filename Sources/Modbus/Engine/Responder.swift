package import NIOCore

/// A server's answers: request in, response or exception out (MODBUS Application Protocol V1.1b3, figure 9 and §6).
package struct Responder: Sendable {
    private let bank: any RegisterBank
    private let gate: RequestGate
    private let units: Set<UInt8>?

    /// - Parameters:
    ///   - allowsWrites: when false, functions 6 and 16 are answered with exception 01.
    ///   - units: the units served; nil serves every one.
    package init(bank: any RegisterBank, allowsWrites: Bool, units: Set<UInt8>? = nil) {
        self.bank = bank
        gate = RequestGate(allowsWrites: allowsWrites)
        self.units = units
    }

    /// The answer on a TCP connection; a unit that is not served is one that failed to respond (exception 0B).
    package func answer(to frame: TCPFrame) -> TCPFrame {
        let pdu: ByteBuffer
        if serves(frame.unit) {
            pdu = response(to: frame.pdu, unit: frame.unit).encoded
        } else {
            pdu = ModbusResponse.exception(RequestGate.refusal(of: frame.pdu, .gatewayTargetFailedToRespond)).encoded
        }
        return TCPFrame(transaction: frame.transaction, unit: frame.unit, pdu: pdu)
    }

    /// The answer on a serial line; other units' requests have none, and broadcasts are carried out silently.
    package func answer(to frame: RTUFrame) -> RTUFrame? {
        if frame.unit == RTUFrame.broadcastUnit {
            obeyBroadcast(frame.pdu)
            return nil
        }
        guard serves(frame.unit) else { return nil }
        return RTUFrame(unit: frame.unit, pdu: response(to: frame.pdu, unit: frame.unit).encoded)
    }

    /// A unit's answer to a request PDU, whatever its bytes.
    package func response(to pdu: ByteBuffer, unit: UInt8) -> ModbusResponse {
        switch gate.admit(pdu) {
        case .success(let request): response(to: request, unit: unit)
        case .failure(let refusal): .exception(refusal)
        }
    }

    private func response(to request: ModbusRequest, unit: UInt8) -> ModbusResponse {
        do throws(ModbusException) {
            switch request {
            case .readHoldingRegisters(let range): return .readHoldingRegisters(try read(range, unit))
            case .readInputRegisters(let range): return .readInputRegisters(try read(range, unit))
            case .writeRegister(let register):
                try bank.write(unit: unit, address: register.address, values: [register.value])
                return .writeRegister(register)
            case .writeRegisters(let block):
                try bank.write(unit: unit, address: block.address, values: block.values)
                return .writeRegisters(WriteRegistersResponse(confirming: block))
            }
        } catch {
            return .exception(ExceptionResponse(function: request.function, exception: error))
        }
    }

    private func read(_ range: ReadRegistersRequest, _ unit: UInt8) throws(ModbusException) -> ReadRegistersResponse {
        let values = try bank.read(unit: unit, address: range.address, count: range.count)
        guard values.count == range.count, let response = ReadRegistersResponse(values: values) else { throw .serverDeviceFailure }
        return response
    }

    private func obeyBroadcast(_ pdu: ByteBuffer) {
        guard case .success(let request) = gate.admit(pdu), request.isWrite else { return }
        _ = response(to: request, unit: RTUFrame.broadcastUnit)
    }

    private func serves(_ unit: UInt8) -> Bool {
        (units?.contains(unit) ?? true) && bank.serves(unit)
    }
}
