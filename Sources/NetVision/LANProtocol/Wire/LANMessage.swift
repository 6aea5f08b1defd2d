package import NIOCore

/// A datagram of the LAN protocol, version 1.
///
/// ```
///  0        4       5      6              12              20
/// +--------+-------+------+--------------+---------------+------+--------+-------+---
/// | "NVLP" | ver 1 | kind | card's MAC   | transaction   | type | length | value | …
/// +--------+-------+------+--------------+---------------+------+--------+-------+---
///   4        1       1      6              8               1      1        length
/// ```
/// A reply repeats the request's transaction. Fields come in any order, unknown ones are passed over; the authenticator is the last.
package struct LANMessage: Sendable, Equatable {
    /// What a datagram is for. Kinds that we don't know are dropped, not refused: a later version may have more.
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let discover = Kind(rawValue: 1)
        package static let announce = Kind(rawValue: 2)
        package static let challenge = Kind(rawValue: 3)
        package static let challengeReply = Kind(rawValue: 4)
        package static let unlock = Kind(rawValue: 5)
        package static let lock = Kind(rawValue: 6)
        package static let setNetwork = Kind(rawValue: 7)
        package static let identify = Kind(rawValue: 8)
        package static let restart = Kind(rawValue: 9)
        package static let result = Kind(rawValue: 10)
        package static let setPassword = Kind(rawValue: 11)
    }

    static let magic: [UInt8] = Array("NVLP".utf8)
    static let version: UInt8 = 1
    static let headerLength = 20
    /// Longer datagrams are dropped unread.
    package static let maximumLength = 1472
    static let maximumFields = 64

    package var kind: Kind
    /// The card that is asked, or that answers; `any` asks all.
    package var card: HardwareAddress
    /// Chosen at random by who asks.
    package var transaction: UInt64
    package var fields: [LANField]

    package init(_ kind: Kind, card: HardwareAddress, transaction: UInt64, fields: [LANField] = []) {
        self.kind = kind
        self.card = card
        self.transaction = transaction
        self.fields = fields
    }

    package subscript(_ type: LANField.FieldType) -> [UInt8]? { fields.first { $0.type == type }?.value }

    package func encoded() -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeBytes(Self.magic)
        buffer.writeInteger(Self.version)
        buffer.writeInteger(kind.rawValue)
        buffer.writeBytes(card.octets)
        buffer.writeInteger(transaction)
        for field in fields { field.write(to: &buffer) }
        return buffer
    }

    package init(decoding datagram: ByteBuffer) throws(LANDecodingError) {
        var buffer = datagram
        guard buffer.readableBytes <= Self.maximumLength else { throw LANDecodingError(.tooLong, at: 0) }
        guard let magic = buffer.readBytes(length: 4), let version = buffer.readInteger(as: UInt8.self),
            let kind = buffer.readInteger(as: UInt8.self), let mac = buffer.readBytes(length: HardwareAddress.length),
            let card = HardwareAddress(mac), let transaction = buffer.readInteger(as: UInt64.self)
        else { throw LANDecodingError(.truncated, at: datagram.readableBytes) }
        guard magic == Self.magic else { throw LANDecodingError(.notOurs, at: 0) }
        guard version == Self.version else { throw LANDecodingError(.otherVersion, at: 4) }
        var fields: [LANField] = []
        while buffer.readableBytes > 0 {
            let offset = datagram.readableBytes - buffer.readableBytes
            guard fields.count < Self.maximumFields else { throw LANDecodingError(.tooManyFields, at: offset) }
            guard let field = LANField(readingFrom: &buffer) else { throw LANDecodingError(.truncated, at: offset) }
            fields.append(field)
        }
        self.init(Kind(rawValue: kind), card: card, transaction: transaction, fields: fields)
    }
}

/// Why a datagram is not one of ours.
package struct LANDecodingError: Error, Equatable, Sendable {
    package enum Reason: Sendable, Equatable { case truncated, notOurs, otherVersion, tooLong, tooManyFields, missingField, badField }

    package let reason: Reason
    package let offset: Int

    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}
