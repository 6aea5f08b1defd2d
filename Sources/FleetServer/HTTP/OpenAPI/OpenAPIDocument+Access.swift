// Sessions, users, tokens, the audit log.

extension OpenAPIDocument {
    static let sessionOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "openSession", method: .post, path: "/api/v1/session", tag: .session, role: nil, summary: "Log in.",
            details: "The token goes into `Authorization: Bearer`; browsers get it as a cookie too.", body: .json("Login"),
            answer: .json(200, "OpenedSession"), answerHeaders: ["Set-Cookie": "The session's cookie: HttpOnly, SameSite=Strict."],
            problems: [401: "User name or password is wrong.", 429: "Too many wrong passwords; wait before the next try."]),
        OpenAPIOperation(
            id: "showSession", method: .get, path: "/api/v1/session", tag: .session, role: .viewer, summary: "Who am I?",
            answer: .json(200, "Session")),
        OpenAPIOperation(
            id: "closeSession", method: .delete, path: "/api/v1/session", tag: .session, role: .viewer, summary: "Log out.",
            details: "Ends the token with which the request came, whether it is a session's or an API token.", answer: .nothing,
            answerHeaders: ["Set-Cookie": "Removes the session's cookie."]),
    ]

    static let sessionSchemas: [String: Schema] = [
        "Login": .object(["username": .text, "password": .text]),
        "SessionUser": .object(["id": .integer, "username": .text, "role": .oneOf(Role.self).described("What the token may do.")]),
        "OpenedSession": .object(["token": .text, "expiresAt": .time, "user": .component("SessionUser")]),
        "Session": .object(["user": .component("SessionUser"), "expiresAt": .time.orNull]),
    ]

    static let userOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listUsers", method: .get, path: "/api/v1/users", tag: .users, role: .admin, summary: "List the users.",
            details: "All in one page.", answer: .json(200, "UserPage")),
        OpenAPIOperation(
            id: "addUser", method: .post, path: "/api/v1/users", tag: .users, role: .admin, summary: "Add a user.", body: .json("NewUser"),
            answer: .json(201, "User"),
            problems: [409: "There is a user of this name already.", 422: "User name or password break the rules."]),
        OpenAPIOperation(
            id: "changeUser", method: .patch, path: "/api/v1/users/{id}", tag: .users, role: .viewer,
            summary: "Change a user's password or role.",
            details: "Everybody may change their own password; the rest needs the role admin. A new password ends the user's sessions.",
            body: .json("UserChange"), answer: .json(200, "User"),
            problems: [
                403: "Another user's password and every role need the role admin.", 409: "This is the only administrator.",
                422: "The password breaks the rules.",
            ]),
        OpenAPIOperation(
            id: "removeUser", method: .delete, path: "/api/v1/users/{id}", tag: .users, role: .admin,
            summary: "Remove a user, with all tokens.", answer: .nothing, problems: [409: "This is the only administrator."]),
        OpenAPIOperation(
            id: "listTokens", method: .get, path: "/api/v1/tokens", tag: .users, role: .viewer, summary: "List the API tokens.",
            details: "One's own; for administrators those of all users. All in one page.", answer: .json(200, "AccessTokenPage")),
        OpenAPIOperation(
            id: "addToken", method: .post, path: "/api/v1/tokens", tag: .users, role: .viewer, summary: "Make an API token for oneself.",
            details: "Its role is never above one's own. The token is told this once.", body: .json("NewToken"),
            answer: .json(201, "IssuedToken"), problems: [422: "The name is empty or too long."]),
        OpenAPIOperation(
            id: "removeToken", method: .delete, path: "/api/v1/tokens/{id}", tag: .users, role: .viewer, summary: "End an API token.",
            details: "One's own; administrators end those of all users.", answer: .nothing),
        OpenAPIOperation(
            id: "listAudit", method: .get, path: "/api/v1/audit", tag: .users, role: .admin, summary: "Who did what, the newest first.",
            parameters: [.limit, .cursor], answer: .json(200, "AuditEntryPage")),
    ]

    private static let password = Schema.text(12...256)

    static let userSchemas: [String: Schema] = [
        "User": .object(["id": .integer, "username": .text, "role": .oneOf(Role.self), "createdAt": .time]),
        "UserPage": .page(of: "User"),
        "NewUser": .object([
            "username": .text(1...64, pattern: "^[A-Za-z0-9._@-]+$"), "password": password, "role": .oneOf(Role.self),
        ]),
        "UserChange": .object(["password": password.optional, "role": .oneOf(Role.self).optional]),
        "AccessToken": .object([
            "id": .integer, "name": .text.orNull, "user": .text.described("Whose token it is."), "role": .oneOf(Role.self),
            "createdAt": .time, "expiresAt": .time.orNull.described("Null: never."),
        ]),
        "AccessTokenPage": .page(of: "AccessToken"),
        "NewToken": .object([
            "name": .text(1...64), "role": .oneOf(Role.self).optional.described("Without it: one's own."),
            "expiresAt": .time.optional.described("Without it the token does not expire."),
        ]),
        "IssuedToken": .object(["id": .integer, "token": .text]),
        "AuditEntry": .object([
            "id": .integer, "at": .time, "user": .text, "action": .text.described("What was done, such as `card.change`."),
            "target": .text.orNull, "detail": .text.orNull,
        ]),
        "AuditEntryPage": .page(of: "AuditEntry"),
    ]
}
