import AsyncAlgorithms
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// `/stream`: the fleet's events as server-sent events.
struct StreamRoutes: Sendable {
    let hub: EventHub
    /// A comment keeps the connection alive, and tells a proxy and the page that it is.
    static let heartbeat = Duration.seconds(15)

    func add(to group: RouterGroup<FleetRequestContext>) {
        group.get("stream") { request, _ -> Response in
            let order = try StreamOrder(request)
            guard let events = hub.watch() else {
                throw Problem(.serviceUnavailable, "Too many pages watch the stream. Close some and try again.")
            }
            let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
            let body = Self.body(events, order).cancelOnGracefulShutdown()
            return Response(status: .ok, headers: headers, body: ResponseBody(asyncSequence: body))
        }
    }

    private enum Item: Sendable { case begin, event(FleetEvent), heartbeat, end }

    private static func body(
        _ events: AsyncStream<FleetEvent>, _ order: StreamOrder
    ) -> some AsyncSequence<ByteBuffer, any Error> & Sendable {
        let told = chain([Item.begin].async, events.map(Item.event), [Item.end].async)
        let beats = AsyncTimerSequence(interval: heartbeat, clock: .continuous).map { _ in Item.heartbeat }
        return merge(told, beats).prefix { item in
            if case .end = item { return false }
            return true
        }.map { item in
            switch item {
            case .event(let event):
                ByteBuffer(
                    string: "id: \(event.number)\nevent: \(event.kind.rawValue)\ndata: \(event.data(withValuesOf: order.values))\n\n")
            case .begin, .end: ByteBuffer(string: "retry: 2000\n\n")
            case .heartbeat: ByteBuffer(string: order.wantsBeats ? ": alive\n\nevent: beat\ndata: {}\n\n" : ": alive\n\n")
            }
        }
    }
}

/// What a watcher wants to hear.
struct StreamOrder: Sendable, Equatable {
    static let maximumCards = 100

    /// Whether the heartbeat comes as an event too: pages don't see comments.
    let wantsBeats: Bool
    /// The cards whose readings come with their values; nil: all.
    let values: Set<Int64>?

    init(_ request: Request) throws(Problem) {
        let query = request.uri.queryParameters
        wantsBeats = query["beats"] == "true"
        switch query["values"] {
        case nil: values = nil
        case "none": values = []
        case .some(let list):
            let cards = list.split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) }
            guard cards.count <= Self.maximumCards, cards.allSatisfy({ $0 != nil }) else {
                throw .invalid("values", "values is none, or up to \(Self.maximumCards) numbers of cards, with commas between them.")
            }
            values = Set(cards.compactMap(\.self))
        }
    }
}
