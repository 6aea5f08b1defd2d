import NetVision
import PowerDevice
import SNMP

/// What `--trap-receiver` says.
///
///     ADDRESS[:PORT][,type=netvision|rfc1628][,version=v1|v2c|v3][,community=C|,user=U][,inform][,severity=S|,events=N+N+…]
struct TrapReceiverArgument {
    struct Problem: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    private(set) var receiver: TrapReceiver

    init(_ text: String) throws(Problem) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let address = TrapAddress(parts[0]) else {
            throw Problem(description: "\"\(parts[0])\" is no ADDRESS or ADDRESS:PORT of a trap receiver (IPv4).")
        }
        receiver = TrapReceiver()
        receiver.address = address
        receiver.kind = .netVision
        var given: Set<String> = []
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard given.insert(pair[0]).inserted else { throw Problem(description: "\(pair[0]) is given twice in \"\(text)\".") }
            try apply(pair[0], pair.count == 2 ? pair[1] : nil)
        }
        if given.contains("user"), !given.contains("version") { receiver.version = .v3 }
        try check(given)
    }

    private mutating func apply(_ option: String, _ value: String?) throws(Problem) {
        switch (option, value) {
        case ("inform", nil): receiver.isConfirmed = true
        case ("type", let value?): receiver.kind = try Self.known(TrapReceiver.Kind(word: value), option, value, "netvision or rfc1628")
        case ("version", let value?): receiver.version = try Self.known(SNMPVersion(word: value), option, value, "v1, v2c or v3")
        case ("community", let value?), ("user", let value?):
            guard (1...TrapReceiver.longestCommunity).contains(value.utf8.count) else {
                throw Problem(description: "\(option) has 1 to \(TrapReceiver.longestCommunity) characters.")
            }
            receiver.community = value
        case ("severity", let value?):
            receiver.filter = .severity(try Self.known(Severity(rawValue: value), option, value, "information, warning or critical"))
        case ("events", let value?):
            receiver.filter = .events(
                try Self.known(TrapFilter.numbers(value, separator: "+"), option, value, "trap numbers such as 5+13+15"))
        default:
            throw Problem(
                description: "A trap receiver has no option \"\(option)\"; there are type=, version=, community=, user=, "
                    + "severity=, events= and inform.")
        }
    }

    private static func known<Value>(_ value: Value?, _ option: String, _ text: String, _ right: String) throws(Problem) -> Value {
        guard let value else { throw Problem(description: "\(option) is \(right), not \"\(text)\".") }
        return value
    }

    private func check(_ given: Set<String>) throws(Problem) {
        if receiver.version == .v3, !given.contains("user") {
            throw Problem(description: "A v3 receiver needs a user of the card: user=NAME.")
        }
        if receiver.version != .v3, given.contains("user") {
            throw Problem(description: "\(receiver.version.word) knows no users; give a community, or version=v3.")
        }
        if given.isSuperset(of: ["community", "user"]) { throw Problem(description: "A receiver has a community or a user, not both.") }
        if given.isSuperset(of: ["severity", "events"]) {
            throw Problem(description: "A receiver filters by severity or by events, not both.")
        }
        if receiver.version == .v1, receiver.isConfirmed {
            throw Problem(description: "v1 has no informs; give version=v2c or version=v3.")
        }
        if receiver.kind == .none { throw Problem(description: "type is netvision or rfc1628.") }
    }
}
