import Testing

/// Every alarm bit of every kind of device is forced, and all that the card says of it is looked at: traps, event log, alarm table, the
/// vendor's MIB and RFC 1628's.
extension CardLane {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct AlarmPointsTests {
        private static let profile = """
            - model: MASTERYS BC+
            - model: MASTERYS 3/1 UPS
            - model: STATYS
            """

        @Test func everyAlarmIsToldInEveryWay() async throws {
            try await Scratch.with { place in
                let profile = try place.write(Self.profile, as: "profile.yaml")
                try await CardFarm.with(count: 3, options: { Self.options($0, profile) }) { farm in
                    let ports = [162, 165].map { farm.network.port($0) }
                    try await TrapDaemon.with(farm.network.host(252), ports: ports, in: farm.scratch) { daemon in
                        let devices = [
                            AlarmedDevice(farm: farm, card: 1, daemon: daemon, kind: .ups),
                            AlarmedDevice(farm: farm, card: 2, daemon: daemon, kind: .ups),
                            AlarmedDevice(farm: farm, card: 3, daemon: daemon, kind: .sts),
                        ]
                        try await withThrowingTaskGroup(of: Void.self) { tasks in
                            for (device, points) in zip(devices, [AlarmPoint.vuMap, AlarmPoint.jbusp, AlarmPoint.sts]) {
                                tasks.addTask { try await device.prove(points) }
                            }
                            try await tasks.waitForAll()
                        }
                    }
                }
            }
        }

        private static func options(_ network: LoopbackNetwork, _ profile: String) -> [String] {
            let host = network.host(252)
            return [
                "--profile", profile, "--trap-receiver", host, "--trap-receiver", "\(host):\(network.port(165)),type=rfc1628",
            ]
        }
    }
}

/// A device whose alarms are forced, and its card.
private struct AlarmedDevice: Sendable {
    enum Kind: Sendable {
        case ups, sts
    }

    let farm: CardFarm
    let card: Int
    let daemon: TrapDaemon
    let kind: Kind

    /// A card notices within five seconds; a loaded machine is given more.
    private static let patience = Duration.seconds(20)
    /// Alarms at a time: each makes two or three notifications, of which a card keeps 64.
    private static let batch = 20
    private static let vendor = "1.3.6.1.4.1.4555.1.1"
    private static let standard = "1.3.6.1.2.1.33"

    func prove(_ points: [AlarmPoint]) async throws {
        let first = kind == .ups ? "information Load protected by Inverter" : "information STS Output OK"
        try await eventually("card \(card) has polled its device", within: .seconds(30)) {
            try await log().contains { $0.hasSuffix(first) }
        }
        for start in stride(from: 0, to: points.count, by: Self.batch) {
            try await prove(batch: Array(points[start..<min(start + Self.batch, points.count)]))
        }
    }

    private func prove(batch: [AlarmPoint]) async throws {
        let seen = daemon.lines.count
        try await force(batch, to: 1)
        try await table(has: batch, true)
        try await log(has: batch.map { "\($0.code) \($0.level) \($0.text)" })
        try await snmp(has: batch, 1)
        try await traps(after: seen, batch.flatMap(beginnings))
        try await force(batch, to: nil)
        try await table(has: batch, false)
        try await log(has: batch.map { "\($0.code) information \($0.text) has been removed" })
        try await snmp(has: batch, 0)
        try await traps(after: seen, batch.flatMap(endings))
    }

    /// All at once: by a scenario of one event.
    private func force(_ batch: [AlarmPoint], to value: Int?) async throws {
        let points = Dictionary(uniqueKeysWithValues: batch.map { ($0.code, value.map { JSON.number(Double($0)) } ?? .null) })
        let event: JSON = ["at": 0, "points": .object(points)]
        try await farm.control.json("POST", "/cards/\(card)/scenario", body: ["events": [event]])
    }

    // MARK: - The card's own tables

    private func table(has batch: [AlarmPoint], _ isThere: Bool) async throws {
        let expected = Set(batch.filter(\.isRow).map { "\($0.code) \($0.level) \($0.text)" })
        try await eventually(
            "card \(card) has \(isThere ? "all" : "none") of \(batch.map(\.code)) in its alarm table", within: Self.patience
        ) {
            let table = try await farm.control.json("GET", "/cards/\(card)/alarms")
            let rows = Set(
                (table["alarms"]?.elements ?? []).map {
                    "\($0["code"]?.string ?? "") \($0["level"]?.string ?? "") \($0["description"]?.string ?? "")"
                })
            return isThere ? rows.isSuperset(of: expected) : rows.isDisjoint(with: expected)
        }
    }

