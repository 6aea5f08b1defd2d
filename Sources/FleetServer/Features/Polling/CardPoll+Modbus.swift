import Modbus
import NetVision
import PowerDevice
import SNMP

extension CardPoll {
    func readByModbus(_ member: inout PollRoster.Member, at start: Double) async throws -> Outcome {
        let reader = modbus(member.card)
        if member.modbusPlan == nil || start >= member.identityDue || member.monitor.failures > 1 {
            do {
                if let outcome = try await learn(&member, reader, at: start) { return outcome }
            } catch ModbusError.exception(.gatewayTargetFailedToRespond) {
                // The card answers, its UPS does not: who it is can't be told now.
                return .answered(.silent(member.card.kind), .status)
            }
        }
        guard let plan = member.modbusPlan else { return .cancelled }
        let scope = member.scope(at: start)
        let began = ContinuousClock.now
        let reading = try await reader.read(scope, by: plan)
        // What the card's only connection takes for one of the poll's requests, more or less.
        member.journal?.answered(after: (ContinuousClock.now - began) / .seconds(1), attempts: 1)
        if let serial = reading.serial.flatMap(CardIdentity.telling), let own = member.card.identity.tellingSerial, serial != own {
            return .stranger(nil, Self.otherCard(member.card, "serial number \(serial) instead of \(own)"))
        }
        member.modbusPlan = reading.plan
        member.wasRead(scope, at: start)
        return .answered(reading.state, scope)
    }

    /// Asks which register map the card has, and who it is. Not nil if it is not the card of the inventory.
    private func learn(_ member: inout PollRoster.Member, _ reader: ModbusCardReader, at start: Double) async throws -> Outcome? {
        guard let plan = try await reader.plan() else {
            return .stranger(nil, "What answers Modbus at \(member.card.address) has no register map of a UPS or a transfer switch.")
        }
        let identity = plan.identity(as: member.card.generation)
        if let difference = member.card.difference(to: identity) {
            return .stranger(identity, Self.otherCard(member.card, difference))
        }
        guard try await refresh(&member, with: identity) else { return .merged }
        member.identityDue = start + PollRoster.identityInterval
        if member.modbusPlan?.kind != plan.kind { member.fullDue = 0 }
        member.modbusPlan = plan
        return nil
    }
}

extension DeviceState {
    /// What is known of a device that its card has no answer from.
    fileprivate static func silent(_ kind: DeviceKind) -> DeviceState {
        let (source, battery): (OutputSource?, BatteryStatus?) = kind == .ups ? (.unknown, .unknown) : (nil, nil)
        return DeviceState(
            kind: kind, isCommunicating: false, outputSource: source, batteryStatus: battery, alarms: [.communicationLost])
    }
}
