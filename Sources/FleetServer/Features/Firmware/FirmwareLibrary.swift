import Crypto
import FoundationEssentials
import HTTPTypes
import NIOCore
import NetVision

/// The images that campaigns bring to the cards: their description in the database, their bytes as files named by their SHA-256.
struct FirmwareLibrary: Sendable {
    /// No card takes an image as large as this.
    static let maximumSize = 256 << 20

    let database: FleetDatabase
    /// The directory that holds the images' bytes.
    let directory: String
    /// The keys whose signatures this server vouches for.
    let trustedKeys: [FirmwarePublicKey]

    func records() async throws -> [FirmwareRecord] {
        try await database.read { try $0.rows("SELECT * FROM firmware ORDER BY id DESC").map(FirmwareRecord.init) }
    }

    func record(_ id: Int64) async throws -> FirmwareRecord? {
        try await database.read { try $0.row("SELECT * FROM firmware WHERE id = ?", [.integer(id)]).map(FirmwareRecord.init) }
    }

    /// Takes an image into the library; the same bytes again give the record that is there.
    func add(name: String, version: String?, image: ByteBuffer, by user: String, now: Date) async throws -> FirmwareRecord {
        let sha256 = SHA256.hash(data: image.readableBytesView).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }.joined()
        let facts = try FirmwareFacts(image: image, givenVersion: version, trustedKeys: trustedKeys)
        try await FirmwareFile.store(image, at: path(sha256))
        return try await database.write { transaction in
            if let row = try transaction.row("SELECT * FROM firmware WHERE sha256 = ?", [.text(sha256)]) { return try FirmwareRecord(row) }
            let row = try transaction.row(
                """
                INSERT INTO firmware (id, name, format, product, version, minimum_version, hardware, size, sha256, signature, key_id,
                  uploaded_at, uploaded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *
                """,
                [
                    .integer(try transaction.nextKey(for: "firmware")), .text(name), .text(facts.format.rawValue), SQLValue(facts.product),
                    SQLValue(facts.version), SQLValue(facts.minimumVersion), .text(try JSONCoding.text(facts.hardware)),
                    SQLValue(image.readableBytes), .text(sha256), .text(facts.signature.rawValue), SQLValue(facts.keyID), SQLValue(now),
                    .text(user),
                ])
            guard let row else { throw SQLShapeError(column: "id") }
            return try FirmwareRecord(row)
        }
    }

    /// The image's bytes, checked against the hash under which they were stored.
    func image(_ record: FirmwareRecord) async throws -> ByteBuffer {
        let image = try await FirmwareFile.load(from: path(record.sha256), maximum: Self.maximumSize)
        guard SHA256.hash(data: image.readableBytesView).elementsEqual(Self.bytes(ofHex: record.sha256)) else {
            throw FirmwareFileDamaged(name: record.name)
        }
        return image
    }

    /// Removes an image; refused while a campaign refers to it.
    func remove(_ record: FirmwareRecord) async throws {
        try await database.write { transaction in
            let used = try transaction.row("SELECT COUNT(*) AS n FROM campaign WHERE firmware_id = ?", [.integer(record.id)])
            guard used?.integer("n") == 0 else {
                throw Problem(.conflict, "Campaigns refer to \(record.name): it is part of their record and stays.")
            }
            try transaction.execute("DELETE FROM firmware WHERE id = ?", [.integer(record.id)])
        }
        try await FirmwareFile.remove(path(record.sha256))
    }

    private func path(_ sha256: String) -> String { "\(directory)/\(sha256).bin" }

    private static func bytes(ofHex text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

struct FirmwareFileDamaged: Error, CustomStringConvertible {
    let name: String
    var description: String { "The stored file of \(name) is damaged: its SHA-256 has changed. Upload the image again." }
}
