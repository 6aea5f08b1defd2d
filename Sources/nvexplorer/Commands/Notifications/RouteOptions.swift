import ArgumentParser
import FoundationEssentials

/// What a route is like.
struct RouteOptions: ParsableArguments {
    static let discussion = """
        A message goes by every route that it fits. Sites, tags and the like are repeatable: one of them is enough; "" takes them away. Hours \
        and whatever else a route has can be given by --file, YAML or JSON as routes show prints it; channels may be named there.
        Example: nvexplorer routes add night --channel pager --severity critical --escalate 15m:boss
        """

    @Option(help: ArgumentHelp("Send by this channel: id or name (repeatable).", valueName: "channel"))
    var channel: [String] = []

    @Option(help: "Only what happens at this site.")
    var site: [String] = []

    @Option(help: "Only what happens to a card with this tag.")
    var tag: [String] = []

    @Option(help: ArgumentHelp("Only what happens to this card.", valueName: "card"))
    var card: [String] = []

    @Option(help: ArgumentHelp("At least so grave: information, warning or critical.", valueName: "severity"))
    var severity: String?

    @Option(help: ArgumentHelp("Only of this cause, such as mains.", valueName: "cause"))
    var cause: [String] = []

    @Option(help: ArgumentHelp("Only about the alarm of this name.", valueName: "name"))
    var alarm: [String] = []

    @Option(help: ArgumentHelp("Its place among the routes.", valueName: "n"))
    var position: Int?

    @Flag(
        name: .customLong("continue"), inversion: .prefixedNo,
        help: "Whether the routes after it are looked at, too. (default: --continue)")
    var goesOn: Bool?

    @Flag(name: .customLong("end"), inversion: .prefixedNo, help: "Whether to tell when it is over. (default: --end)")
    var end: Bool?

    @Option(help: ArgumentHelp("Collect what is not critical for so long: 10m; 0 for not at all.", valueName: "time"))
    var digest: String?

    @Option(
        help: ArgumentHelp("Hold what is not critical back in these hours: \"22:00-06:00\", \"sat,sun 00:00-24:00\".", valueName: "hours"),
        transform: HoursText.init(parsing:))
    var quiet: HoursText?

    @Option(help: ArgumentHelp("The time zone of the quiet hours. (default: UTC)", valueName: "name"))
    var zone: String?

    @Option(
        help: ArgumentHelp("Tell these too when nobody has acknowledged it: 15m:boss,pager (repeatable).", valueName: "time:channels"),
        transform: EscalationStep.init(parsing:))
    var escalate: [EscalationStep] = []

    @Flag var use: Use?

    @Option(help: ArgumentHelp("YAML or JSON.", valueName: "file"))
    var file: String?

    func validate() throws {
        try Choice.parse(severity, among: Choice.severities, "--severity")
        if zone != nil, quiet == nil { throw ValidationError("--zone is for --quiet.") }
        if let digest, digest != "0" {
            guard let seconds = Moment.seconds(digest), 60...86_400 ~= seconds else {
                throw ValidationError("--digest is from 1m to 1d, or 0.")
            }
        }
    }

    private var isMatchGiven: Bool {
        severity != nil || [site, tag, card, cause, alarm].contains { !$0.isEmpty }
    }

    var isGiven: Bool {
        isMatchGiven || !channel.isEmpty || position != nil || goesOn != nil || end != nil || digest != nil || quiet != nil
            || !escalate.isEmpty || use != nil || file != nil
    }

    func document() async throws -> [String: APIValue] {
        guard let file else { return [:] }
        var fields = try await DocumentFile.fields(file)
        // Of a route that was shown: it is named on the command line.
        for name in ["id", "name"] { fields[name] = nil }
        return fields
    }

    /// The fields of the API. `stored`: the route that there is.
    func body(_ document: [String: APIValue], stored: APIValue?, _ api: FleetAPI) async throws -> [String: APIValue] {
        func numbers(_ values: [APIValue]) async throws -> APIValue {
            var found: [APIValue] = []
            for value in values {
                if case .text(let name) = value { found.append(.integer(try await api.channelNumber(name))) } else { found.append(value) }
            }
            return .list(found)
        }
        var body = document.merging(fields) { $1 }
        if isMatchGiven { body["match"] = .object(try await match(body["match"] ?? stored?["match"], api)) }
        if !channel.isEmpty { body["channels"] = APIValue(channel) }
        if let channels = body["channels"] { body["channels"] = try await numbers(channels.items) }
        if let steps = body["escalation"] {
            var named: [APIValue] = []
            for step in steps.items {
                var members = step.members
                members["channels"] = try await numbers(members["channels"]?.items ?? [])
                named.append(.object(members))
            }
            body["escalation"] = .list(named)
        }
        return body
    }

    /// What needs no server.
    var fields: [String: APIValue] {
        var fields: [String: APIValue] = [:]
        fields["position"] = position.map(APIValue.integer)
        fields["continue"] = goesOn.map(APIValue.flag)
        fields["tellEnd"] = end.map(APIValue.flag)
        fields["isEnabled"] = use?.value
        if let digest { fields["digestMinutes"] = Moment.seconds(digest).map { .integer(Int(($0 / 60).rounded(.up))) } ?? .null }
        if let quiet { fields["quietHours"] = .object(["hours": quiet.value(zone: zone)]) }
        if !escalate.isEmpty { fields["escalation"] = .list(escalate.map(\.value)) }
        return fields
    }

    private func match(_ stored: APIValue?, _ api: FleetAPI) async throws -> [String: APIValue] {
        var match = stored?.members ?? [:]
        match.replace("sites", site)
        match.replace("tags", tag)
        match.replace("causes", cause)
        match.replace("alarms", alarm)
        if let severity { match["severity"] = .text(severity) }
        if !card.isEmpty {
            var numbers: [APIValue] = []
            for text in card where !text.isEmpty { numbers.append(.integer(try FleetAPI.number(of: try await api.card(text)))) }
            match["cards"] = .list(numbers)
        }
        return match
    }
}

/// `15m:boss,pager`
struct EscalationStep: Sendable, Equatable {
    let minutes: Int
    let channels: [String]

    init(parsing text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let seconds = Moment.seconds(String(parts[0])), 60...604_800 ~= seconds else {
            throw ValidationError("Write how long to wait, and for whom: 15m:boss,pager; a week at most.")
        }
        minutes = Int((seconds / 60).rounded(.up))
        channels = parts[1].split(separator: ",").map(String.init)
    }

    var value: APIValue { .object(["minutes": .integer(minutes), "channels": APIValue(channels)]) }
}
