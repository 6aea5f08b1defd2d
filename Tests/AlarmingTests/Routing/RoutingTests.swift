import PowerDevice
import Testing

@testable import Alarming

struct RoutingTests {
    /// A Monday, 12:00 UTC.
    private static let noon: Int64 = 1_795_435_200

    private static func route(_ id: Int64, _ channels: [Int64], _ change: (inout Route) -> Void = { _ in }) -> Routing.NamedRoute {
        var route = Route()
        route.channels = channels
        change(&route)
        return Routing.NamedRoute(id: id, name: "route \(id)", route: route)
    }

    private static func routing(
        _ routes: [Routing.NamedRoute], windows: [(name: String, window: MaintenanceWindow)] = [], channels: [Int64] = [1, 2]
    ) -> Routing {
        Routing(routes: routes, windows: windows, channels: channels) { $0 == "UTC" ? .utc : nil }
    }

    private static func channels(_ decision: Routing.Decision) -> [Int64] {
        guard case .told(let planned) = decision else { return [] }
        return planned.filter { $0.step == 0 }.map(\.channel)
    }

    private let opened = Tell(
        kind: .opened, severity: .warning, site: "Bern", cause: "power",
        cards: [Tell.Card(id: 1, tags: ["lab"]), Tell.Card(id: 2, tags: ["office"])])

    @Test func tellsAllChannelsOfWarningsWhileThereIsNoRoute() {
        let routing = Self.routing([])
        #expect(Self.channels(routing.decide(opened, now: Self.noon)) == [1, 2])
        var news = opened
        news.severity = .information
        #expect(routing.decide(news, now: Self.noon) == .suppressed("noRoute"))
        #expect(Self.routing([], channels: []).decide(opened, now: Self.noon) == .suppressed("noChannel"))
    }

    @Test(arguments: [
        ("site", true), ("other site", false), ("tag", true), ("other tag", false), ("card", true), ("severity", false), ("cause", true),
        ("kind", false), ("alarm", false), ("hours", true), ("other hours", false),
    ])
    func matchesAllThatIsGiven(_ criterion: String, _ isMatch: Bool) {
        let routing = Self.routing([
            Self.route(1, [7]) { route in
                switch criterion {
                case "site": route.match.sites = ["Bern", "Basel"]
                case "other site": route.match.sites = ["Basel"]
                case "tag": route.match.tags = ["lab"]
                case "other tag": route.match.tags = ["attic"]
                case "card": route.match.cards = [2]
                case "severity": route.match.severity = .critical
                case "cause": route.match.causes = ["power"]
                case "kind": route.match.kinds = [.single]
                case "alarm": route.match.alarms = ["upsAlarmOnBattery"]
                case "hours": route.match.hours = [WeeklyHours(days: [.monday], from: "08:00", to: "18:00")]
                default: route.match.hours = [WeeklyHours(days: [.tuesday], from: "08:00", to: "18:00")]
                }
            }
        ])
        #expect(Self.channels(routing.decide(opened, now: Self.noon)) == (isMatch ? [7] : []))
    }

    @Test func stopsAtARouteThatDoesNotGoOnAndTellsEachChannelOnce() {
        let routes = [Self.route(1, [1, 2]), Self.route(2, [2, 3]) { $0.goesOn = false }, Self.route(3, [4])]
        #expect(Self.channels(Self.routing(routes).decide(opened, now: Self.noon)) == [1, 2, 3])
    }

    @Test func holdsWhatIsNotCriticalUntilTheQuietHoursAreOver() {
        let quiet = Self.route(1, [1]) { $0.quietHours = .init(hours: WeeklyHours(from: "11:00", to: "13:30")) }
        let expected = Routing.Planned(channel: 1, route: 1, delay: 5400, reason: .quietHours)
        #expect(Self.routing([quiet]).decide(opened, now: Self.noon) == .told([expected]))
        var grave = opened
        grave.severity = .critical
        #expect(Self.routing([quiet]).decide(grave, now: Self.noon) == .told([Routing.Planned(channel: 1, route: 1, delay: 0)]))
        // Somebody else who is awake hears it at once.
        let decision = Self.routing([quiet, Self.route(2, [1])]).decide(opened, now: Self.noon)
        #expect(decision == .told([Routing.Planned(channel: 1, route: 2, delay: 0)]))
    }

