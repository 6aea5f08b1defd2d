import NetVision
import PowerDevice
import UPSSimulation

/// A card as the simulation control has it.
extension Card {
    /// - Parameters:
    ///   - simulator: the device behind the card.
    ///   - sensor: the environment sensor beside it, plugged in or not.
    func controlled(_ simulator: UPSSimulator, sensor: EnvironmentSimulator) -> ControlledCard {
        ControlledCard(
            number: plan.number, address: address, mac: plan.mac.description, simulator: simulator, environment: sensor,
            firmware: { .init(version: self.firmware.version.description, transfers: self.firmware.transfers) },
            faults: ControlledCard.FaultHandler(
                accepted: CardFaults.accepted, set: { self.set($0) }, clear: { self.clear($0) }, active: { self.faults.active }),
            traps: .init(sendTest: { self.traps.raise(UPSTrap.test) }, state: { self.traps.statistics }), records: records,
            operations: .init(reset: { try await self.reset($0) }, setTime: { try self.setTime($0) }))
    }

    // MARK: - Faults

    /// A card that can't be reached is one whose network cable has been pulled.
    private func set(_ fault: Fault) {
        if fault == .unreachable { networkLink.change(isUp: false) }
        faults.set(fault)
    }

    private func clear(_ name: Fault.Name) {
        if name == .unreachable { networkLink.change(isUp: true) }
        faults.clear(name)
    }

    // MARK: - Alarms and logs

    private var records: ControlledCard.RecordHandler {
        ControlledCard.RecordHandler(
            alarms: { self.alarmTable }, logs: LogKind.allCases.map(\.rawValue),
            page: { log, query in
                guard let kind = LogKind(rawValue: log) else { return .init(records: [], total: 0) }
                return try await self.page(of: kind, LogQuery(query))
            },
            csv: { log in
                guard let kind = LogKind(rawValue: log) else { return "" }
                return try await self.logs.csv(kind)
            },
            clear: { log in
                if let kind = LogKind(rawValue: log) { self.logs.clear(kind, by: Self.origin) }
            })
    }

    private var alarmTable: ControlledCard.AlarmTable {
        let contents = alarms.contents
        let shown = contents.rows.enumerated().map { alarm($0.element, index: $0.offset + 1) }
        let last = contents.last.map { last in
            alarm(last, index: contents.rows.firstIndex(of: last).map { $0 + 1 })
        }
        return .init(last: last, alarms: shown)
    }

    private func alarm(_ row: ActiveAlarms.Row, index: Int?) -> ControlledCard.Alarm {
        .init(
            index: index, code: row.code.rawValue, stamp: stamp(row.since), description: row.description, level: row.level.rawValue)
    }

    private func stamp(_ instant: Int64) -> TimeStamp { TimeStamp(instant, time: clock.text(instant)) }

    private func page(of kind: LogKind, _ query: LogQuery) async throws -> ControlledCard.LogPage {
        guard kind.holdsEvents else {
            let page = try await logs.samples(kind, query)
            return .init(records: page.records.map { record(of: $0.sample) }, total: page.total)
        }
        let page = try await logs.events(kind, query)
        return .init(
            records: page.records.map {
                .init(stamp: stamp($0.instant), level: $0.severity.rawValue, code: $0.code, text: $0.text)
            }, total: page.total)
    }

    private func record(of sample: LogSample) -> ControlledCard.LogRecord {
        let values = Dictionary(zip(sample.schema.columns, sample.values), uniquingKeysWith: { first, _ in first })
        return .init(stamp: stamp(sample.instant), values: values)
    }

    // MARK: - Resets and the clock

    private static let origin = ChangeOrigin(.simulation, by: "tester")

    private func reset(_ kind: ControlledCard.ResetKind) async throws {
        let reset: CardReset =
            switch kind {
            case .restart: .restart
            case .accounts: .accounts
            case .factory: .factory
            }
        if let reason = self.reset(reset, by: Self.origin) { throw ControlProblem.refused("kind", "The card can't be reset: \(reason).") }
    }

    private func setTime(_ instant: Int64) throws {
        do throws(ClockProblem) {
            try clock.set(utc: instant, by: Self.origin)
        } catch {
            throw ControlProblem.refused("utc", "The clock can't be set: \(error).")
        }
    }
}

extension LogQuery {
    fileprivate init(_ query: ControlledCard.LogQuery) {
        self.init(from: query.from, to: query.to, page: query.page, count: query.count)
        order =
            switch query.order {
            case .newest: .newestFirst
            case .oldest: .oldestFirst
            case .severity: .severity
            }
    }
}
