import Modbus
import SNMP
import Synchronization
import UPSSimulation

/// The faults that a tester has given a card.
final class CardFaults: Sendable {
    /// What becomes of a datagram or a request.
    enum Admission: Equatable, Sendable {
        case answer
        case answerAfter(Duration)
        case drop
    }

    /// The faults that the card can have; `linkDown` is its UPS's.
    static let accepted: Set<Fault.Name> = [
        .unreachable, .packetLoss, .tftpStall, .rejectImage, .neverReboot, .oldVersion, .snmpDead, .slow,
    ]

    private struct State {
        var faults: [Fault.Name: Fault] = [:]
        var random: SeededGenerator
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(random: SeededGenerator(seed: seed)))
    }

    var active: Set<Fault.Name> { state.withLock { Set($0.faults.keys) } }

    func set(_ fault: Fault) { state.withLock { $0.faults[fault.name] = fault } }

    func clear(_ name: Fault.Name) { state.withLock { _ = $0.faults.removeValue(forKey: name) } }

    func isSet(_ name: Fault.Name) -> Bool { state.withLock { $0.faults[name] != nil } }

    /// What becomes of what has just come in at a port.
    func admission(at port: CardPort) -> Admission {
        state.withLock { state in
            guard !state.faults.isEmpty else { return .answer }
            if state.faults[.unreachable] != nil { return .drop }
            if port == .snmp, state.faults[.snmpDead] != nil { return .drop }
            if case .packetLoss(let percent) = state.faults[.packetLoss], Double.random(in: 0..<100, using: &state.random) < percent {
                return .drop
            }
            if case .slow(let milliseconds) = state.faults[.slow] { return .answerAfter(.milliseconds(milliseconds)) }
            return .answer
        }
    }

    /// Whether no trap leaves the card.
    var silencesTraps: Bool { isSet(.unreachable) || isSet(.snmpDead) }

    /// At which part of an image (0 … 1) its transfer falls silent, if at all.
    var transferStall: Double? {
        guard case .tftpStall(let percent) = state.withLock({ $0.faults[.tftpStall] }) else { return nil }
        return percent / 100
    }
}

extension CardFaults {
    /// A datagram at a port whose server can't be slow.
    func drops(at port: CardPort) -> Bool { admission(at: port) == .drop }

    var snmpAdmission: SNMPAgent.Admission {
        switch admission(at: .snmp) {
        case .answer: .answer
        case .answerAfter(let delay): .answerAfter(delay)
        case .drop: .drop
        }
    }

    var modbusAdmission: Modbus.Admission {
        switch admission(at: .modbus) {
        case .answer: .answer
        case .answerAfter(let delay): .answerAfter(delay)
        case .drop: .drop
        }
    }
}
