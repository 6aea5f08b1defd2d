/// Which status and alarm bits the physics sets; all the others stay 0.
extension VUMapPanel {
    /// In eco mode the load is on the bypass: S002 and S006 together.
    static let status: [Bit] = [
        Bit(0) { $0.supply == .inverter },
        Bit(2) { $0.isBypassConducting },
        Bit(3) { $0.supply == .maintenanceBypass },
        Bit(4) { !$0.isOutputLive },
        Bit(6) { $0.supply == .eco },
        Bit(11) { $0.isOutputLive },
        Bit(12) { $0.hasDirectCurrent },
        Bit(13) { $0.supply == .standby },
        Bit(16) { $0.supply != .maintenanceBypass },
        Bit(17) { $0.mode == .maintenanceBypass },
        Bit(20) { $0.unit.model.inputLines == 1 },
        Bit(21) { _ in true },
        Bit(22) { _ in true },
        Bit(26) { $0.inverterStart != nil },
        Bit(32) { !$0.isBatteryDischarged },
        Bit(33) { !$0.isOnBattery && !$0.battery.isCharging && $0.battery.charge >= 0.99 },
        Bit(36) { $0.battery.isCharging },
        Bit(48) { $0.mains.isPresent },
        Bit(49) { $0.rectifier == .on },
        Bit(50) { $0.rectifier == .on },
        Bit(51) { $0.isRectifierStarting },
        Bit(52) { $0.supply == .inverter },
        Bit(53) { $0.supply == .inverter },
        Bit(56) { $0.mains.isPresent },
        Bit(57) { $0.isBypassConducting },
        Bit(58) { $0.supply == .inverter && $0.isBypassGood },
    ]

    static let alarms: [Bit] = [
        Bit(0) { $0.isStopImminent },
        Bit(1) { $0.isOverloaded },
        Bit(2) { $0.isAmbientHot },
        Bit(4) { $0.isTransferImpossible },
        Bit(10) { $0.secondsOnBypass >= 3600 },
        Bit(15) { $0.hasGeneralAlarm },
        Bit(17) { $0.isBatteryDischarged },
        Bit(18) { $0.isBatteryLow },
        Bit(19) { $0.isOnBattery },
        Bit(20) { $0.isBatteryHot },
        Bit(35) { !$0.isRectifierInputGood },
        Bit(41) { $0.isInverterHot },
        Bit(50) { !$0.isBypassGood },
        Bit(56) { $0.mode == .maintenanceBypass },
    ]
}
