import FoundationEssentials
import Glibc

/// `alarms --follow`: the open alarms, then each change as the server's stream tells it.
struct AlarmFollower {
    let command: AlarmsListCommand
    let api: FleetAPI
    /// How long the server may be away, and how long to wait before it is asked again.
    var patience = Duration.seconds(60)
    var pause = Duration.seconds(2)
    /// Prints a change.
    var tell: (AlarmChange) throws -> Void

    init(command: AlarmsListCommand, api: FleetAPI, tell: ((AlarmChange) throws -> Void)? = nil) {
        self.command = command
        self.api = api
        let isJSON = command.options.json
        self.tell =
            tell ?? { change in
                let line = isJSON ? try Output.line(change) : Output.printable(change.words)
                Terminal.put(line + "\n", on: STDOUT_FILENO)
            }
    }

    func run() async throws {
        let card = try await command.filter.cardNumber(api)
        var watch = AlarmWatch(filter: command.filter, state: command.state, card: card)
        var left = command.count
        var lastAnswer = ContinuousClock.now
        var isLost = false
        while left != 0 {
            do {
                try await api.listen { tiding in
                    lastAnswer = .now
                    switch tiding {
                    case .begun:
                        if isLost { Output.complain("The server answers again.") }
                        isLost = false
                        return try await catchUp(&watch, &left)
                    case .event(let event): return try await take(event, &watch, &left)
                    }
                }
                return
            } catch let failure as CommandFailure where failure.code == .unreachable && .now - lastAnswer < patience {
                if !isLost { Output.complain("\(failure.description) What happens meanwhile is shown later.") }
                isLost = true
            }
            try await Task.sleep(for: pause)
        }
    }

    /// What is open now, and what is over since the stream was lost.
    private func catchUp(_ watch: inout AlarmWatch, _ left: inout Int?) async throws -> Bool {
        let cards: [CardRecord] = try await api.list("cards")
        for card in cards { if let id = card.id { watch.cards[id] = AlarmWatch.CardFacts(card) } }
        let (new, gone) = watch.listed(try await api.list(AlarmItem.path, [("state", "open"), ("shelved", "any")]))
        for change in new { guard try show(change, &left) else { return false } }
        for id in gone {
            let alarm: AlarmItem? = try await api.readIfThere("\(AlarmItem.path)/\(id)")
            guard let alarm, let change = watch.noticed(alarm) else { continue }
            guard try show(change, &left) else { return false }
        }
        return true
    }

    private func take(_ event: ServerSentEvent, _ watch: inout AlarmWatch, _ left: inout Int?) async throws -> Bool {
        guard event.type == AlarmTiding.type, let tiding: AlarmTiding = event.document() else { return true }
        if let card = tiding.card, watch.cards[card] == nil, let record: CardRecord = try await api.readIfThere("cards/\(card)") {
            watch.cards[card] = AlarmWatch.CardFacts(record)
        }
        guard let change = watch.heard(tiding) else { return true }
        return try show(change, &left)
    }

    /// False when enough was shown.
    private func show(_ change: AlarmChange, _ left: inout Int?) throws -> Bool {
        try tell(change)
        guard let count = left else { return true }
        left = count - 1
        return count > 1
    }
}
