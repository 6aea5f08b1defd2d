/// The declaration of a managed object (RFC 2578 §7): what is served, checked and published by it, once.
///
/// A class, because thousands of instances refer to one declaration.
package final class ObjectType: Sendable {
    package enum Access: Sendable {
        /// An index that is told by the instance's name only.
        case notAccessible
        case readOnly
        /// May be set, if the agent has a use for it.
        case readWrite
    }

    /// The descriptor: `upsBatteryStatus`.
    package let name: String
    package let oid: OID
    /// The object's only instance, if it is a scalar.
    package let scalar: OID
    package let syntax: ObjectSyntax
    package let access: Access
    package let units: String?
    /// What a value means, in ASCII. May be empty where the text is a standard's.
    package let description: String
    /// Where the declaration comes from, if not from what its module names.
    package let reference: String?

    package init(
        _ name: String, _ oid: OID, _ syntax: ObjectSyntax, _ access: Access = .readOnly, units: String? = nil,
        description: String = "", reference: String? = nil
    ) {
        self.name = name
        self.oid = oid
        self.scalar = oid.appending(0)
        self.syntax = syntax
        self.access = access
        self.units = units
        self.description = description
        self.reference = reference
    }

    /// The instance of a column in a row with this index.
    package func instance(_ index: UInt32) -> OID { oid.appending(index) }

    /// A text as the object's value: the beginning of one that is too long.
    package func text(_ text: String) -> SNMPValue {
        guard case .displayString(let sizes) = syntax, text.utf8.count > sizes.upperBound else { return .text(text) }
        var octets = Array(text.utf8.prefix(sizes.upperBound))
        while String(validating: octets, as: UTF8.self) == nil { octets.removeLast() }
        return .octetString(octets)
    }
}
