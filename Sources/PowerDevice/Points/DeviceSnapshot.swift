/// What a device's registers say, decoded once: identity, state, and the conditions behind the alarms.
package struct DeviceSnapshot: Sendable, Equatable {
    package var plate: RatingPlate
    package var state: DeviceState
    /// The alarms of RFC 1628's own table; those of the private MIB are in the state.
    package var rfc1628Alarms: Set<Alarm>
    /// The alarm bits that are 1, in the order of the table; bits without a level are not managed and never appear.
    /// Of a JBUSP device so are the status bits that tell what other maps have an alarm bit for (``DeviceMap/alarmingStatus``).
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
    package func silentSnapshot(plate known: RatingPlate? = nil) -> DeviceSnapshot {
        let plate = known ?? plate(self, emptyRegisters)
        let state = DeviceState(
            kind: kind, isCommunicating: false, outputSource: kind == .ups ? .unknown : nil, batteryStatus: kind == .ups ? .unknown : nil,
            inputLines: plate.inputLines, outputLines: plate.outputLines, bypassLines: plate.bypassLines,
            transfer: kind == .sts ? TransferState() : nil)
        return DeviceSnapshot(plate: plate, state: state, rfc1628Alarms: [], conditions: [])
    }

    /// Decodes the registers of a device that answers. Unknown words are absent data; a device without any known live word is silent.
    ///
    /// What would need an unknown bit to be told is not told: no alarm is raised from it, and no source or state.
    package func snapshot(of registers: RegisterFile) -> DeviceSnapshot {
        let plate = plate(self, registers)
        guard liveRanges.contains(where: { registers[$0.address] != nil }) else { return silentSnapshot(plate: plate) }
        let state = DeviceState(
            kind: kind, isCommunicating: true, outputSource: kind == .ups ? outputSource(of: registers) : nil,
            batteryStatus: kind == .ups ? batteryStatus(of: registers, plate: plate) : nil,
            alarms: active(wellKnownAlarms, in: registers), readings: readings(of: registers, plate: plate),
            inputLines: plate.inputLines, outputLines: plate.outputLines, bypassLines: plate.bypassLines,
            transfer: transfer?(self, registers))
        return DeviceSnapshot(
            plate: plate, state: state, rfc1628Alarms: active(rfc1628Alarms, in: registers), conditions: conditions(of: registers))
    }

    private func outputSource(of registers: RegisterFile) -> OutputSource {
        outputSources.first { holds($0.expression, in: registers) }?.value ?? .unknown
    }

    private func batteryStatus(of registers: RegisterFile, plate: RatingPlate) -> BatteryStatus {
        if let rule = batteryStates.first(where: { holds($0.expression, in: registers) }) { return rule.value }
        let isKnown = batteryStates.allSatisfy { value(of: $0.expression, in: registers) != nil }
        return isKnown && plate.hasBattery ? .normal : .unknown
    }

    private func active(_ conditions: [AlarmCondition], in registers: RegisterFile) -> Set<Alarm> {
        Set(conditions.filter { $0.expression.map { holds($0, in: registers) } ?? false }.map(\.alarm))
    }

    private func readings(of registers: RegisterFile, plate: RatingPlate) -> [Variable: Double] {
        measuredReadings(of: registers, plate: plate).merging(plate.ratings) { measured, _ in measured }
    }

    private func conditions(of registers: RegisterFile) -> [DeviceSnapshot.Condition] {
        conditionPoints.compactMap { point in
            guard let level = point.level, registers.raw(point) == 1 else { return nil }
            return DeviceSnapshot.Condition(code: point.code, level: level, title: point.title ?? point.code.rawValue)
        }
    }
}
