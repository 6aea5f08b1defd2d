import HTTPTypes
import Hummingbird

/// Resets and the clock of a card.
extension SimulationControl {
    func addOperations(to router: some RouterMethods<ControlRequestContext>, card: @escaping CardOf) {
        router.post("reset") { request, context in
            guard let operations = try card(context).operations else { throw Self.noCard }
            let example = "{\"kind\": one of \(ControlledCard.ResetKind.allCases.map(\.rawValue).joined(separator: ", "))}"
            let body = try await request.document(ResetBody.self, context, like: example)
            guard let kind = ControlledCard.ResetKind(rawValue: body.kind) else {
                throw ControlProblem.invalid("kind", "The body must be JSON like \(example).")
            }
            try await operations.reset(kind)
            return EditedResponse(status: .accepted, response: body)
        }
        router.put("time") { request, context in
            guard let operations = try card(context).operations else { throw Self.noCard }
            let body = try await request.document(TimeBody.self, context, like: #"{"utc": "2026-11-23T04:00:00Z"}"#)
            guard let instant = TimeStamp.instant(body.utc) else {
                throw ControlProblem.invalid("utc", "utc is a time like 2026-11-23T04:00:00Z, not \"\(body.utc)\".")
            }
            try await operations.setTime(instant)
            return TimeBody(utc: TimeStamp.text(instant))
        }
    }

    private struct ResetBody: Codable, ResponseEncodable {
        let kind: String
    }

    private struct TimeBody: Codable, ResponseEncodable {
        let utc: String
    }
}
