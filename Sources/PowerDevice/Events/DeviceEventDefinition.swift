/// An event that the registers of a map tell: its text, its level, and when it holds.
package struct DeviceEventDefinition: Sendable, Equatable {
    /// The bit that tells it; nil where several do.
    package let code: PointCode?
    package let text: String
    package let severity: Severity
    package let condition: AlarmExpression
    /// What the log says at its end, where that has a text of its own.
    package let ending: String?
    /// Whether it is a row of the alarm table while it holds: the managed bits of the map's alarm words.
    package let isAlarm: Bool

    /// The line that tells the beginning.
    package var beginning: DeviceEvent { DeviceEvent(code: code, severity: severity, text: text) }

    /// The line that tells the end, which is good news whatever has ended.
    package var removal: DeviceEvent {
        DeviceEvent(code: code, severity: .information, text: ending ?? "\(text) has been removed", isRemoved: true)
    }
}

/// The text that the event log has for a bit.
struct DeviceEventText: Sendable {
    let code: PointCode
    let text: String
    /// When it holds; nil while the bit is 1.
    let condition: AlarmExpression?
    /// Nil is the bit's own, and information where it has none.
    let severity: Severity?
    let ending: String?
    /// Whether the bit alone tells it.
    let isBit: Bool

    init(
        _ code: PointCode, _ text: String, when condition: AlarmExpression? = nil, _ severity: Severity? = nil, ending: String? = nil,
        isBit: Bool = true
    ) {
        self.code = code
        self.text = text
        self.condition = condition
        self.severity = severity
        self.ending = ending
        self.isBit = isBit
    }
}

extension DeviceMap {
    /// Everything that the event log tells from the registers, in the order of the map's tables.
    package var events: [DeviceEventDefinition] { Self.events(of: family) }

    static func events(of family: Family) -> [DeviceEventDefinition] {
        switch family {
        case .vuMap: VUMap.events
        case .jbusp: JBUSP.events
        case .sts: STS.events
        }
    }

    /// The words that the events are told by.
    var eventAddresses: [UInt16] {
        switch family {
        case .vuMap: VUMap.eventAddresses
        case .jbusp: JBUSP.eventAddresses
        case .sts: STS.eventAddresses
        }
    }

    /// The events of a map: those that have a text, and every managed alarm that has none by its title.
    ///
    /// An alarm bit without a level is not managed: it makes no event.
    static func events(of points: [Point], texts: [DeviceEventText]) -> [DeviceEventDefinition] {
        let texts = Dictionary(grouping: texts, by: \.code)
        return points.flatMap { point -> [DeviceEventDefinition] in
            let isManaged = point.isAlarm && point.level != nil
            if let rows = texts[point.code] {
                return rows.map { row in
                    DeviceEventDefinition(
                        code: row.isBit ? point.code : nil, text: row.text, severity: row.severity ?? point.level ?? .information,
                        condition: row.condition ?? .code(point.code), ending: row.ending, isAlarm: isManaged)
                }
            }
            guard isManaged, let level = point.level else { return [] }
            return [
                DeviceEventDefinition(
                    code: point.code, text: point.title ?? point.code.rawValue, severity: level, condition: .code(point.code), ending: nil,
                    isAlarm: true)
            ]
        }
    }

    static func eventAddresses(of points: [Point], events: [DeviceEventDefinition]) -> [UInt16] {
        let codes = events.reduce(into: Set<PointCode>()) { $0.formUnion($1.condition.codes) }
        return Set(points.filter { codes.contains($0.code) }.map(\.address)).sorted()
    }
}
