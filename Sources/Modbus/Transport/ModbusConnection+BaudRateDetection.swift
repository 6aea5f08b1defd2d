extension BaudRate {
    /// The order in which a rate is looked for: the rates that UPSs come with, the newest first.
    package static let detectionOrder: [BaudRate] = [.baud57600, .baud9600, .baud2400, .baud19200]
}

/// A holding register that a device may answer for.
package struct BaudRateProbe: Hashable, Sendable {
    /// The slave number, 1…247.
    package let unit: UInt8
    package let address: UInt16
    /// How many registers to read, 1…125: some devices give a block only whole.
    package let count: Int

    package init(unit: UInt8 = 1, address: UInt16, count: Int = 1) {
        self.unit = unit
        self.address = address
        self.count = count
    }
}

extension ModbusConnection {
    /// Finds the rate at which the device on the serial line at `path` answers.
    ///
    /// Asks the first of `probes` at each rate, then the next one, and all once more, because a device may be silent about registers
    /// that it does not have, and noise may have spoilt a request or its answer. Any answer with a right CRC tells the rate, a refusal
    /// too. Throws `.noResponse` when none comes, and at once when the device can't be opened.
    ///
    /// A try takes `timeout`, the line's own time and its `serialTimeout`: about 2.6 s for the four rates.
    package static func detectBaudRate(
        path: String, probes: [BaudRateProbe], candidates: [BaudRate] = BaudRate.detectionOrder, timeout: Duration = .milliseconds(500)
    ) async throws(ModbusError) -> BaudRate {
        var attempts = 0
        for probe in probes + probes {
            for baudRate in candidates {
                attempts += 1
                if try await answers(probe, path: path, baudRate: baudRate, timeout: timeout) { return baudRate }
            }
        }
        throw .noResponse(attempts: attempts)
    }

    /// Finds the rate at which `unit` answers for the holding register at `probe`.
    package static func detectBaudRate(
        path: String, unit: UInt8, probe: UInt16, candidates: [BaudRate] = BaudRate.detectionOrder, timeout: Duration = .milliseconds(500)
    ) async throws(ModbusError) -> BaudRate {
        try await detectBaudRate(
            path: path, probes: [BaudRateProbe(unit: unit, address: probe)], candidates: candidates, timeout: timeout)
    }

    private static func answers(
        _ probe: BaudRateProbe, path: String, baudRate: BaudRate, timeout: Duration
    ) async throws(ModbusError) -> Bool {
        let connection = ModbusConnection(.serial(path: path, baudRate: baudRate), timeout: timeout, retries: 0)
        let failure = await connection.failure(of: probe)
        // The device is set to the next rate only when it is free again.
        await connection.close()
        switch failure {
        case nil, .exception: return true
        case .noResponse, .malformedResponse: return false
        case .linkFailed(let reason): throw .linkFailed(reason)
        case .countOutOfRange(let count): throw .countOutOfRange(count)
        case .cancelled: throw .cancelled
        }
    }

    private func failure(of probe: BaudRateProbe) async -> ModbusError? {
        do throws(ModbusError) {
            _ = try await readHoldingRegisters(unit: probe.unit, address: probe.address, count: probe.count)
            return nil
        } catch {
            return error
        }
    }
}
