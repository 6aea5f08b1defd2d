import Modbus
import NetVision
import PowerDevice

/// What somebody has told the card, and it remembers over a restart: the values of the settings table, and typed ways to them.
///
/// Setting a property takes the value as it is; what can't be is refused by the store when the change is to be kept.
struct CardSettings: Equatable, Sendable {
    var values: SettingsValues

    init(_ values: SettingsValues = SettingsValues()) { self.values = values }

    /// The settings of a card that nobody has told anything.
    init(factory plan: CardPlan) {
        self.init()
        systemName = plan.systemName
        systemContact = plan.systemContact
        systemLocation = plan.systemLocation
        network = plan.network
    }

    /// sysContact, sysName and sysLocation take up to 255 octets (RFC 3418 §2).
    static let longestText = 255
    static let ports = Setting.Kind.ports
}

extension CardSettings {
    /// The ports that are served.
    var enabledPorts: [CardPort] {
        CardPort.allCases.filter { port in
            switch port {
            case .modbus: isModbusEnabled
            case .snmp: values[flag: Key.snmp]
            case .tftp, .lan: true
            }
        }
    }

    /// A port's number; those of SNMP and Modbus TCP are settings.
    func number(of port: CardPort, offset: PortOffset) -> Int {
        switch port {
        case .modbus: modbusPort + offset.rawValue
        case .snmp: values[number: Key.snmpPort] + offset.rawValue
        case .tftp, .lan: port.number(offset)
        }
    }

    /// Takes in what the card is given at its start; returns why it can't, or nil.
    mutating func preload(_ plan: CardPlan) -> String? {
        guard let table = users.merged(with: plan.users) else {
            return "the USM table has \(CardUser.maximumCount) rows, and no room for another user. Take one out of the document"
        }
        if table != users { users = table }
        var receivers = trapReceivers
        let isTaken = plan.trapReceivers.allSatisfy { receivers.take($0) }
        trapReceivers = receivers
        return isTaken ? nil : "all \(TrapReceiver.count) trap receivers are set. Take one out of the document"
    }
}

// MARK: - Single settings

extension CardSettings {
    enum Key {
        static let systemName = SettingKey(known: "identity.system-name")
        static let systemContact = SettingKey(known: "identity.system-contact")
        static let systemLocation = SettingKey(known: "identity.system-location")
        static let dhcp = SettingKey(known: "identity.dhcp")
        static let address = SettingKey(known: "identity.address")
        static let subnetMask = SettingKey(known: "identity.subnet-mask")
        static let gateway = SettingKey(known: "identity.gateway")
        static let pollingRate = SettingKey(known: "configuration.polling-rate")
        static let serialTimeout = SettingKey(known: "configuration.serial-timeout")
        static let baudRate = SettingKey(known: "configuration.baud-rate")
        static let networkUpgrade = SettingKey(known: "control.network-upgrade")
        static let trapFilter = SettingKey(known: "control.trap-filter")
        static let dataUnit = SettingKey(known: "control.data-unit-selection")
        static let modbus = SettingKey(known: "modbus-tcp.modbus")
        static let modbusPort = SettingKey(known: "modbus-tcp.port")
        static let snmp = SettingKey(known: "control.snmp")
        static let snmpPort = SettingKey(known: "control.snmp-port")
    }

    var systemName: String {
        get { values[text: Key.systemName] }
        set { values[text: Key.systemName] = newValue }
    }

    var systemContact: String {
        get { values[text: Key.systemContact] }
        set { values[text: Key.systemContact] = newValue }
    }

    var systemLocation: String {
        get { values[text: Key.systemLocation] }
        set { values[text: Key.systemLocation] = newValue }
    }

    /// `usesDHCP` is remembered and shown only: the address itself is the host system's to lease.
    var network: NetworkSettings {
        get {
            let number = { (key: SettingKey) in AddressRange.number(values[text: key]) ?? 0 }
            return NetworkSettings(
                address: number(Key.address), mask: number(Key.subnetMask), gateway: number(Key.gateway), usesDHCP: values[flag: Key.dhcp])
        }
        set {
            values[text: Key.address] = AddressRange.text(newValue.address)
            values[text: Key.subnetMask] = AddressRange.text(newValue.mask)
            values[text: Key.gateway] = AddressRange.text(newValue.gateway)
            values[flag: Key.dhcp] = newValue.usesDHCP
        }
    }

    /// "Network Upgrade" (manual §15.3): whether firmware and settings are taken by TFTP.
    var isNetworkUpgradeEnabled: Bool {
        get { values[flag: Key.networkUpgrade] }
        set { values[flag: Key.networkUpgrade] = newValue }
    }

    /// "SNMP TRAP / email Filter" (manual §15.3): receivers that filter by severity get no traps 3 and 4.
    var isTrapFilterEnabled: Bool {
        get { values[flag: Key.trapFilter] }
        set { values[flag: Key.trapFilter] = newValue }
    }

    /// "Data Unit Selection" (manual §15.3): 0 the system, n unit n of a parallel one.
    var dataUnit: Int {
        get { values[number: Key.dataUnit] }
        set { values[number: Key.dataUnit] = newValue }
    }

    /// "Modbus TCP Configuration" (manual §15.12).
    var isModbusEnabled: Bool {
        get { values[flag: Key.modbus] }
        set { values[flag: Key.modbus] = newValue }
    }

    /// "Modbus Port" (manual §15.12); a card's offset comes on top.
    var modbusPort: Int {
        get { values[number: Key.modbusPort] }
        set { values[number: Key.modbusPort] = newValue }
    }
}

// MARK: - The line to the device

extension CardSettings {
    /// "Polling Rate", "Serial Timeout" and "Baud rate Setting" (manual §15.2): how the card asks its device.
    struct Polling: Equatable, Sendable {
        /// Seconds from one poll to the next, one of `rates`.
        var rate = 2
        /// Milliseconds beyond the line's own time that an answer may take, 0 to 5000; nil goes by the baud rate.
        var serialTimeout: Int?
        /// Nil is found out.
        var baudRate: BaudRate?

        static let rates = 1...60
        static let baudRates: [BaudRate] = [.baud2400, .baud9600, .baud19200, .baud57600]
    }

    var polling: Polling {
        get {
            let timeout = values[number: Key.serialTimeout]
            let rate = values[text: Key.baudRate]
            return Polling(
                rate: values[number: Key.pollingRate], serialTimeout: timeout < 0 ? nil : timeout,
                baudRate: Polling.baudRates.first { String($0.rawValue) == rate })
        }
        set {
            values[number: Key.pollingRate] = newValue.rate
            values[number: Key.serialTimeout] = newValue.serialTimeout ?? -1
            values[text: Key.baudRate] = newValue.baudRate.map { String($0.rawValue) } ?? "auto"
        }
    }
}

extension NetworkSettings {
    /// Takes another address. Mask and gateway stay if they fit.
    mutating func move(to address: UInt32, mask: UInt32) {
        self.address = address
        if problem != nil { self = NetworkSettings(address: address, mask: mask, usesDHCP: usesDHCP) }
    }
}
