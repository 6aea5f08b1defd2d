import FoundationEssentials
import NIOCore

/// An event of the server's stream.
struct ServerSentEvent: Sendable, Equatable {
    let type: String
    let data: String

    /// The document of its data; nil where it is none of that form.
    func document<Value: Decodable>(_: Value.Type = Value.self) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(data.utf8))
    }
}

/// Reads a stream of server-sent events, in whatever pieces it comes.
struct ServerSentEvents: Sendable {
    /// Longer than any event of a FleetServer.
    static let largestEvent = 1 << 20

    private var line: [UInt8] = []
    private var type = ""
    private var data: [String] = []
    private var size = 0
    private var endedByReturn = false

    /// The events that are whole by now. Throws where what comes is no such stream.
    mutating func take(_ bytes: ByteBuffer) throws(CommandFailure) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes.readableBytesView {
            defer { endedByReturn = byte == 0x0D }
            switch byte {
            case 0x0A where endedByReturn: break
            case 0x0A, 0x0D:
                if let event = endLine() { events.append(event) }
            default:
                line.append(byte)
                size += 1
                guard size <= Self.largestEvent else {
                    throw CommandFailure(.failed, "The server's stream has an event of more than \(Self.largestEvent) bytes.")
                }
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard text.isEmpty else {
            take(field: text)
            return nil
        }
        defer { (type, data, size) = ("", [], 0) }
        guard !data.isEmpty else { return nil }
        return ServerSentEvent(type: type.isEmpty ? "message" : type, data: data.joined(separator: "\n"))
    }

    private mutating func take(field text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? (parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1]) : ""
        switch parts[0] {
        case "event": type = String(value)
        case "data": data.append(String(value))
        default: break
        }
    }
}
