import Alarming
import PowerDevice

// Who is told what, and what became of it.

extension OpenAPIDocument {
    static let notificationOperations: [OpenAPIOperation] =
        channelOperations + routeOperations + windowOperations + [
            OpenAPIOperation(
                id: "listNotifications", method: .get, path: "/api/v1/notifications", tag: .notifications, role: .viewer,
                summary: "List messages and what became of them, newest first.",
                parameters: [
                    OpenAPIParameter("state", .oneOf(DeliveryState.self), "Only these."),
                    OpenAPIParameter("channel", .integer, "Only those to the channel."),
                    OpenAPIParameter("incident", .integer, "Only those about the incident."),
                    OpenAPIParameter("alarm", .integer, "Only those about the alarm."),
                    OpenAPIParameter("from", .time, "Not older."), OpenAPIParameter("to", .time, "Older than this."), .limit, .cursor,
                ],
                answer: .json(200, "NotificationPage"), problems: [422: "A filter can't be read."]),
            OpenAPIOperation(
                id: "showNotification", method: .get, path: "/api/v1/notifications/{id}", tag: .notifications, role: .viewer,
                summary: "Show a message.", answer: .json(200, "Notification")),
            OpenAPIOperation(
                id: "retryNotification", method: .post, path: "/api/v1/notifications/{id}/retry", tag: .notifications, role: .operator,
                summary: "Send a message once more, under the same id.", answer: .json(200, "Notification"),
                problems: [409: "It waits or is being sent already, or its channel is gone or switched off."]),
            OpenAPIOperation(
                id: "previewNotification", method: .post, path: "/api/v1/notifications/preview", tag: .notifications, role: .operator,
                summary: "Ask who would be told, and why nobody.",
                details: "Give one of `tell` (an example), `incident` and `alarm`. Nothing is sent.", body: .json("PreviewOrder"),
                answer: .json(200, "Preview"), problems: [422: "None or several are given, or there is no such record."]),
        ]

    private static let channelProblems = [409: "The name is taken.", 422: "A setting or a secret breaks the rules of the kind."]

    private static let channelOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listChannels", method: .get, path: "/api/v1/notifications/channels", tag: .notifications, role: .viewer,
            summary: "List the channels; only administrators see settings.", parameters: [.limit, .cursor],
            answer: .json(200, "ChannelPage")),
        OpenAPIOperation(
            id: "addChannel", method: .post, path: "/api/v1/notifications/channels", tag: .notifications, role: .admin,
            summary: "Add a channel.", body: .json("NewChannel"), answer: .json(201, "Channel"), problems: channelProblems),
        OpenAPIOperation(
            id: "showChannel", method: .get, path: "/api/v1/notifications/channels/{id}", tag: .notifications, role: .admin,
            summary: "Show a channel.", answer: .json(200, "Channel")),
        OpenAPIOperation(
            id: "changeChannel", method: .patch, path: "/api/v1/notifications/channels/{id}", tag: .notifications, role: .admin,
            summary: "Change a channel.", details: "What is left out stays. A secret that is null is taken away.",
            body: .json("ChannelChange"), answer: .json(200, "Channel"), problems: channelProblems),
        OpenAPIOperation(
            id: "removeChannel", method: .delete, path: "/api/v1/notifications/channels/{id}", tag: .notifications, role: .admin,
            summary: "Remove a channel. What waits for it is not sent.", answer: .nothing),
        OpenAPIOperation(
            id: "testChannel", method: .post, path: "/api/v1/notifications/channels/{id}/test", tag: .notifications, role: .admin,
            summary: "Send a test message now, and show what the far end answers.", answer: .json(200, "ChannelTest"),
            problems: [422: "The channel's settings don't hold any more."]),
    ]

    private static let routeProblems = [409: "The name is taken.", 422: "Hours, channels, minutes or names break the rules."]

    private static let routeOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listNotificationRoutes", method: .get, path: "/api/v1/notifications/routes", tag: .notifications, role: .viewer,
            summary: "List the routes in their order.", parameters: [.limit, .cursor], answer: .json(200, "NotificationRoutePage")),
        OpenAPIOperation(
            id: "addNotificationRoute", method: .post, path: "/api/v1/notifications/routes", tag: .notifications, role: .operator,
            summary: "Add a route.",
            details: "As long as there is no route, warnings and what is worse go to all channels.", body: .json("NewNotificationRoute"),
            answer: .json(201, "NotificationRoute"), problems: routeProblems),
        OpenAPIOperation(
            id: "showNotificationRoute", method: .get, path: "/api/v1/notifications/routes/{id}", tag: .notifications, role: .viewer,
            summary: "Show a route.", answer: .json(200, "NotificationRoute")),
        OpenAPIOperation(
            id: "changeNotificationRoute", method: .patch, path: "/api/v1/notifications/routes/{id}", tag: .notifications, role: .operator,
            summary: "Change a route.", details: "What is left out stays.", body: .json("NotificationRouteChange"),
            answer: .json(200, "NotificationRoute"), problems: routeProblems),
        OpenAPIOperation(
            id: "removeNotificationRoute", method: .delete, path: "/api/v1/notifications/routes/{id}", tag: .notifications,
            role: .operator, summary: "Remove a route.", answer: .nothing),
    ]

    private static let windowProblems = [409: "The name is taken.", 422: "The time or the scope breaks the rules."]

    private static let windowOperations: [OpenAPIOperation] = [
        OpenAPIOperation(
            id: "listWindows", method: .get, path: "/api/v1/notifications/windows", tag: .notifications, role: .viewer,
            summary: "List the maintenance windows.", parameters: [.limit, .cursor], answer: .json(200, "WindowPage")),
        OpenAPIOperation(
            id: "addWindow", method: .post, path: "/api/v1/notifications/windows", tag: .notifications, role: .operator,
            summary: "Add a maintenance window.",
            details: "What is still the matter when it ends is told then.", body: .json("NewWindow"), answer: .json(201, "Window"),
            problems: windowProblems),
        OpenAPIOperation(
            id: "showWindow", method: .get, path: "/api/v1/notifications/windows/{id}", tag: .notifications, role: .viewer,
            summary: "Show a maintenance window.", answer: .json(200, "Window")),
        OpenAPIOperation(
            id: "changeWindow", method: .patch, path: "/api/v1/notifications/windows/{id}", tag: .notifications, role: .operator,
            summary: "Change a maintenance window.", details: "What is left out stays.", body: .json("WindowChange"),
            answer: .json(200, "Window"), problems: windowProblems),
        OpenAPIOperation(
            id: "removeWindow", method: .delete, path: "/api/v1/notifications/windows/{id}", tag: .notifications, role: .operator,
            summary: "Remove a maintenance window.", answer: .nothing),
    ]
}
