extension OpenAPIOperation {
    /// The operation object of OpenAPI 3.1.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .text(id), "tags": [.text(tag.rawValue)], "summary": .text(summary), "security": security,
            "responses": .object(responses),
        ]
        members["description"] = details.map(JSONValue.text)
        if !allParameters.isEmpty { members["parameters"] = .list(allParameters.map(\.json)) }
        members["requestBody"] = body?.json
        return .object(members)
    }

    /// A bearer token; or the session's cookie, with the header of our own pages if something changes. In brackets: the role that it needs.
    private var security: JSONValue {
        guard let role else { return [] }
        let roles: JSONValue = [.text(role.rawValue)]
        return method.changesSomething ? [["token": roles], ["session": roles, "page": []]] : [["token": roles], ["session": roles]]
    }

    private var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = ["\(answer.status)": answer.json(headers: answerHeaders)]
        for (status, sentence) in allProblems {
            var problem: [String: JSONValue] = [
                "description": .text(sentence), "content": ["application/problem+json": ["schema": Schema.component("Problem").json]],
            ]
            if status == 429, tag == .session { problem["headers"] = Self.headers(["Retry-After": "Seconds to wait."]) }
            responses["\(status)"] = .object(problem)
        }
        return responses
    }

    fileprivate static func headers(_ headers: [String: String]) -> JSONValue {
        .object(headers.mapValues { ["description": .text($0), "schema": Schema.text.json] })
    }
}

extension OpenAPIOperation.Body {
    var json: JSONValue {
        switch self {
        case .json(let component):
            ["required": true, "content": ["application/json": ["schema": Schema.component(component).json]]]
        case .optionalJSON(let component):
            ["required": false, "content": ["application/json": ["schema": Schema.component(component).json]]]
        case .bytes:
            ["required": true, "content": ["application/octet-stream": [:]]]
        case .text(let types):
            [
                "required": true,
                "content": .object(Dictionary(uniqueKeysWithValues: types.map { ($0, ["schema": Schema.text.json] as JSONValue) })),
            ]
        }
    }
}

extension OpenAPIOperation.Answer {
    var status: Int {
        switch self {
        case .json(let status, _): status
        case .anyJSON, .text: 200
        case .nothing: 204
        }
    }

    func json(headers: [String: String]) -> JSONValue {
        var members: [String: JSONValue] = ["description": .text(description)]
        switch self {
        case .json(_, let component): members["content"] = ["application/json": ["schema": Schema.component(component).json]]
        case .anyJSON: members["content"] = ["application/json": ["schema": ["type": "object"]]]
        case .text(let contentType, let more):
            members["content"] = [contentType: .object(more.merging(["schema": Schema.text.json]) { given, _ in given })]
        case .nothing: break
        }
        if !headers.isEmpty { members["headers"] = OpenAPIOperation.headers(headers) }
        return .object(members)
    }

    private var description: String {
        switch status {
        case 201: "Made."
        case 202: "Begun."
        case 204: "Done; there is nothing to say."
        default: "The answer."
        }
    }
}
