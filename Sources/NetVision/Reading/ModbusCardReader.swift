package import Modbus
package import PowerDevice

/// Asks a card, or a UPS with Modbus TCP of its own, who it is and how it is doing: by its register map, or by the rows of a profile.
///
/// It knows which registers to ask and in which portions; what they mean is worked out by `DeviceMap` and `RegisterProfile`.
package struct ModbusCardReader: Sendable {
    /// The unit that a card's system answers to.
    package static let unit = Topology.systemSlave

    private let source: any RegisterSource
    private let unit: UInt8
    private let profile: CardProfile?

    /// - Parameter profile: how the device is to be read; nil, or one without registers: by the map that it is found to have.
    package init(_ source: any RegisterSource, unit: UInt8 = Self.unit, profile: CardProfile? = nil) {
        self.source = source
        self.unit = unit
        self.profile = profile?.registers == nil ? nil : profile
    }

    /// Who answers; nil where it has no map that we know, or does not look like a UPS by any. Throws where nobody answers.
    ///
    /// - Parameter generation: the generation of the card, which registers don't tell.
    package func identify(as generation: CardGeneration = .unknown) async throws(ModbusError) -> CardIdentity? {
        guard let plan = try await plan() else { return nil }
        return plan.identity(as: generation)
    }

    /// How to read the device that answers; nil where it has no map that we know, or does not look like a UPS by any; and where it has
    /// nothing of what the profile wants.
    package func plan() async throws(ModbusError) -> ModbusReadPlan? {
        if let profile, let registers = profile.registers {
            var plan = ModbusReadPlan(registers, kind: profile.kind)
            return try await read(plan.identityRanges, into: &plan) ? plan : nil
        }
        for map in DeviceMap.all {
            var plan = ModbusReadPlan(RegisterProfile(map: map), kind: map.kind)
            do throws(ModbusError) {
                guard try await read(Array(map.configurationRanges.prefix(1)), into: &plan) else { continue }
                _ = try await read(Array(map.configurationRanges.dropFirst()), into: &plan)
            } catch {
                // The device behind the card does not answer: which map it has can't be told now.
                guard case .exception(let refusal) = error, refusal != .gatewayTargetFailedToRespond else { throw error }
                continue
            }
            if plan.isPlausible { return plan }
        }
        return nil
    }

    /// Reads the state of the device.
    ///
    /// - Parameter scope: `.status` reads what its status follows from, and who the device is; `.all` everything.
    package func read(_ scope: ReadPlan.Scope, by plan: ModbusReadPlan) async throws(ModbusError) -> ModbusCardReading {
        var next = plan
        do throws(ModbusError) {
            _ = try await read(plan.ranges(scope), into: &next)
        } catch {
            // The card answers, its UPS does not (manual, appendix "MODBUS TCP access").
            guard error == .exception(.gatewayTargetFailedToRespond) else { throw error }
            return ModbusCardReading(state: plan.silentState, plan: plan, serial: nil)
        }
        return ModbusCardReading(state: next.state, plan: next, serial: next.serial)
    }

    /// Whether any of the ranges has a register.
    private func read(_ ranges: [RegisterRange], into plan: inout ModbusReadPlan) async throws(ModbusError) -> Bool {
        var hasWords = false
        for range in ranges {
            let words = try await plan.blocks.read(range, of: unit, from: source)
            plan.registers.replace(range, by: words)
            hasWords = hasWords || !words.isEmpty
        }
        return hasWords
    }
}

/// What one read of a card by Modbus brought.
package struct ModbusCardReading: Sendable {
    package let state: DeviceState
    /// The plan for the next read.
    package let plan: ModbusReadPlan
    /// The serial number of the device that answered, which every read asks for; nil where it tells none.
    package let serial: String?
}
