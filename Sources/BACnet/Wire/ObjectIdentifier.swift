/// An object of a device: its type in 10 bits and its instance in 22 (ASHRAE 135, 20.2.14).
package struct ObjectIdentifier: RawRepresentable, Hashable, Sendable {
    /// 4194303 stands for an unknown instance; of a device in a request it means the one that is asked (15.5.2).
    package static let anyInstance: UInt32 = 0x3F_FFFF
    package static let deviceType: UInt16 = 8

    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package init(type: UInt16, instance: UInt32) {
        rawValue = UInt32(type & 0x3FF) << 22 | instance & Self.anyInstance
    }

    package static func device(_ instance: UInt32) -> ObjectIdentifier { ObjectIdentifier(type: deviceType, instance: instance) }

    package var type: UInt16 { UInt16(rawValue >> 22) }
    package var instance: UInt32 { rawValue & Self.anyInstance }
}

/// BACnetPropertyIdentifier (clause 21)
package struct PropertyIdentifier: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let applicationSoftwareVersion = PropertyIdentifier(rawValue: 12)
    package static let description = PropertyIdentifier(rawValue: 28)
    package static let firmwareRevision = PropertyIdentifier(rawValue: 44)
    package static let location = PropertyIdentifier(rawValue: 58)
    package static let modelName = PropertyIdentifier(rawValue: 70)
    package static let objectName = PropertyIdentifier(rawValue: 77)
    /// Since protocol revision 17.
    package static let serialNumber = PropertyIdentifier(rawValue: 372)
}
