import Modbus
import NetVision
import PowerDevice

/// What somebody has told the card, and it remembers over a restart.
struct CardSettings: Equatable, Sendable {
    var systemName: String
    var systemContact: String
    var systemLocation: String
    /// `usesDHCP` is remembered and shown only: the address itself is the host system's to lease.
    var network: NetworkSettings
    /// How the card asks its device (manual §15.2).
    var polling = Polling()
    /// "Network Upgrade" (manual §15.3): whether firmware is taken by TFTP.
    var isNetworkUpgradeEnabled = true
    /// "SNMP TRAP / email Filter" (manual §15.3): receivers that filter by severity get no traps 3 and 4.
    var isTrapFilterEnabled = false
    /// "Data Unit Selection" (manual §15.3): 0 the system, n unit n of a parallel one.
    var dataUnit = 0
    /// "Modbus TCP Configuration" and "Modbus Port" (manual §15.12). The port is one of `ports`; a card's offset comes on top.
    var isModbusEnabled = true
    var modbusPort = CardPort.modbus.rawValue
    /// What the card does with its UPS (manual §12.7, §12.8.2, §15.1).
    var control = ControlSettings()
    /// How the environment sensor is watched (manual ch. 14). A card that is given one uses it, unless somebody has said otherwise.
    var sensor = EnvironmentSettings.activated
    /// The SNMPv3 USM table (manual §15.7).
    var users: [CardUser] = []
    /// The trap receivers table (manual §15.8).
    var trapReceivers = TrapReceiverTable()

    /// sysContact, sysName and sysLocation take up to 255 octets (RFC 3418 §2).
    static let longestText = 255

    static let dataUnits = 0...12
    static let ports = 1...65_535

    /// "Polling Rate", "Serial Timeout" and "Baud rate Setting".
    struct Polling: Equatable, Sendable {
        /// Seconds from one poll to the next, one of `rates`.
        var rate = 2
        /// Milliseconds beyond the line's own time that an answer may take, one of `serialTimeouts`; nil goes by the baud rate.
        var serialTimeout: Int?
        /// Nil is found out.
        var baudRate: BaudRate?

        static let rates = 1...60
        static let serialTimeouts = 0...5000
        static let baudRates: [BaudRate] = [.baud2400, .baud9600, .baud19200, .baud57600]
    }

    /// The settings of a card that nobody has told anything.
    init(factory plan: CardPlan) {
        systemName = plan.systemName
        systemContact = plan.systemContact
        systemLocation = plan.systemLocation
        network = plan.network
    }
}

extension CardSettings {
    /// The ports that are served.
    var enabledPorts: [CardPort] { CardPort.allCases.filter { $0 != .modbus || isModbusEnabled } }

    /// A port's number; that of Modbus TCP is a setting.
    func number(of port: CardPort, offset: PortOffset) -> Int {
        port == .modbus ? modbusPort + offset.rawValue : port.number(offset)
    }

    /// Takes in what the card is given at its start; returns why it can't, or nil.
    mutating func preload(_ plan: CardPlan) -> String? {
        guard let table = users.merged(with: plan.users) else {
            return "the USM table has \(CardUser.maximumCount) rows, and no room for another user. Take one out of the document"
        }
        users = table
        let isTaken = plan.trapReceivers.allSatisfy { trapReceivers.take($0) }
        return isTaken ? nil : "all \(TrapReceiver.count) trap receivers are set. Take one out of the document"
    }
}
