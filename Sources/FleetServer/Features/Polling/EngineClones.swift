import NIOCore
import SNMP

/// Cards that share an SNMP engine id, as cards do that were cloned with their settings. They can be read all the same.
enum EngineClones {
    /// Others that a sentence names; further ones are counted.
    private static let named = 3

    /// A sentence for each address of a conflict. `name` tells the card at an address, if one is known.
    static func warnings(_ conflicts: [EngineID: [SocketAddress]], name: (String) -> String?) -> [String: String] {
        var warnings: [String: String] = [:]
        for (engine, agents) in conflicts {
            let addresses = agents.compactMap(\.ipAddress).sorted()
            for address in addresses {
                let others = addresses.filter { $0 != address }
                guard !others.isEmpty else { continue }
                let places = others.prefix(named).map { place($0, name: name($0)) }
                let rest = others.count > named ? ["\(others.count - named) more"] : []
                warnings[address] =
                    "Shares its SNMP engine id \(engine) with \((places + rest).joined(separator: ", ")). Was the card cloned with its settings? "
                    + "Give each card an engine id of its own: with a shared one, a message to the one is good for the other too."
            }
        }
        return warnings
    }

    /// A card's first name ends with its address.
    private static func place(_ address: String, name: String?) -> String {
        guard let name else { return address }
        return name.hasSuffix(address) ? name : "\(name) (\(address))"
    }
}
