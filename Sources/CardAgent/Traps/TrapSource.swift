import NIOCore
import NetVision
import PowerDevice

/// Finds out, poll by poll, which traps arise from the device: sans-IO, time is an argument.
///
///     blank ──first complete poll: nothing is sent──▶ communicating ──14──▶ silent
///                                        conditions that become true        │
///                                        rows that come and go      ◀───25──┘
///
/// An STS has a family of traps of its own, without rows, reminders and communication.
///
/// While the device is silent its conditions keep the state last seen, so that what is found afterwards is told if it is something new.
struct TrapSource: Sendable {
    /// What was seen last.
    private struct Sight {
        var isCommunicating: Bool
        var conditions: Set<Int32>
        var alarms: DeviceRecord.AlarmTables
        /// Of the device's record: as long as it is the same, so is all of the above.
        var revision: Int
        var map: DeviceMap.Family
    }

    /// How often trap 1 is repeated while the device is on battery.
    let reminder: TimeAmount
    private var last: Sight?
    /// When trap 1 is due again; nil while the device is not on battery.
    private var nextReminder: NIODeadline?

    init(reminder: TimeAmount = .minutes(1)) { self.reminder = reminder }

    /// The traps that arise from what is known of the device now, in the order of their numbers.
    mutating func observe(_ device: DeviceRecord.Contents, now: NIODeadline) -> [TrapEvent] {
        let isCommunicating = device.snapshot.state.isCommunicating
        guard var sight = last else {
            if isCommunicating { begin(device, now: now) }
            return []
        }
        guard device.revision != sight.revision else {
            return isCommunicating ? reminders(isOnBattery: device.isOnBattery(sight.conditions), now: now) : []
        }
        if isCommunicating, sight.map != device.map.family {
            // Another device: its state is no news, only that there is one.
            sight.map = device.map.family
            sight.conditions = device.trapConditions
            sight.alarms = device.alarms
            nextReminder = device.isOnBattery(sight.conditions) ? now + reminder : nil
        }
        var traps = device.map.kind == .ups ? rowChanges(from: sight.alarms, to: device.alarms) : []
        if isCommunicating != sight.isCommunicating, device.map.kind == .ups {
            traps.append(TrapEvent(isCommunicating ? UPSTrap.communicationEstablished : UPSTrap.communicationLost))
        }
        sight.isCommunicating = isCommunicating
        sight.alarms = device.alarms
        sight.revision = device.revision
        if isCommunicating {
            let conditions = device.trapConditions
            traps += edges(from: sight.conditions, to: conditions, family: device.map.kind.trapFamily)
            traps += reminders(isOnBattery: device.isOnBattery(conditions), now: now)
            sight.conditions = conditions
        }
        last = sight
        return traps.enumerated().sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }.map(\.element)
    }

    /// The state found at the start: what the edges count from.
    private mutating func begin(_ device: DeviceRecord.Contents, now: NIODeadline) {
        let conditions = device.trapConditions
        last = Sight(
            isCommunicating: true, conditions: conditions, alarms: device.alarms, revision: device.revision, map: device.map.family)
        nextReminder = device.isOnBattery(conditions) ? now + reminder : nil
    }

    private func edges(from old: Set<Int32>, to new: Set<Int32>, family: TrapFamily) -> [TrapEvent] {
        let added = new.subtracting(old).subtracting(family == .netVision7 ? [UPSTrap.onBattery] : [])
        return added.sorted().map { TrapEvent($0, family: family) }
    }

    /// Trap 1 at once, and every minute from then on.
    private mutating func reminders(isOnBattery: Bool, now: NIODeadline) -> [TrapEvent] {
        guard isOnBattery else {
            nextReminder = nil
            return []
        }
        let due = nextReminder ?? now
        guard now >= due else { return [] }
        nextReminder = max(due + reminder, now)
        return [TrapEvent(UPSTrap.onBattery), TrapEvent(UPSTrap.onBattery, family: .rfc1628)]
    }

    /// The alarms whose coming and going is not told by the traps 3 and 4: on battery, and a test in progress.
    private static let untoldAlarms: [TrapFamily: Set<Int>] = [.netVision7: [15, 54], .rfc1628: [2, 24]]

    private func rowChanges(from old: DeviceRecord.AlarmTables, to new: DeviceRecord.AlarmTables) -> [TrapEvent] {
        rowChanges(.netVision7, from: old.netVision7.rows, to: new.netVision7.rows)
            + rowChanges(.rfc1628, from: old.rfc1628.rows, to: new.rfc1628.rows)
    }

    private func rowChanges(_ family: TrapFamily, from old: [AlarmTable.Row], to new: [AlarmTable.Row]) -> [TrapEvent] {
        guard old != new else { return [] }
        let oldIDs = Set(old.map(\.id))
        let newIDs = Set(new.map(\.id))
        let untold = Self.untoldAlarms[family] ?? []
        let added = new.filter { !oldIDs.contains($0.id) && !untold.contains($0.number) }
        let removed = old.filter { !newIDs.contains($0.id) && !untold.contains($0.number) }
        return added.map { TrapEvent(UPSTrap.alarmEntryAdded, alarm: $0, family: family) }
            + removed.map { TrapEvent(UPSTrap.alarmEntryRemoved, alarm: $0, family: family) }
    }
}

extension DeviceRecord.Contents {
    /// Whether trap 1 holds. An STS has no battery, and another trap 1.
    fileprivate func isOnBattery(_ conditions: Set<Int32>) -> Bool { map.kind == .ups && conditions.contains(UPSTrap.onBattery) }

    /// The traps whose conditions hold.
    fileprivate var trapConditions: Set<Int32> {
        Set(map.traps.lazy.filter { map.holds($0.value, in: registers) }.map(\.key))
    }
}
