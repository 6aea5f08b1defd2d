import ServiceLifecycle

/// Ends the watchers' streams when the server stops, so that their connections don't hold it up.
struct EventHubService: Service {
    let hub: EventHub

    func run() async throws {
        try? await gracefulShutdown()
        hub.finish()
    }
}
