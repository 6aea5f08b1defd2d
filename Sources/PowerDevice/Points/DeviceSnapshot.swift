/// What a device's registers say, decoded once: identity, state, and the conditions behind the alarms.
package struct DeviceSnapshot: Sendable, Equatable {
    package var plate: RatingPlate
    package var state: DeviceState
    /// The alarms of RFC 1628's own table; those of the private MIB are in the state.
    package var rfc1628Alarms: Set<Alarm>
    /// The alarm bits that are 1, in the order of the table; bits without a level are not managed and never appear.
    package var conditions: [Condition]

    package init(plate: RatingPlate, state: DeviceState, rfc1628Alarms: Set<Alarm>, conditions: [Condition]) {
        self.plate = plate
        self.state = state
        self.rfc1628Alarms = rfc1628Alarms
        self.conditions = conditions
    }

    /// An active alarm bit.
    package struct Condition: Sendable, Hashable {
        package let code: PointCode
        package let level: Severity
        package let title: String

        package init(code: PointCode, level: Severity, title: String) {
            self.code = code
            self.level = level
            self.title = title
        }
    }
}

extension DeviceMap {
    /// What is known while the device does not answer: nothing but that. The plate is the last one read, if any.
    package func silentSnapshot(plate: RatingPlate = RatingPlate()) -> DeviceSnapshot {
        let state = DeviceState(
            kind: kind, isCommunicating: false, outputSource: .unknown, batteryStatus: .unknown, inputLines: plate.inputLines,
            outputLines: plate.outputLines, bypassLines: plate.bypassLines)
        return DeviceSnapshot(plate: plate, state: state, rfc1628Alarms: [], conditions: [])
    }

    /// Decodes the registers of a device that answers. Unknown words are absent data; a device without any known live word is silent.
    package func snapshot(of registers: RegisterFile) -> DeviceSnapshot {
        let plate = plate(self, registers)
        guard liveRanges.contains(where: { registers[$0.address] != nil }) else { return silentSnapshot(plate: plate) }
        let isSet = { (code: PointCode) in self.isSet(code, in: registers) }
        let state = DeviceState(
            kind: kind, isCommunicating: true,
            outputSource: outputSources.first { $0.expression.isTrue(isSet) }?.value ?? .unknown,
            batteryStatus: batteryStates.first { $0.expression.isTrue(isSet) }?.value ?? (plate.hasBattery ? .normal : .unknown),
            alarms: active(wellKnownAlarms, isSet), readings: readings(of: registers, plate: plate), inputLines: plate.inputLines,
            outputLines: plate.outputLines, bypassLines: plate.bypassLines)
        return DeviceSnapshot(
            plate: plate, state: state, rfc1628Alarms: active(rfc1628Alarms, isSet), conditions: conditions(of: registers))
    }

    private func active(_ conditions: [AlarmCondition], _ isSet: (PointCode) -> Bool) -> Set<Alarm> {
        Set(conditions.filter { $0.expression?.isTrue(isSet) ?? false }.map(\.alarm))
    }

    private func readings(of registers: RegisterFile, plate: RatingPlate) -> [Variable: Double] {
        var readings = measuredReadings(of: registers, plate: plate)
        readings[.powerNominal] = plate.nominalPower
        readings[.realpowerNominal] = plate.nominalRealpower
        return readings
    }

    private func conditions(of registers: RegisterFile) -> [DeviceSnapshot.Condition] {
        points.compactMap { point in
            guard point.isAlarm, let level = point.level, registers.raw(point) == 1 else { return nil }
            return DeviceSnapshot.Condition(code: point.code, level: level, title: point.title ?? point.code.rawValue)
        }
    }
}