    @Test func collectsADigest() {
        let decision = Self.routing([Self.route(1, [1]) { $0.digestMinutes = 10 }]).decide(opened, now: Self.noon)
        #expect(decision == .told([Routing.Planned(channel: 1, route: 1, delay: 600, reason: .digest)]))
    }

    @Test func escalatesStepByStepUnlessItIsASequel() {
        let route = Self.route(1, [1]) { $0.escalation = [.init(minutes: 5, channels: [2]), .init(minutes: 30, channels: [1, 3])] }
        guard case .told(let planned) = Self.routing([route]).decide(opened, now: Self.noon) else {
            Issue.record("nobody is told")
            return
        }
        #expect(planned.map { [$0.channel, $0.delay, Int64($0.step)] } == [[1, 0, 0], [2, 300, 1], [1, 1800, 2], [3, 1800, 2]])
        var ended = opened
        ended.kind = .ended
        let told: Set<Routing.Told> = [.init(channel: 1, route: 1), .init(channel: 2, route: 1)]
        #expect(Self.channels(Self.routing([route]).decide(ended, told: told, now: Self.noon)) == [1, 2])
    }

    @Test func tellsTheEndToWhomItToldTheBeginningWhateverTheRoutesMatchNow() {
        var ended = opened
        ended.kind = .ended
        let route = Self.route(1, [1]) { $0.match.severity = .critical }
        #expect(Self.channels(Self.routing([route]).decide(ended, told: [.init(channel: 5, route: 1)], now: Self.noon)) == [5])
        #expect(Self.routing([route]).decide(ended, now: Self.noon) == .suppressed("neverTold"))
        let silent = Self.route(1, [1]) { $0.tellsEnd = false }
        #expect(Self.routing([silent]).decide(ended, told: [.init(channel: 1, route: 1)], now: Self.noon) == .suppressed("notWanted"))
    }

    @Test func doesNotTellWhatIsShelved() {
        var shelved = opened
        shelved.isShelved = true
        #expect(Self.routing([]).decide(shelved, now: Self.noon) == .suppressed("shelved"))
    }

    @Test func keepsSilentInAMaintenanceWindowThatCoversAllOfIt() {
        var window = MaintenanceWindow()
        window.sites = ["Bern"]
        window.until = Self.noon + 60
        let decision = Routing.Decision.maintenance(window: "works", seconds: 60)
        #expect(Self.routing([], windows: [("works", window)]).decide(opened, now: Self.noon) == decision)
        #expect(Self.channels(Self.routing([], windows: [("works", window)]).decide(opened, now: Self.noon + 60)) == [1, 2])
        window.tags = ["lab"]
        #expect(
            Self.channels(Self.routing([], windows: [("works", window)]).decide(opened, now: Self.noon)) == [1, 2], "card 2 is not covered")
        window.tags = ["lab", "office"]
        #expect(Self.routing([], windows: [("works", window)]).decide(opened, now: Self.noon) == decision)
        window = MaintenanceWindow()
        window.weekly = WeeklyHours(days: [.monday], from: "10:00", to: "13:00")
        #expect(
            Self.routing([], windows: [("weekly", window)]).decide(opened, now: Self.noon) == .maintenance(window: "weekly", seconds: 3600))
    }

    @Test func triesAgainLessAndLessOftenForADay() {
        #expect((1...7).map { RetrySchedule.pause(attempts: $0, age: 0, isRefused: false) } == [5, 15, 60, 300, 900, 900, 900])
        #expect(RetrySchedule.pause(attempts: 50, age: 86_000, isRefused: false) == nil)
        #expect(RetrySchedule.pause(attempts: 4, age: 0, isRefused: true) == 300)
        #expect(RetrySchedule.pause(attempts: 5, age: 0, isRefused: true) == nil)
    }
}
