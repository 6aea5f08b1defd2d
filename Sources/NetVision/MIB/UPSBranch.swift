package import SNMP

/// The two private branches in which a card tells of its UPS. Their groups have other numbers, and some of them other contents.
package enum UPSBranch: Sendable, Hashable, CaseIterable {
    /// NET VISION 7 and 8, 1.3.6.1.4.1.4555.1.1.7.1.
    case netVision7
    /// NET VISION 4 to 6, 1.3.6.1.4.1.4555.1.1.1.1.
    case netVision6

    package var module: MIBModule {
        switch self {
        case .netVision7: .netVision7
        case .netVision6: .netVision6
        }
    }

    package var control: OID { module.root.appending(self == .netVision7 ? 7 : 8) }
    package var config: OID { module.root.appending(self == .netVision7 ? 8 : 9) }
    package var agent: OID { module.root.appending(self == .netVision7 ? 9 : 10) }
}

/// Where the objects of one group, or the columns of one table, are declared.
struct ObjectGroup {
    private let oid: OID

    init(_ oid: OID) { self.oid = oid }

    /// An object that may be written.
    func scalar(
        _ arc: UInt32, _ name: String, _ syntax: ObjectSyntax, units: String? = nil, _ description: String, reference: String? = nil
    ) -> ObjectType {
        scalar(arc, name, syntax, .readWrite, units: units, description, reference: reference)
    }

    func scalar(
        _ arc: UInt32, _ name: String, _ syntax: ObjectSyntax, _ access: ObjectType.Access, units: String? = nil, _ description: String,
        reference: String? = nil
    ) -> ObjectType {
        ObjectType(name, oid.appending(arc), syntax, access, units: units, description: description, reference: reference)
    }

    /// An object that is set to 1 to make something happen.
    func request(_ arc: UInt32, _ name: String, _ word: String, _ effect: String) -> ObjectType {
        scalar(arc, name, .named(word, "nothing"), "Set to \(word)(1), \(effect). Reads as nothing(2).")
    }
}

extension ObjectSyntax {
    static let enabledOrDisabled = named("enabled", "disabled")
}
