package import Hummingbird
package import Logging

/// The HTTP API for an EMD that stands alone (`upssim --emd`).
///
///     GET /state    PUT /emd {"temperature": 31, "humidity": 50, "inputs": [true, false], "present": true}
package struct EnvironmentControl: Sendable {
    private let environment: EnvironmentSimulator

    package init(_ environment: EnvironmentSimulator) { self.environment = environment }

    package func router() -> Router<ControlRequestContext> {
        let router = Router(context: ControlRequestContext.self)
        router.add(middleware: ControlProblemMiddleware())
        router.get("state") { [environment] _, _ in EnvironmentState(environment) }
        router.put("emd") { [environment] request, context in try await SimulationControl.change(environment, request, context) }
        return router
    }

    /// A server for the API; run it as a service.
    /// - Parameter onRunning: told once the server listens, with its bound address.
    package func application(
        host: String, port: Int, logger: Logger, onRunning: @escaping @Sendable (String) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        SimulationControl.application(router(), host: host, port: port, logger: logger, onRunning: onRunning)
    }
}
