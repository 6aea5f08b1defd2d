import HTTPTypes
import Hummingbird

extension Router<FleetRequestContext> {
    /// Answers the methods that a path does not take with those that it takes (RFC 9110 §15.5.6). To be called when all routes are there.
    func refuseOtherMethods() {
        let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
        for (description, routes) in Dictionary(grouping: routes, by: \.path.description) {
            let taken = methods.filter { method in routes.contains { $0.method == method } }
            let allow = taken.map(\.rawValue).joined(separator: ", ")
            for method in methods where !taken.contains(method) {
                on(RouterPath(description), method: method) { _, _ -> Response in
                    throw Problem(.methodNotAllowed, "This takes \(allow) only.", headers: [.allow: allow])
                }
            }
        }
    }
}
