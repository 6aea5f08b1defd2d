/// The description of the API that the server gives of itself (OpenAPI 3.1).
enum OpenAPIDocument {
    static let operations: [OpenAPIOperation] =
        sessionOperations + userOperations + cardOperations + cardOrderOperations + inventoryOperations + discoveryOperations
        + findingOperations + firmwareOperations + campaignOperations + pollingOperations + streamOperations + serviceOperations
        + receiverOperations + gatewayOperations + telemetryOperations + profileOperations
        + alarmOperations + incidentOperations + alarmRuleOperations + notificationOperations

    static let schemas: [String: Schema] = [
        sessionSchemas, userSchemas, cardSchemas, cardRequestSchemas, inventorySchemas, discoverySchemas, findingSchemas, firmwareSchemas,
        campaignSchemas, streamSchemas, serviceSchemas, pollingSchemas, receiverSchemas, gatewaySchemas, telemetrySchemas,
        profileSchemas,
        alarmSchemas,
        incidentSchemas,
        alarmRuleSchemas,
        notificationSchemas,
    ].reduce(into: [:]) { all, group in all.merge(group) { first, _ in first } }

    static var json: JSONValue {
        [
            "openapi": "3.1.0", "info": info, "servers": [["url": "/"]], "paths": paths,
            "tags": .list(OpenAPIOperation.Tag.allCases.map { ["name": .text($0.rawValue), "description": .text($0.description)] }),
            "components": ["schemas": .object(schemas.mapValues(\.json)), "securitySchemes": securitySchemes],
        ]
    }

    private static let info: JSONValue = [
        "title": "NVFleet", "version": .text(FleetServer.version),
        "description": """
        Finds, watches and upgrades NET VISION cards. Times are RFC 3339 in UTC; errors are problem documents (RFC 9457). \
        Roles: viewer, operator, admin; each may do what those before it may. Lists come in pages: `next` is the cursor of the page after.
        """,
    ]

    private static var paths: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        for operation in operations { paths[operation.path, default: [:]][operation.method.rawValue] = operation.json }
        return .object(paths.mapValues(JSONValue.object))
    }

    private static let securitySchemes: JSONValue = [
        "token": [
            "type": "http", "scheme": "bearer", "description": "`Authorization: Bearer` with the token of a session or an API token.",
        ],
        "session": [
            "type": "apiKey", "in": "cookie", "name": .text(AuthenticationMiddleware.cookieName),
            "description": "The cookie that `POST /api/v1/session` sets.",
        ],
        "page": [
            "type": "apiKey", "in": "header", "name": "X-NVFleet-Request",
            "description": "With the cookie, a request that changes something needs this header (value 1): no foreign page can send it.",
        ],
    ]
}
