/// The devices that have answered a search, each once, however often and for however many of its parts.
package struct DeviceTable: Sendable {
    /// More devices than these are not remembered.
    package static let capacity = 16_384

    private var seen: Set<String> = []

    package init() {}

    package var count: Int { seen.count }

    /// Whether an answer is the first of its device at this address.
    package mutating func isNew(_ response: SearchResponse, from address: UInt32) -> Bool {
        guard seen.count < Self.capacity else { return false }
        return seen.insert("\(address) \(response.device)").inserted
    }
}