    /// The newest lines of the device's event log: code, level and text.
    private func log() async throws -> Set<String> {
        let page = try await farm.control.json("GET", "/cards/\(card)/logs/device-events?count=200")
        return Set(
            (page["records"]?.elements ?? []).map {
                "\($0["code"]?.string ?? "") \($0["level"]?.string ?? "") \($0["text"]?.string ?? "")"
            })
    }

    private func log(has lines: [String]) async throws {
        var missing = lines
        try await eventually("card \(card) logs \(lines)", within: Self.patience) {
            let log = try await log()
            missing = lines.filter { !log.contains($0) }
            return missing.isEmpty
        }
    }

    // MARK: - SNMP

    /// The flags of the well-known alarms, and the rows of both alarm tables.
    private func snmp(has batch: [AlarmPoint], _ value: Int) async throws {
        let flags = Set(batch.compactMap(\.wellKnown)).sorted()
        if !flags.isEmpty {
            let branch = kind == .ups ? "\(Self.vendor).7.1.6.3" : "\(Self.vendor).10.1.6.1"
            let answers = try await farm.snmp(card).ask("snmpget", flags.map { "\(branch).\($0).0" })
            #expect(answers.map(\.value) == flags.map { _ in "INTEGER: \(value)" }, "card \(card), \(flags)")
        }
        guard kind == .ups else { return }
        try await rows("\(Self.vendor).7.1", flags, value == 1)
        try await rows("\(Self.standard).1", Set(batch.compactMap(\.standard)).sorted(), value == 1)
    }

    private func rows(_ module: String, _ numbers: [Int], _ isThere: Bool) async throws {
        let rows = try await farm.snmp(card).ask("snmpwalk", ["\(module).6.2.1.2"])
        for number in numbers {
            let isRow = rows.contains { $0.value == "OID: .\(module).6.3.\(number)" }
            #expect(isRow == isThere, "card \(card), alarm \(module).6.3.\(number)")
        }
    }

    // MARK: - Traps

    /// What snmptrapd has to receive: `7.2.0.5`, `7.2.0.3 7.1.6.3.1`, `33.2.3 33.1.6.3.8`.
    private func beginnings(_ point: AlarmPoint) -> [String] {
        guard kind == .ups else { return point.traps.map { "10.2.0.\($0)" } }
        return point.traps.map { "7.2.0.\($0)" } + entries(of: point, trap: 3)
    }

    private func endings(_ point: AlarmPoint) -> [String] {
        guard kind == .ups else { return point.endingTraps.map { "10.2.0.\($0)" } }
        return point.endingTraps.map { "7.2.0.\($0)" } + entries(of: point, trap: 4)
    }

    private func entries(of point: AlarmPoint, trap: Int) -> [String] {
        (point.hasEntryTrap ? ["7.2.0.\(trap) 7.1.6.3.\(point.wellKnown ?? 0)"] : [])
            + (point.hasStandardEntryTrap ? ["33.2.\(trap) 33.1.6.3.\(point.standard ?? 0)"] : [])
    }

    private func traps(after seen: Int, _ expected: [String]) async throws {
        let source = "[\(farm.network.host(card))]"
        var missing = Set(expected)
        try await eventually("snmptrapd receives of card \(card) \(missing.sorted())", within: Self.patience) {
            let lines = daemon.lines.dropFirst(seen).filter { $0.source.contains(source) }
            missing.subtract(lines.flatMap(\.cardNotification))
            return missing.isEmpty
        }
    }
}

extension TrapDaemon.Line {
    /// The trap, and with the alarm that it tells of, by what follows the vendor's or the standard's number.
    fileprivate var cardNotification: [String] {
        let trap = variables.firstMatch(of: /OID: \.1\.3\.6\.1\.(?:4\.1\.4555\.1\.1\.|2\.1\.)([0-9.]+)/).map { String($0.1) }
        let alarm = variables.firstMatch(of: /OID: \.1\.3\.6\.1\.(?:4\.1\.4555\.1\.1\.|2\.1\.)((?:7|33)\.1\.6\.3\.[0-9]+)/)
        guard let trap else { return [] }
        return [trap] + (alarm.map { ["\(trap) \($0.1)"] } ?? [])
    }
}
