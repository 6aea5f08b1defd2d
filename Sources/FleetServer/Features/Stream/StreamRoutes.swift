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
        group.get("stream") { _, _ -> Response in
            guard let events = hub.watch() else {
                throw Problem(.serviceUnavailable, "Too many pages watch the stream. Close some and try again.")
            }
            let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
            let body = Self.body(events).cancelOnGracefulShutdown()
            return Response(status: .ok, headers: headers, body: ResponseBody(asyncSequence: body))
        }
    }

    private enum Item: Sendable { case begin, event(FleetEvent), heartbeat, end }

    private static func body(_ events: AsyncStream<FleetEvent>) -> some AsyncSequence<ByteBuffer, any Error> & Sendable {
        let told = chain([Item.begin].async, events.map(Item.event), [Item.end].async)
        let beats = AsyncTimerSequence(interval: heartbeat, clock: .continuous).map { _ in Item.heartbeat }
        return merge(told, beats).prefix { item in
            if case .end = item { return false }
            return true
        }.map { item in
            switch item {
            case .event(let event): ByteBuffer(string: "id: \(event.number)\nevent: \(event.kind.rawValue)\ndata: \(event.data)\n\n")
            case .begin, .end: ByteBuffer(string: "retry: 2000\n\n")
            case .heartbeat: ByteBuffer(string: ": alive\n\n")
            }
        }
    }
}
