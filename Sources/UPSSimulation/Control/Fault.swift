/// Something wrong with a simulated card or its UPS, as `PUT /faults/{name}` asks for it.
package enum Fault: Sendable, Equatable {
    /// The serial link to the UPS is cut.
    case linkDown
    /// Every port of the card is silent.
    case unreachable
    /// Percent of the card's datagrams that are lost.
    case packetLoss(percent: Double)
    /// A firmware transfer stops after that percentage of the image.
    case tftpStall(percent: Double)
    case rejectImage
    case neverReboot
    case oldVersion
    case snmpDead
    /// Every answer comes that much later.
    case slow(milliseconds: Int)
    case webDead
    case forgetPassword

    package enum Name: String, Sendable, CaseIterable {
        case linkDown, unreachable, packetLoss, tftpStall, rejectImage, neverReboot, oldVersion, snmpDead, slow, webDead, forgetPassword
    }

    package var name: Name {
        switch self {
        case .linkDown: .linkDown
        case .unreachable: .unreachable
        case .packetLoss: .packetLoss
        case .tftpStall: .tftpStall
        case .rejectImage: .rejectImage
        case .neverReboot: .neverReboot
        case .oldVersion: .oldVersion
        case .snmpDead: .snmpDead
        case .slow: .slow
        case .webDead: .webDead
        case .forgetPassword: .forgetPassword
        }
    }

    /// The body of the request: `{"percent": 60}`, `{"ms": 200}` or `{}`.
    struct Parameters: Decodable, Sendable {
        let percent: Double?
        let ms: Int?

        init(percent: Double? = nil, ms: Int? = nil) {
            self.percent = percent
            self.ms = ms
        }
    }

    init(_ name: Name, _ parameters: Parameters) throws(ControlProblem) {
        switch name {
        case .linkDown: self = .linkDown
        case .unreachable: self = .unreachable
        case .packetLoss: self = .packetLoss(percent: try Self.percent(parameters, of: name))
        case .tftpStall: self = .tftpStall(percent: try Self.percent(parameters, of: name))
        case .rejectImage: self = .rejectImage
        case .neverReboot: self = .neverReboot
        case .oldVersion: self = .oldVersion
        case .snmpDead: self = .snmpDead
        case .slow: self = .slow(milliseconds: try Self.milliseconds(parameters))
        case .webDead: self = .webDead
        case .forgetPassword: self = .forgetPassword
        }
    }

    private static func percent(_ parameters: Parameters, of name: Name) throws(ControlProblem) -> Double {
        guard let percent = parameters.percent, (0...100).contains(percent) else {
            throw .invalid("percent", "The fault \(name.rawValue) takes {\"percent\": 0…100}.")
        }
        return percent
    }

    private static func milliseconds(_ parameters: Parameters) throws(ControlProblem) -> Int {
        guard let milliseconds = parameters.ms, (0...600_000).contains(milliseconds) else {
            throw .invalid("ms", "The fault slow takes {\"ms\": 0…600000}.")
        }
        return milliseconds
    }
}
