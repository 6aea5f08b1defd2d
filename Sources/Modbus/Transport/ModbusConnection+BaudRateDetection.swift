extension BaudRate {
    /// The order in which a rate is looked for: the rates that UPSs come with, the newest first.
    package static let detectionOrder: [BaudRate] = [.baud57600, .baud9600, .baud2400, .baud19200]
}

extension ModbusConnection {
    /// Finds the rate at which `unit` on the serial device at `path` answers.
    ///
    /// Reads the holding register at `probe` at each rate; any answer with a right CRC tells the rate, a refusal too.
    /// Throws `.noResponse` when none does, and at once when the device can't be opened.
    package static func detectBaudRate(
        path: String, unit: UInt8, probe: UInt16, candidates: [BaudRate] = BaudRate.detectionOrder, timeout: Duration = .milliseconds(500)
    ) async throws(ModbusError) -> BaudRate {
        var attempts = 0
        for baudRate in candidates {
            attempts += 2
            // The first request after a change of rate can meet a line still full of garbage.
            let connection = ModbusConnection(.serial(path: path, baudRate: baudRate), timeout: timeout, retries: 1)
            let result = await connection.probe(unit: unit, address: probe)
            await connection.close()
            switch result {
            case .success, .failure(.exception): return baudRate
            case .failure(.noResponse), .failure(.malformedResponse): continue
            case .failure(let error): throw error
            }
        }
        throw .noResponse(attempts: attempts)
    }

    private func probe(unit: UInt8, address: UInt16) async -> Result<[UInt16], ModbusError> {
        do throws(ModbusError) {
            return .success(try await readHoldingRegisters(unit: unit, address: address, count: 1))
        } catch {
            return .failure(error)
        }
    }
}
