import NIOCore

/// A typed value in a datagram: one octet type, one octet length, then the value.
package struct LANField: Sendable, Equatable {
    package struct FieldType: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// IPv4 address, mask, gateway: four octets each.
        package static let address = FieldType(rawValue: 1)
        package static let mask = FieldType(rawValue: 2)
        package static let gateway = FieldType(rawValue: 3)
        /// One octet: 1 if the address comes from DHCP.
        package static let dhcp = FieldType(rawValue: 4)
        /// UTF-8 texts.
        package static let firmware = FieldType(rawValue: 5)
        package static let model = FieldType(rawValue: 6)
        package static let reference = FieldType(rawValue: 7)
        package static let serial = FieldType(rawValue: 8)
        package static let systemName = FieldType(rawValue: 9)
        package static let location = FieldType(rawValue: 10)
        /// One octet: 1 if whoever asks has unlocked the card.
        package static let unlocked = FieldType(rawValue: 11)
        /// Two octets: the port of the card's web pages.
        package static let webPort = FieldType(rawValue: 12)
        /// 16 octets, made by the card, good once.
        package static let nonce = FieldType(rawValue: 13)
        /// 32 octets: HMAC-SHA-256 over all that stands before this field.
        package static let authenticator = FieldType(rawValue: 14)
        /// Two octets: seconds.
        package static let seconds = FieldType(rawValue: 15)
        /// One octet: `LANResult.Code`.
        package static let resultCode = FieldType(rawValue: 16)
        /// UTF-8: the result in words.
        package static let resultText = FieldType(rawValue: 17)
        /// 81 octets: a new password, as `SealedPassword` has it.
        package static let sealedPassword = FieldType(rawValue: 18)
        /// 32 octets: an X25519 public key.
        package static let keyShare = FieldType(rawValue: 19)
    }

    package let type: FieldType
    package let value: [UInt8]

    /// What goes beyond 255 octets is cut off.
    package init(_ type: FieldType, _ value: some Sequence<UInt8>) {
        self.type = type
        self.value = Array(value.prefix(255))
    }

    /// Text, cut between characters.
    package init(_ type: FieldType, text: String) {
        var text = text
        while text.utf8.count > 255 { text.removeLast() }
        self.init(type, text.utf8)
    }

    package init(_ type: FieldType, number: UInt16) {
        self.init(type, [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)])
    }

    init?(readingFrom buffer: inout ByteBuffer) {
        guard let type = buffer.readInteger(as: UInt8.self), let length = buffer.readInteger(as: UInt8.self),
            let value = buffer.readBytes(length: Int(length))
        else { return nil }
        self.init(FieldType(rawValue: type), value)
    }

    func write(to buffer: inout ByteBuffer) {
        buffer.writeInteger(type.rawValue)
        buffer.writeInteger(UInt8(value.count))
        buffer.writeBytes(value)
    }
}

extension LANMessage {
    func text(_ type: LANField.FieldType) -> String? {
        self[type].flatMap { String(validating: $0, as: UTF8.self) }.map { $0.filter { !$0.isNewline && $0 != "\0" } }
    }

    func number(_ type: LANField.FieldType) -> UInt16? {
        self[type].flatMap { $0.count == 2 ? UInt16($0[0]) << 8 | UInt16($0[1]) : nil }
    }

    func flag(_ type: LANField.FieldType) -> Bool? { self[type].flatMap { $0.count == 1 ? $0[0] == 1 : nil } }

    func address(_ type: LANField.FieldType) -> UInt32? {
        self[type].flatMap { $0.count == 4 ? $0.reduce(0) { $0 << 8 | UInt32($1) } : nil }
    }
}

extension LANField {
    init(_ type: FieldType, address: UInt32) {
        self.init(type, (0..<4).map { UInt8(truncatingIfNeeded: address >> UInt32(24 - 8 * $0)) })
    }

    init(_ type: FieldType, flag: Bool) { self.init(type, [flag ? 1 : 0]) }
}
