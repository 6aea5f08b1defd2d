import NetVision
import SNMP

/// A row of the table of what SNMP shows of the settings: an object's instance, the setting behind it, and how the one tells the other.
///
/// To serve a setting by SNMP is to add a row.
struct SettingObject: Sendable {
    let type: ObjectType
    /// The instance.
    let name: OID
    let setting: SettingKey
    let coding: SettingCoding
    /// Shown as empty: whoever may read is not to learn it.
    let isHidden: Bool

    private init(_ type: ObjectType, _ name: OID, _ setting: String, _ coding: SettingCoding, isHidden: Bool = false) {
        self.type = type
        self.name = name
        self.setting = SettingKey(known: setting)
        self.coding = coding
        self.isHidden = isHidden
    }

    /// The instance of a scalar.
    init(_ type: ObjectType, _ setting: String, _ coding: SettingCoding) { self.init(type, type.scalar, setting, coding) }

    /// The instance of a column in a row.
    init(_ type: ObjectType, row: Int, _ setting: String, _ coding: SettingCoding, isHidden: Bool = false) {
        self.init(type, type.instance(UInt32(row)), setting, coding, isHidden: isHidden)
    }

    /// The instance of a column in a row with an index of several arcs.
    init(_ type: ObjectType, index: [UInt32], _ setting: String, _ coding: SettingCoding) {
        self.init(type, type.oid.appending(index), setting, coding)
    }

    func shown(_ values: SettingsValues) -> SNMPValue { isHidden ? .text("") : coding.shown(values[setting], as: type) }
}

extension SettingObject {
    /// What is served together: an STS has no objects of the UPS, and the older branch may be switched off.
    enum Part: Hashable, CaseIterable {
        /// The system group, and upsAgent of the newer branch.
        case agent
        case ups
        case olderBranch
    }

    static let all: [(part: Part, object: SettingObject)] =
        (system + agent(.netVision7, .newer) + firewall).map { (.agent, $0) }
        + (upsIdentity + control(.netVision7, .newer)).map { (.ups, $0) }
        + (agent(.netVision6, .older) + communities + control(.netVision6, .older)).map { (.olderBranch, $0) }

    /// What differs between the branches in how the same settings are told.
    struct Dialect: Sendable {
        let receiverKinds: [(number: Int32, word: String)]
        let eventActions: [(number: Int32, word: String)]
        let baudRates: [(number: Int32, word: String)]

        static let newer = Dialect(
            receiverKinds: [(1, "none"), (2, "rfc1628"), (3, "netvision")],
            eventActions: [(1, "disabled"), (2, "warning"), (3, "client-shutdown")],
            baudRates: [(2400, "2400"), (9600, "auto"), (9600, "9600"), (19_200, "19200"), (57_600, "57600")])
        /// An event that only warns is enabled, too.
        static let older = Dialect(
            receiverKinds: [(1, "none"), (2, "netvision"), (3, "rfc1628")],
            eventActions: [(1, "client-shutdown"), (1, "warning"), (2, "disabled")],
            baudRates: [(1, "2400"), (2, "9600"), (2, "auto"), (3, "19200"), (3, "57600")])
    }
}
