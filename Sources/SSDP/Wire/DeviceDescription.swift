package import NIOCore

/// What a device says of itself in its description document (UPnP Device Architecture 2.0, 2.3): its root device.
package struct DeviceDescription: Equatable, Sendable {
    /// Longer documents are not read: a description is a few kB.
    package static let maximumLength = 65_536
    static let maximumDepth = 32
    static let maximumTextLength = 256

    package var deviceType: String?
    package var friendlyName: String?
    package var manufacturer: String?
    package var modelName: String?
    package var modelNumber: String?
    package var modelDescription: String?
    package var serialNumber: String?
    /// `uuid:…`
    package var uniqueName: String?

    package init() {}

    /// Throws where the document is none, or has no device.
    package init(decoding document: ByteBuffer) throws(SSDPDecodingError) {
        guard document.readableBytes <= Self.maximumLength else { throw SSDPDecodingError(.tooLong) }
        var reader = MarkupReader(Array(document.readableBytesView))
        var path: [String] = []
        var text = ""
        var hasDevice = false
        while let part = try reader.next() {
            switch part {
            case .opening(let name, let isEmpty):
                text = ""
                guard path.count < Self.maximumDepth else { throw SSDPDecodingError(.tooDeep, at: reader.offset) }
                if !isEmpty { path.append(name) }
                if path == ["root", "device"] { hasDevice = true }
            case .text(let more): text += more.prefix(Self.maximumTextLength)
            case .closing(let name):
                guard path.last == name else { throw SSDPDecodingError(.badMarkup, at: reader.offset) }
                if path.count == 3, path.starts(with: ["root", "device"]) { set(name, String(text[...].trimmingSpaces)) }
                path.removeLast()
                text = ""
            }
        }
        guard hasDevice, path.isEmpty else { throw SSDPDecodingError(.noDevice, at: reader.offset) }
    }

    private mutating func set(_ name: String, _ text: String) {
        let text = text.isEmpty ? nil : String(text.prefix(Self.maximumTextLength))
        switch name {
        case "deviceType": deviceType = text
        case "friendlyName": friendlyName = text
        case "manufacturer": manufacturer = text
        case "modelName": modelName = text
        case "modelNumber": modelNumber = text
        case "modelDescription": modelDescription = text
        case "serialNumber": serialNumber = text
        case "UDN": uniqueName = text
        default: break
        }
    }
}
