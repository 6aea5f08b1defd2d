import AsyncHTTPClient
import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// The HTTP side of remote-write. Certificates are verified by the system's trust store; redirects are not followed: credentials go where the
/// configuration says, and nowhere else.
struct RemoteWriteTransport: Service {
    static let timeout = TimeAmount.seconds(30)
    /// Of an answer that is read for its words.
    private static let largestAnswer = 64 << 10

    private let settings: RemoteWriteSettings
    private let client: HTTPClient

    init(settings: RemoteWriteSettings) {
        self.settings = settings
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends the client's connections when the server stops, after those that use it.
    func run() async throws {
        try? await gracefulShutdown()
        try await client.shutdown()
    }

    func send(_ body: [UInt8]) async -> RemoteWriteOutcome {
        do {
            var request = HTTPClientRequest(url: settings.url)
            request.method = .POST
            request.headers = [
                "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "X-Prometheus-Remote-Write-Version": "0.1.0",
                "User-Agent": "NVFleet/\(FleetServer.version)",
            ]
            if let authorization = try await settings.authorization() { request.headers.add(name: "Authorization", value: authorization) }
            request.body = .bytes(body)
            let response = try await client.execute(request, timeout: Self.timeout)
            let words = try? await response.body.collect(upTo: Self.largestAnswer)
            return RemoteWriteOutcome(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"),
                words: words.map { String(buffer: $0) } ?? "")
        } catch {
            return .later("\(error)", after: nil)
        }
    }
}

/// What remote-write needs before there is a poller: where samples come in, and where they go out.
struct RemoteWriteOutlet: Sendable {
    let settings: RemoteWriteSettings
    let transport: RemoteWriteTransport
    private let intake = RemoteWriteIntake()

    init(settings: RemoteWriteSettings) {
        self.settings = settings
        transport = RemoteWriteTransport(settings: settings)
    }

    var sinks: [any SampleSink] { [intake] }

    func service(
        figures: @escaping @Sendable () -> [CardFigures], now: @escaping @Sendable () -> Date, logger: Logger
    ) -> RemoteWriteService {
        RemoteWriteService(intake: intake, settings: settings, transport: transport.send, figures: figures, now: now, logger: logger)
    }
}
