import PowerDevice

/// Decides who is told.
package struct Routing: Sendable {
    package struct NamedRoute: Sendable {
        package let id: Int64?
        package let name: String
        package let route: Route

        package init(id: Int64?, name: String, route: Route) {
            self.id = id
            self.name = name
            self.route = route
        }
    }

    /// Whom somebody has told, or is to tell, the beginning.
    package struct Told: Sendable, Hashable {
        package let channel: Int64
        package let route: Int64?

        package init(channel: Int64, route: Int64?) {
            self.channel = channel
            self.route = route
        }
    }

    /// Why a message waits, or what it is.
    package enum Reason: String, Sendable, Codable {
        case quietHours, digest, escalation
    }

    package struct Planned: Sendable, Equatable {
        package let channel: Int64
        package let route: Int64?
        /// Seconds from now.
        package var delay: Int64
        package var reason: Reason?
        /// Of an escalation, counted from 1; else 0.
        package var step = 0
    }

    package enum Decision: Sendable, Equatable {
        case told([Planned])
        /// Nobody is told, and why in a word: noRoute, noChannel, neverTold, notWanted, shelved.
        case suppressed(String)
        /// Seconds until the window is over; then it is looked at again.
        case maintenance(window: String, seconds: Int64)
    }

    private let routes: [NamedRoute]
    private let windows: [(name: String, window: MaintenanceWindow)]
    private let zones: @Sendable (String) -> ZoneRules?

    /// - Parameters:
    ///   - routes: in their order; none: the standard route to `channels`. - channels: all that are in use.
    ///   - zones: the rules of a time zone by its name.
    package init(
        routes: [NamedRoute], windows: [(name: String, window: MaintenanceWindow)], channels: [Int64],
        zones: @escaping @Sendable (String) -> ZoneRules?
    ) {
        self.routes = routes.isEmpty ? [NamedRoute(id: nil, name: "standard", route: .standard(channels))] : routes
        self.windows = windows
        self.zones = zones
    }

    /// - Parameters:
    ///   - told: whom the beginning was told; decides about a sequel. - now: seconds since 1970 by the wall clock.
    package func decide(_ tell: Tell, told: Set<Told> = [], now: Int64) -> Decision {
        if tell.isShelved, !tell.kind.isSequel { return .suppressed("shelved") }
        if let open = openWindow(for: tell, now: now) { return .maintenance(window: open.name, seconds: open.end - now) }
        return tell.kind.isSequel ? sequel(tell, told, now) : beginning(tell, now)
    }

    /// The routes that match, in their order.
    package func matching(_ tell: Tell, now: Int64) -> [NamedRoute] {
        var found: [NamedRoute] = []
        for route in routes where route.route.matches(tell, at: now, zones: zones) {
            found.append(route)
            if !route.route.goesOn { break }
        }
        return found
    }

    private func openWindow(for tell: Tell, now: Int64) -> (name: String, end: Int64)? {
        windows.lazy.filter { $0.window.covers(tell) }
            .compactMap { item in item.window.end(at: now, zones: zones).map { (item.name, $0) } }.max { $0.1 < $1.1 }
    }

    private func beginning(_ tell: Tell, _ now: Int64) -> Decision {
        let matching = matching(tell, now: now)
        guard !matching.isEmpty else { return .suppressed("noRoute") }
        var planned: [Planned] = []
        for route in matching {
            for channel in route.route.channels { planned.append(plan(tell, route, channel, now)) }
            if tell.kind.isBeginning || tell.kind == .changed { planned += escalation(of: route) }
        }
        let messages = Self.oncePerChannel(planned)
        return messages.isEmpty ? .suppressed("noChannel") : .told(messages)
    }

    private func sequel(_ tell: Tell, _ told: Set<Told>, _ now: Int64) -> Decision {
        guard !told.isEmpty else { return .suppressed("neverTold") }
        var planned: [Planned] = []
        for one in told.sorted(by: { ($0.channel, $0.route ?? 0) < ($1.channel, $1.route ?? 0) }) {
            let known = routes.first { $0.id == one.route }
            let route = known ?? NamedRoute(id: one.route, name: "", route: Route())
            let isWanted = tell.kind == .acknowledged ? route.route.tellsAcknowledgement : route.route.tellsEnd
            if isWanted { planned.append(plan(tell, route, one.channel, now)) }
        }
        let messages = Self.oncePerChannel(planned)
        return messages.isEmpty ? .suppressed("notWanted") : .told(messages)
    }

    private func plan(_ tell: Tell, _ route: NamedRoute, _ channel: Int64, _ now: Int64) -> Planned {
        var planned = Planned(channel: channel, route: route.id, delay: 0)
        if let quiet = route.route.quietHours, tell.severity < quiet.below,
            let end = zones(quiet.hours.zone).flatMap({ quiet.hours.end(after: now, in: $0) })
        {
            (planned.delay, planned.reason) = (end - now, .quietHours)
        } else if let minutes = route.route.digestMinutes, tell.severity < .critical {
            (planned.delay, planned.reason) = (Int64(minutes) * 60, .digest)
        }
        return planned
    }

    private func escalation(of route: NamedRoute) -> [Planned] {
        route.route.escalation.enumerated().flatMap { index, step in
            step.channels.map {
                Planned(channel: $0, route: route.id, delay: Int64(step.minutes) * 60, reason: .escalation, step: index + 1)
            }
        }
    }

    /// Of several ways to one channel the soonest; each step of an escalation counts for itself.
    private static func oncePerChannel(_ planned: [Planned]) -> [Planned] {
        var kept: [Planned] = []
        for plan in planned {
            guard let index = kept.firstIndex(where: { $0.channel == plan.channel && $0.step == plan.step }) else {
                kept.append(plan)
                continue
            }
            if plan.delay < kept[index].delay { kept[index] = plan }
        }
        return kept
    }
}
