import HTTPTypes
import Hummingbird
import NIOCore
import NetVision
import PowerDevice

/// A page of the list of cards, written without an encoder: dashboards ask for it again and again.
struct CardPage: ResponseGenerator, Sendable {
    let page: Page<CardResource>

    /// Octets a card, more or less.
    private static let size = 900

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var text = JSONText(capacity: page.items.count * Self.size + 64)
        text.beginObject()
        text.key("items")
        text.beginArray()
        for card in page.items { try card.write(to: &text) }
        text.endArray()
        text.key("next")
        text.value(page.next)
        text.endObject()
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8", .contentLength: "\(text.octets.count)"],
            body: .init(byteBuffer: ByteBuffer(bytes: text.octets)))
    }
}

extension CardResource {
    /// The same members as `encode(to:)` has.
    func write(to text: inout JSONText) throws {
        text.beginObject()
        for field in Field.allCases where isShown(field) {
            text.key(field.rawValue)
            try write(field, to: &text)
        }
        text.endObject()
    }

    private func write(_ field: Field, to text: inout JSONText) throws {
        switch field {
        case .id: text.value(card.id)
        case .name: text.value(card.name)
        case .mac: text.value(card.mac)
        case .serial: text.value(card.serial)
        case .address: text.value(card.address)
        case .generation: text.value(card.generation.rawValue)
        case .kind: text.value(card.kind.rawValue)
        case .model: text.value(card.model)
        case .firmware: text.value(card.firmware)
        case .agent: text.value(card.agent)
        case .status: text.value(status.status.rawValue)
        case .problem: text.value(status.problem)
        case .warnings: text.value(card.placeWarnings + status.warnings)
        case .site: text.value(card.site)
        case .tags: text.value(card.tags)
        case .location: text.value(card.location)
        case .lastSeen: text.value(status.lastSeen)
        case .alarmCount: text.value(status.alarmCount)
        case .outputSource: text.value(status.outputSource?.rawValue)
        case .batteryStatus: text.value(status.batteryStatus?.rawValue)
        case .transfer: try text.value(encoding: status.transfer.map(TransferResource.init))
        case .webPort: text.value(webPort)
        case .summary: writeSummary(to: &text)
        case .createdAt: text.value(card.createdAt)
        case .predecessor: text.value(card.predecessor)
        case .place: try text.value(encoding: card.place)
        case .polling: try text.value(encoding: card.polling)
        case .protocol: text.value(card.protocol.rawValue)
        case .profile: text.value(card.profile)
        case .gateway: try text.value(encoding: card.gateway)
        case .health: try text.value(encoding: health)
        case .retiredAt: text.value(card.retiredAt)
        case .successor: text.value(card.successor)
        }
    }

    private func writeSummary(to text: inout JSONText) {
        text.beginObject()
        for variable in Self.summaryVariables {
            guard let value = status.readings[variable] else { continue }
            text.key(variable.rawValue)
            text.value(value)
        }
        text.endObject()
    }
}
