import Glibc
import NetVision

/// Whether the ports that a change of the settings asks for can be had. Looked at before the change counts.
enum PortAdmission {
    /// Why not, or nil. Ports that stay where they are, and those that close, are not looked at.
    static func refusal(of new: CardSettings, insteadOf old: CardSettings, offset: PortOffset) -> String? {
        let address = new.network.address
        if address != old.network.address {
            return PortProbe.firstFailure(at: address, offset: offset, settings: new).map { "the card can't use this address: \($0)" }
        }
        let before = numbers(old, offset)
        let after = numbers(new, offset)
        for port in CardPort.allCases {
            guard let number = after[port], number != before[port] else { continue }
            let place = "port \(number)/\(port.transport.lowercased())"
            guard number <= CardSettings.ports.upperBound else { return "\(place) does not exist: the port offset is \(offset.rawValue)" }
            let other = CardPort.allCases.first { $0 != port && $0.transport == port.transport && after[$0] == number }
            if let other { return "\(place) is the card's own port for \(other.name)" }
            switch PortProbe.failure(of: port, number, at: address) {
            case nil: continue
            case EADDRINUSE: return "\(place) on \(AddressRange.text(address)) is taken"
            case EACCES, EPERM: return "\(place) on \(AddressRange.text(address)) needs root"
            case .some(let code): return "\(place) on \(AddressRange.text(address)): \(String(cString: strerror(code)))"
            }
        }
        return nil
    }

    private static func numbers(_ settings: CardSettings, _ offset: PortOffset) -> [CardPort: Int] {
        Dictionary(uniqueKeysWithValues: settings.enabledPorts.map { ($0, settings.number(of: $0, offset: offset)) })
    }
}
