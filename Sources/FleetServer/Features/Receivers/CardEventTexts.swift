import NetVision
import PowerDevice

/// What the lines of a card's event logs say of alarms (manual 18.3 to 18.5): a card sends them by syslog, too.
///
/// A line is known by its end, so that what a sender writes before it (a level, a name, a time) does not matter: `[WARNING] Overload Alarm`,
/// `UPS: Overload Alarm has been removed`.
enum CardEventTexts {
    struct Meaning: Sendable, Equatable {
        let alarm: Alarm
        /// Whether the line tells the alarm's end.
        let isEnd: Bool
        /// Whether the end of what the line tells is the alarm's end: some alarms stand for several lines.
        let isWhole: Bool
    }

    /// Words at the begin of a line that may stand before the text.
    static let maximumPrefix = 12
    private static let endings = [" has been removed", " removed", " has ended", " ended", " cleared", " is over"]
    private static let beginnings = [" has started", " started", " has been raised", " raised"]
    private static let negations: Set<Substring> = ["no", "not", "without", "test:", "test"]

    /// By their texts in lower case.
    static let meanings: [String: Meaning] = {
        var meanings: [String: Meaning] = [:]
        func add(_ text: String, _ meaning: Meaning) {
            if meanings[text.lowercased()] == nil { meanings[text.lowercased()] = meaning }
        }
        for map in DeviceMap.all {
            for event in map.events {
                guard let (alarm, isWhole) = alarm(of: event, map) else { continue }
                add(event.text, Meaning(alarm: alarm, isEnd: false, isWhole: isWhole))
            }
        }
        for (condition, alarm) in sensorAlarms {
            add(condition.title(isActive: true), Meaning(alarm: alarm, isEnd: false, isWhole: true))
            add(condition.title(isActive: false), Meaning(alarm: alarm, isEnd: true, isWhole: true))
        }
        for text in ["UPS communication lost", "UPS not connected"] {
            add(text, Meaning(alarm: .communicationLost, isEnd: false, isWhole: true))
        }
        for text in ["UPS communication restored", "UPS connected"] {
            add(text, Meaning(alarm: .communicationLost, isEnd: true, isWhole: true))
        }
        return meanings
    }()

    private static let sensorAlarms: [(EnvironmentCondition, Alarm)] = [
        (.temperatureLow, .sensorTemperatureLow), (.temperatureHigh, .sensorTemperatureHigh), (.humidityLow, .sensorHumidityLow),
        (.humidityHigh, .sensorHumidityHigh), (.input1, .sensorInput1), (.input2, .sensorInput2),
    ]

    /// The alarm of the fleet's vocabulary that the event's bits raise.
    private static func alarm(of event: DeviceEventDefinition, _ map: DeviceMap) -> (Alarm, isWhole: Bool)? {
        for row in map.wellKnownAlarms {
            guard let expression = row.expression else { continue }
            if expression == event.condition { return (row.alarm, true) }
            guard let code = event.code, expression.codes.contains(code) else { continue }
            // Nothing else is set: what holds now holds because of this bit.
            if expression.isTrue({ $0 == code }), !expression.isTrue({ _ in false }) { return (row.alarm, false) }
        }
        return nil
    }

    /// What a line says; nil if it says nothing of an alarm.
    static func claim(in line: String) -> AlarmReport.Claim? {
        var words = line.lowercased().split { $0 == " " || $0 == "\t" }
        guard var last = words.popLast() else { return nil }
        while last.last == "." || last.last == "!" { last.removeLast() }
        words.append(last)
        for start in 0..<min(words.count, maximumPrefix + 1) {
            let text = words[start...].joined(separator: " ")
            guard let claim = claim(ofText: text) else { continue }
            return start > 0 && negations.contains(words[start - 1]) ? nil : claim
        }
        return nil
    }

    private static func claim(ofText text: String) -> AlarmReport.Claim? {
        if let meaning = meanings[text] { return meaning.isEnd ? .cleared(meaning.alarm.name) : .raised(meaning.alarm) }
        for ending in endings where text.hasSuffix(ending) {
            guard let meaning = meanings[String(text.dropLast(ending.count))], !meaning.isEnd, meaning.isWhole else { continue }
            return .cleared(meaning.alarm.name)
        }
        for beginning in beginnings where text.hasSuffix(beginning) {
            guard let meaning = meanings[String(text.dropLast(beginning.count))], !meaning.isEnd else { continue }
            return .raised(meaning.alarm)
        }
        return nil
    }
}
