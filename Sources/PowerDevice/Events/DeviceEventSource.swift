/// Finds out, poll by poll, what the event log has to tell of a device. Sans-IO.
///
///     blank ──first poll: what holds has come──▶ connected ──not connected──▶ silent
///                          events that come and go  ▲                            │
///                                                   └────────connected───────────┘
///
/// While the device is silent its events stand as they were last seen; what has changed meanwhile is told when it is back. Where another
/// device is found the events that both have go on.
package struct DeviceEventSource: Sendable {
    private var family: DeviceMap.Family?
    private var isSilent = false
    /// The words that the events are told by, as last seen.
    private var words: [UInt16?] = []
    /// For each event of the map whether it holds.
    private var isActive: [Bool] = []

    package init() {}

    /// What has come and what is over since the last poll.
    ///
    /// - Parameter isCommunicating: whether the registers are those of a device that answers.
    package mutating func observe(_ map: DeviceMap, _ registers: RegisterFile, isCommunicating: Bool) -> [DeviceEvent] {
        guard isCommunicating else {
            defer { isSilent = true }
            return isSilent || map.kind != .ups ? [] : [.notConnected]
        }
        let connection: [DeviceEvent] = isSilent && map.kind == .ups ? [.connected] : []
        isSilent = false
        return connection + (family == map.family ? changes(map, registers) : begin(map, registers))
    }

    private mutating func changes(_ map: DeviceMap, _ registers: RegisterFile) -> [DeviceEvent] {
        let new = map.eventAddresses.map { registers[$0] }
        guard new != words else { return [] }
        words = new
        var events: [DeviceEvent] = []
        for (index, definition) in map.events.enumerated() {
            // A bit that is not known tells neither a beginning nor an end.
            guard let holds = map.value(of: definition.condition, in: registers), holds != isActive[index] else { continue }
            isActive[index] = holds
            events.append(holds ? definition.beginning : definition.removal)
        }
        return events
    }

    private mutating func begin(_ map: DeviceMap, _ registers: RegisterFile) -> [DeviceEvent] {
        let old = active
        family = map.family
        words = map.eventAddresses.map { registers[$0] }
        isActive = map.events.map { map.holds($0.condition, in: registers) }
        let new = active
        return old.filter { event in !new.contains { $0.text == event.text } }.map(\.removal)
            + new.filter { event in !old.contains { $0.text == event.text } }.map(\.beginning)
    }

    /// What holds now, or held when the device was last seen.
    package var active: [DeviceEventDefinition] {
        guard let family else { return [] }
        return zip(DeviceMap.events(of: family), isActive).filter(\.1).map(\.0)
    }
}

extension DeviceEvent {
    /// The UPS answers no more.
    package static let notConnected = DeviceEvent(code: nil, severity: .critical, text: "UPS not connected")
    /// It answers again.
    package static let connected = DeviceEvent(code: nil, severity: .information, text: "UPS connected", isRemoved: true)
}
