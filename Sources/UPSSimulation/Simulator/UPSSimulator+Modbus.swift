package import Modbus
package import PowerDevice
import Synchronization

extension UPSSimulator: RegisterBank {
    /// Slave 1 is the system, or the one device; 0 and 255 mean it too, as Modbus TCP clients write them.
    private static func slave(_ unit: UInt8) -> UInt8 { unit == 0 || unit == 255 ? Topology.systemSlave : unit }

    /// Whether somebody answers under that number: the system, and each unit that is there.
    package func serves(_ unit: UInt8) -> Bool {
        let slave = Self.slave(unit)
        guard panel.slaves.contains(slave) else { return false }
        return state.withLock { state in
            guard slave != Topology.systemSlave, let system = state.plant.ups else { return true }
            let index = Int(slave) - 2
            return system.present.indices.contains(index) && system.present[index]
        }
    }

    /// The words of the map and of its control profiles; an address that the device does not have is refused (exception 02).
    ///
    /// While the link is cut, and where there is no such unit, the UPS is a target that does not respond (exception 0B).
    package func read(unit: UInt8, address: UInt16, count: Int) throws(ModbusException) -> [UInt16] {
        guard (1...125).contains(count), Int(address) + count <= 0x1_0000 else { throw .illegalDataAddress }
        let slave = Self.slave(unit)
        guard serves(unit) else { throw .gatewayTargetFailedToRespond }
        let words = state.withLock { state -> Result<[UInt16], ModbusException> in
            guard !state.isLinkDown else { return .failure(.gatewayTargetFailedToRespond) }
            show(slave, &state)
            guard let words = state.registers[slave]?.words(in: RegisterRange(address, count: count)) else {
                return .failure(.illegalDataAddress)
            }
            return .success(words)
        }
        return try words.get()
    }

    /// Carries out the control that the words ask for, as the device's profiles say.
    ///
    /// Refused with 02 where nothing is controlled there, 03 where the words mean nothing, 04 while remote controls are disabled, and 06
    /// where the device can't do it now.
    package func write(unit: UInt8, address: UInt16, values: [UInt16]) throws(ModbusException) {
        guard serves(unit) else { throw .gatewayTargetFailedToRespond }
        let slave = Self.slave(unit)
        let control: DeviceControl
        do throws(DevicePanel.ModbusRefusal) {
            control = try panel.control(of: ControlProfile.Write(address, values))
        } catch {
            switch error {
            case .noSuchRegister: throw .illegalDataAddress
            case .badValue: throw .illegalDataValue
            }
        }
        do throws(ControlProfile.Refusal) {
            try perform(control, unit: slave == Topology.systemSlave ? nil : Int(slave) - 1)
        } catch {
            throw Self.exception(error)
        }
    }

    private static func exception(_ refusal: ControlProfile.Refusal) -> ModbusException {
        switch refusal {
        case .unknownControl: .illegalDataAddress
        case .outOfRange: .illegalDataValue
        case .remoteControlDisabled: .serverDeviceFailure
        case .notPermitted: .serverDeviceBusy
        }
    }

    /// Carries a control out; the registers show it when this returns.
    /// - Parameter unit: the unit (from 1) that is meant; nil for the system.
    package func perform(_ control: DeviceControl, unit: Int? = nil) throws(ControlProfile.Refusal) {
        let result = state.withLock { state -> Result<Void, ControlProfile.Refusal> in
            do throws(ControlProfile.Refusal) {
                try state.plant.perform(control, unit: unit.map { $0 - 1 })
            } catch {
                return .failure(error)
            }
            state.stale = Set(state.registers.keys)
            return .success(())
        }
        return try result.get()
    }
}
