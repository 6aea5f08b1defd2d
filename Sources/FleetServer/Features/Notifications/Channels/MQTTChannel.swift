import FoundationEssentials
import NIOPosix

/// Publishes messages at an MQTT broker, with quality of service 1: what the broker has acknowledged is delivered.
///
/// The connection is kept, so that its last will tells when the server is gone.
final class MQTTChannel: NotificationChannel {
    private static let timeout = Duration.seconds(25)

    private let messages: MQTTMessages
    private let session: MQTTSession
    private let threads: NIOThreadPool

    init(access: MQTTAccess, messages: MQTTMessages) {
        self.messages = messages
        let session = MQTTSession(access: access, availabilityTopic: messages.availabilityTopic)
        self.session = session
        // libmosquitto's calls wait, and one connection stays on one thread.
        threads = NIOThreadPool(numberOfThreads: 1)
        threads.start()
        threads.submit { state in
            guard case .active = state else { return session.close() }
            session.run()
        }
    }

    deinit { session.close() }

    func send(_ message: NotificationMessage) async -> DeliveryOutcome {
        await session.publish(messages.publications(of: message))
    }

    func close() async {
        session.close()
        try? await threads.shutdownGracefully()
    }
}
