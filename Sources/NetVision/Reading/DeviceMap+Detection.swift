package import Modbus
package import PowerDevice

extension DeviceMap {
    /// The first map whose first words the device at `source` has; one that answers no wrong question is not asked for long (manual ch. 7).
    ///
    /// Throws the last refusal where the device has none of them.
    package static func detect(
        at source: some RegisterSource, unit: UInt8 = Topology.systemSlave
    ) async throws(ModbusError) -> DeviceMap {
        var failure = ModbusError.exception(.illegalDataAddress)
        for map in all {
            let range = map.configurationRanges.first ?? map.liveRanges[0]
            do throws(ModbusError) {
                _ = try await source.readHoldingRegisters(unit: unit, address: range.address, count: range.count)
                return map
            } catch {
                switch error {
                case .exception, .noResponse: failure = error
                case .malformedResponse, .linkFailed, .countOutOfRange, .cancelled: throw error
                }
            }
        }
        throw failure
    }

    /// The blocks that tell which device it is: those with its serial number and, on JBUSP, its type.
    package var identityRanges: [RegisterRange] {
        let address =
            switch family {
            case .vuMap: VUMap.serialAddress
            case .jbusp: JBUSP.identificationAddress
            case .sts: STS.serialAddress
            }
        return configurationRanges.filter { $0.offset(of: address) != nil }
    }
}
