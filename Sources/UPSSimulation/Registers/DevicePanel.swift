import PowerDevice

/// The registers of everything that answers: the system under slave 1, each of its units under its own slave number.
struct DevicePanel: Sendable {
    private let layout: SystemLayout
    private let vuMap: VUMapPanel?
    private let jbusp: JBUSPPanel?
    private let control: ControlPanel

    init(_ layout: SystemLayout) {
        self.layout = layout
        control = ControlPanel(layout.model.map)
        switch layout.model.family {
        case .vuMap: (vuMap, jbusp) = (VUMapPanel(layout.unitModel), nil)
        case .jbusp: (vuMap, jbusp) = (nil, JBUSPPanel(layout.unitModel))
        case .sts: (vuMap, jbusp) = (nil, nil)
        }
    }

    /// Everything that is served, all of it known; a word that means nothing is 0.
    var emptyRegisters: RegisterFile {
        let map = layout.model.map
        let ranges = map.readPlan + map.optionalRanges + ControlPanel.ranges(of: map)
        var registers = RegisterFile(ranges)
        for range in ranges { registers.store(repeatElement(0, count: range.count), at: range.address) }
        return registers
    }

    /// The slave numbers that exist when every unit is there.
    var slaves: [UInt8] { layout.topology.slaves }

    /// - Parameter slave: one of ``slaves``; the registers of a unit that is not there stay as they are.
    func writePlate(of plant: Plant, slave: UInt8, to registers: inout RegisterFile) {
        if let sts = plant.sts { return STSPanel().writePlate(of: sts.unit, to: &registers) }
        guard let system = plant.ups else { return }
        let plate = Nameplate(layout: layout, unit: unit(slave, of: system).unit, role: role(slave))
        vuMap?.writePlate(plate, to: &registers)
        jbusp?.writePlate(plate, to: &registers)
    }

    func writeLive(_ plant: Plant, slave: UInt8, to registers: inout RegisterFile) {
        control.write(plant, to: &registers)
        if let sts = plant.sts { return STSPanel().writeLive(sts, to: &registers) }
        guard let system = plant.ups else { return }
        let readout = slave == Topology.systemSlave ? system.readout : system.readout(ofUnit: Int(slave) - 2)
        guard let readout else { return }
        vuMap?.writeLive(readout, to: &registers)
        jbusp?.writeLive(readout, to: &registers)
    }

    private func role(_ slave: UInt8) -> Nameplate.Role {
        guard layout.units > 1 else { return .single }
        return slave == Topology.systemSlave ? .system : .unit(Int(slave) - 1)
    }

    private func unit(_ slave: UInt8, of system: UPSSystem) -> UPSPhysics {
        let index = Int(slave) - 2
        return system.units.indices.contains(index) ? system.units[index] : system.first
    }

    /// The control that a write asks for.
    /// - Throws: `.illegalDataAddress` where nothing is controlled, `.illegalDataValue` where the words mean no control.
    func control(of write: ControlProfile.Write) throws(ModbusRefusal) -> DeviceControl {
        guard control.hasCommand(at: write.address) else { throw .noSuchRegister }
        guard let control = control.control(of: write) else { throw .badValue }
        return control
    }

    /// Why a write is refused, before the map's own exceptions.
    enum ModbusRefusal: Error {
        case noSuchRegister
        case badValue
    }
}
