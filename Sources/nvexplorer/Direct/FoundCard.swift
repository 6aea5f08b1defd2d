import NetVision
import PowerDevice
import SNMP

/// A card as it was found on the LAN: by its announcement, by SNMP, or both.
struct FoundCard: Sendable, Equatable {
    var address: String
    var announcement: Announcement?
    var identity: CardIdentity?
    /// How it was asked when it told its identity.
    var way: SNMPCredentials?

    var mac: String? { announcement.map { "\($0.card)" } ?? identity?.mac }
    var hardwareAddress: HardwareAddress? { announcement?.card ?? identity?.mac.flatMap { HardwareAddress($0) } }
    /// What a CardAgent takes until its password is changed.
    var firstPassword: String? { hardwareAddress?.firstPassword }
    var name: String { Self.text(announcement?.systemName) ?? identity?.name ?? address }
    var generation: CardGeneration { announcement != nil ? .cardAgent : identity?.generation ?? .unknown }
    var model: String? { Self.text(announcement?.model) ?? identity?.model }
    var firmware: String? { identity?.firmware ?? Self.text(announcement?.firmware) }
    var serial: String? { Self.text(announcement?.serial) ?? identity?.serial }

    /// As a search has found it; `way` is that by which it answers SNMP.
    init(_ finding: SearchFinding, way: SNMPCredentials?) {
        // What a CardAgent announces stands for itself; an identity is what SNMP has told, or else another method.
        let isAnnouncedOnly = way == nil && finding.announcement != nil
        self.init(
            address: finding.address, announcement: finding.announcement, identity: isAnnouncedOnly ? nil : finding.identity, way: way)
    }

    init(address: String, announcement: Announcement? = nil, identity: CardIdentity? = nil, way: SNMPCredentials? = nil) {
        self.address = address
        self.announcement = announcement
        self.identity = identity
        self.way = way
    }

    private static func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// As a search shows it.
    var discovered: DiscoveredCard {
        DiscoveredCard(
            address: address, mac: mac, serial: serial, model: model, generation: generation.rawValue, firmware: firmware, name: name,
            dhcp: announcement?.network.usesDHCP)
    }

    private static func problem(_ state: DeviceState?, _ status: OperatingStatus) -> String? {
        guard let state else { return "The card does not answer SNMP." }
        guard state.isCommunicating else { return "The card has lost its \(state.kind.title)." }
        return status == .unknown ? "The card does not say what feeds the load." : nil
    }

    /// As a list shows it; `state` is what it answers about its UPS, nil if it does not.
    func record(_ state: DeviceState?, at time: String) -> CardRecord {
        let status = state.map { OperatingStatus($0) } ?? .unreachable
        var record = CardRecord(name: name, address: address, generation: generation.rawValue, status: status.rawValue)
        record.mac = mac
        record.serial = serial
        record.kind = identity?.kind.rawValue
        record.model = model
        record.firmware = firmware
        record.agent = identity?.agent
        record.problem = Self.problem(state, status)
        record.location = Self.text(announcement?.location) ?? identity?.location
        record.lastSeen = time
        record.alarmCount = state?.knownAlarms?.count
        record.outputSource = state?.outputSource?.rawValue
        record.transfer = state?.transfer.map(TransferRecord.init)
        record.dhcp = announcement?.network.usesDHCP
        let shown: [Variable] = [.load, .batteryCharge, .batteryRuntime]
        record.summary = state.map { state in
            Dictionary(uniqueKeysWithValues: shown.compactMap { name in state.readings[name].map { (name.rawValue, $0) } })
        }
        return record
    }
}

extension TransferRecord {
    init(_ state: TransferState) {
        self.init(
            source1: state.source1.rawValue, source2: state.source2.rawValue, preferredSource: state.preferredSource,
            interaction: state.interaction.rawValue, load: state.load.rawValue, output: state.output.rawValue)
    }
}

extension DeviceState {
    /// Nil where there may be some that the card can't see: it has lost its UPS.
    var knownAlarms: Set<Alarm>? { isCommunicating || !alarms.isEmpty ? alarms : nil }

    var alarmRecords: [AlarmRecord]? {
        knownAlarms?.sorted { ($1.severity, $0.name) < ($0.severity, $1.name) }.map {
            AlarmRecord(name: $0.name, title: $0.title, severity: $0.severity.rawValue)
        }
    }

    var values: [String: Double] { Dictionary(uniqueKeysWithValues: readings.map { ($0.key.rawValue, $0.value) }) }
}
