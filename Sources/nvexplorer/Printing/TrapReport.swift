import FoundationEssentials
import NIOCore
import NetVision
import PowerDevice
import SNMP

/// A received notification in words, and as the members of a JSON object.
struct TrapReport: Encodable {
    struct Variable: Encodable {
        let name: String
        let type: String
        let value: String
    }

    struct AlarmEntry: Encodable {
        let number: Int
        let name: String
        let title: String
    }

    let at: String
    let source: String
    let version: String
    let inform: Bool
    @Nullable var user: String?
    @Nullable var securityLevel: String?
    @Nullable var engine: String?
    @Nullable var agentAddress: String?
    let trapOID: String
    let enterprise: String
    @Nullable var number: Int?
    /// sysUpTime in seconds.
    let uptime: Double
    @Nullable var family: String?
    @Nullable var name: String?
    @Nullable var severity: String?
    @Nullable var title: String?
    @Nullable var text: String?
    @Nullable var minutesRemaining: Int?
    @Nullable var secondsOnBattery: Int?
    let alarm: AlarmEntry?
    let raises: [String]
    let clears: [String]
    let variables: [Variable]

    init(_ received: ReceivedNotification, at time: Date) {
        let notification = received.notification
        let card = CardTrap(notification)
        at = Elapsed.rfc3339(time)
        source = received.source.shown
        version = "\(received.version)"
        inform = received.isInform
        agentAddress = notification.agentAddress?.description
        trapOID = notification.trapOID.description
        enterprise = notification.enterprise.description
        number = (notification.specificTrap ?? notification.genericTrap?.rawValue).map(Int.init)
        uptime = Double(notification.uptime) / 100
        family = card?.family.rawValue
        name = card?.name
        severity = card?.severity.rawValue
        title = card?.definition.title
        text = card?.text
        minutesRemaining = card?.minutesRemaining
        secondsOnBattery = card?.secondsOnBattery
        alarm = card?.alarm.map { AlarmEntry(number: $0.number, name: $0.alarm.name, title: $0.alarm.title) }
        raises = card?.raises.map(\.name) ?? []
        clears = card?.clears.map(\.name) ?? []
        variables = notification.bindings.map { Variable(name: $0.name.description, type: $0.value.typeName, value: $0.value.shown) }
        if case .user(let name, let level, let engine) = received.principal {
            user = name
            securityLevel = "\(level)"
            self.engine = engine?.description
        }
    }

    /// The first line says what has happened where; the others, what is known of it.
    var lines: [String] {
        let grade = (severity ?? "unknown").uppercased()
        let what = name.map { "\($0) (\(number ?? 0))" } ?? "\(enterprise) (\(number ?? 0))"
        let subject = [title, alarm?.title, text == title ? nil : text].compactMap { $0 }.joined(separator: ": ")
        let times = [minutesRemaining.map { "\($0) min left" }, secondsOnBattery.map { "\($0) s on battery" }].compactMap { $0 }
        let first = [time, source, version + (inform ? " inform" : ""), grade, what, subject] + times
        return [first.filter { !$0.isEmpty }.joined(separator: "  ")] + details.map { "    \($0)" }
    }

    private var time: String { String(at.dropFirst(11).prefix(8)) }

    private var details: [String] {
        var lines: [String] = []
        if let user { lines.append("user \(user), \(securityLevel ?? "")\(engine.map { ", engine \($0)" } ?? "")") }
        if let agentAddress, !source.hasPrefix(agentAddress + ":") { lines.append("from the agent at \(agentAddress)") }
        return lines + variables.map { "\($0.name) = \($0.type): \($0.value)" }
    }
}

extension SNMPValue {
    fileprivate var typeName: String {
        switch self {
        case .integer: "INTEGER"
        case .octetString: "STRING"
        case .null: "NULL"
        case .objectIdentifier: "OID"
        case .ipAddress: "IpAddress"
        case .counter32: "Counter32"
        case .gauge32: "Gauge32"
        case .timeTicks: "TimeTicks"
        case .opaque: "Opaque"
        case .counter64: "Counter64"
        case .noSuchObject: "noSuchObject"
        case .noSuchInstance: "noSuchInstance"
        case .endOfMibView: "endOfMibView"
        }
    }

    /// Octets that are no text stand in hexadecimal.
    fileprivate var shown: String {
        switch self {
        case .integer(let value): "\(value)"
        case .counter32(let value), .gauge32(let value), .timeTicks(let value): "\(value)"
        case .counter64(let value): "\(value)"
        case .octetString(let octets): String(validating: octets, as: UTF8.self).flatMap { $0.isPrintable ? $0 : nil } ?? octets.hexadecimal
        case .opaque(let octets): octets.hexadecimal
        case .objectIdentifier(let oid): oid.description
        case .ipAddress(let address): address.description
        case .null, .noSuchObject, .noSuchInstance, .endOfMibView: ""
        }
    }
}

extension String {
    fileprivate var isPrintable: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t" }
    }
}

extension [UInt8] {
    fileprivate var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined(separator: " ")
    }
}
