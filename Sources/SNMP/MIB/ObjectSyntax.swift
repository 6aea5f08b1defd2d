/// The SYNTAX of an object: its type, and which values of that type it takes (RFC 2578 §7.1 and §9, RFC 2579 §2).
///
/// Only what agents of ours need; a new type is a new case, and the compiler finds what has to know of it.
package enum ObjectSyntax: Hashable, Sendable {
    /// A name of a number in an enumeration.
    package struct NamedNumber: Hashable, Sendable {
        package let name: String
        package let number: Int32

        package init(_ name: String, _ number: Int32) {
            self.name = name
            self.number = number
        }
    }

    /// Integer32, of a range or any.
    case integer(ClosedRange<Int32>? = nil)
    /// INTEGER of named numbers, in their order.
    case enumeration([NamedNumber])
    /// DisplayString, by its size in octets. RFC 2579 allows ASCII; people write their names in UTF-8, so that is taken and given.
    case displayString(ClosedRange<Int> = 0...255)
    /// OCTET STRING, by its size.
    case octetString(ClosedRange<Int> = 0...65535)
    case objectIdentifier
    /// An OBJECT IDENTIFIER that names something.
    case autonomousType
    case ipAddress
    case timeTicks
    /// TimeTicks that are sysUpTime at some moment.
    case timeStamp
    case counter32
    case gauge32

    /// An enumeration whose numbers are 1, 2, 3 …
    package static func named(_ names: String...) -> ObjectSyntax {
        .enumeration(names.enumerated().map { NamedNumber($0.element, Int32($0.offset + 1)) })
    }
}

extension ObjectSyntax {
    private var tag: BERTag {
        switch self {
        case .integer, .enumeration: .integer
        case .displayString, .octetString: .octetString
        case .objectIdentifier, .autonomousType: .objectIdentifier
        case .ipAddress: .ipAddress
        case .timeTicks, .timeStamp: .timeTicks
        case .counter32: .counter32
        case .gauge32: .gauge32
        }
    }

    /// Why no object of this syntax can have the value, in the order of RFC 3416 §4.2.5 (3) to (6): `wrongType`, `wrongLength`,
    /// `wrongEncoding`, `wrongValue`. Nil if one can.
    package func refusal(of value: SNMPValue) -> ErrorStatus? {
        guard value.tag == tag else { return .wrongType }
        switch (self, value) {
        case (.integer(let range?), .integer(let number)):
            return range.contains(number) ? nil : .wrongValue
        case (.enumeration(let names), .integer(let number)):
            return names.contains { $0.number == number } ? nil : .wrongValue
        case (.displayString(let sizes), .octetString(let octets)):
            guard sizes.contains(octets.count) else { return .wrongLength }
            return String(validating: octets, as: UTF8.self) == nil ? .wrongEncoding : nil
        case (.octetString(let sizes), .octetString(let octets)):
            return sizes.contains(octets.count) ? nil : .wrongLength
        default:
            return nil
        }
    }
}
