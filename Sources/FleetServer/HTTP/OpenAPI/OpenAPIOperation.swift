/// An operation of the API: a row of the document.
struct OpenAPIOperation: Sendable {
    enum Method: String, Sendable {
        case get, post, patch, delete

        var changesSomething: Bool { self != .get }
    }

    enum Tag: String, Sendable, CaseIterable {
        case session, users, cards, alarms, incidents, organisation, discoveries, credentials, firmware, campaigns, rules, notifications,
            stream, system,
            service

        var description: String {
            switch self {
            case .session: "Log in, who am I, log out."
            case .users: "Users, their API tokens, and the record of who did what."
            case .cards: "The inventory, live values, history, alarms, and orders to cards."
            case .alarms: "What is wrong in the fleet, and what is done about it."
            case .incidents: "What belongs together of what is wrong, and what was told of it."
            case .organisation: "Sites, tags and groups."
            case .credentials: "Credentials for many cards. Secrets are written, never shown."
            case .discoveries: "Search for cards, and decide about what was found."
            case .firmware: "The library of firmware images."
            case .campaigns: "Bring an image to many cards."
            case .rules: "Rules that raise alarms."
            case .notifications: "Who is told what is the matter, and what became of it."
            case .stream: "What happens in the fleet, as it happens."
            case .system: "The server's storage and work."
            case .service: "The server itself. No login."
            }
        }
    }

    enum Body: Sendable {
        /// A JSON document of the component.
        case json(String)
        /// The same, but the request may also come without a body.
        case optionalJSON(String)
        case bytes
        /// A text of one of these types.
        case text([String])
    }

    enum Answer: Sendable {
        /// A JSON document of the component.
        case json(Int, String)
        /// A JSON document of any form.
        case anyJSON
        case text(contentType: String, members: [String: JSONValue])
        /// 204.
        case nothing

        static let plainText = Answer.text(contentType: "text/plain", members: [:])
    }

    let id: String
    let method: Method
    /// With `{name}` for parameters.
    let path: String
    let tag: Tag
    /// The least role that may do it; nil: no login needed.
    let role: Role?
    let summary: String
    var details: String?
    var parameters: [OpenAPIParameter] = []
    var body: Body?
    let answer: Answer
    /// Headers of the successful answer, and what they say.
    var answerHeaders: [String: String] = [:]
    /// Problems by status, beyond those that follow from the rest of the row.
    var problems: [Int: String] = [:]
}

extension OpenAPIOperation {
    /// The parameters in the path, those of the row, and the `Idempotency-Key` of every change behind the login.
    var allParameters: [OpenAPIParameter] {
        let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            OpenAPIParameter.path(String($0.dropFirst().dropLast()))
        }
        return inPath + parameters + (isRepeatable ? [.idempotencyKey] : [])
    }

    /// Whether an `Idempotency-Key` makes it safe to repeat.
    var isRepeatable: Bool { method.changesSomething && role != nil }

    /// All problems by status, in words.
    var allProblems: [Int: String] {
        var found: [Int: [String]] = [:]
        if isRepeatable {
            found[400, default: []].append("The Idempotency-Key has no or more than 128 characters.")
            found[409, default: []].append("The first request with this Idempotency-Key is still running.")
            found[422, default: []].append("The Idempotency-Key was used for another request.")
        }
        switch body {
        case .json, .optionalJSON:
            found[400, default: []].append("The body is not JSON, a field is missing, or a field has another type.")
            found[413, default: []].append("The body is too large.")
        case .bytes, .text: found[413, default: []].append("The body is too large.")
        case nil: break
        }
        if let role {
            found[401, default: []].append("No valid token or session came with the request.")
            if role > .viewer { found[403, default: []].append("Needs the role \(role.rawValue).") }
            if method.changesSomething { found[403, default: []].append("A session cookie came without the header X-NVFleet-Request.") }
        }
        if path.contains("{") { found[404, default: []].append("There is no such record.") }
        if parameters.contains(where: { $0.name == "limit" }) { found[422, default: []].append("limit is not from 1 to 500.") }
        for (status, sentence) in problems { found[status, default: []].insert(sentence, at: 0) }
        return found.mapValues { $0.joined(separator: " ") }
    }
}
