import FoundationEssentials
import Hummingbird

/// An image of the library.
struct FirmwareRecord: ResponseEncodable, Sendable {
    enum Format: String, Codable, Sendable, CaseIterable {
        /// An image of our own format, for CardAgent: signed, checked before it is taken in.
        case cardAgent = "CardAgent"
        /// A vendor's file, kept as it is.
        case vendor
    }

    enum Signature: String, Codable, Sendable, CaseIterable {
        /// A vendor's file, or an image that was never signed.
        case none
        /// Signed with a key that this server does not know.
        case signed
        /// Signed with a key of the server's `firmware.trustKeys`, and the signature is right.
        case trusted
        /// The signature is wrong: the image was changed after it was signed.
        case invalid
    }

    let id: Int64
    let name: String
    let format: Format
    @Nullable var product: String?
    @Nullable var version: String?
    @Nullable var minimumVersion: String?
    let hardware: [String]
    let size: Int
    let sha256: String
    let signature: Signature
    @Nullable var keyId: String?
    let uploadedAt: Date
    let uploadedBy: String
}

extension FirmwareRecord {
    init(_ row: SQLRow) throws {
        self.init(
            id: try row.required("id"), name: try row.required("name"), format: Format(rawValue: try row.required("format")) ?? .vendor,
            product: row.text("product"), version: row.text("version"), minimumVersion: row.text("minimum_version"),
            hardware: try JSONCoding.value([String].self, from: try row.required("hardware")),
            size: Int(try row.required("size", as: Int64.self)), sha256: try row.required("sha256"),
            signature: Signature(rawValue: try row.required("signature")) ?? .none, keyId: row.text("key_id"),
            uploadedAt: try row.requiredDate("uploaded_at"), uploadedBy: try row.required("uploaded_by"))
    }
}
