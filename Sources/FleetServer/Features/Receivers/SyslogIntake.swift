import FoundationEssentials
import NetVision
import PowerDevice
import Syslog

/// Works out what syslog messages mean for the fleet: whose they are, what they say of alarms. Pure.
struct SyslogIntake: Sendable {
    /// Characters of a line that are kept.
    static let textLength = 2000
    /// Words of a message that are looked at for a card's MAC address or serial number.
    static let maximumWords = 24

    /// Values are of closed sets.
    struct Label: Hashable, Sendable {
        let transport: SyslogTransport
        let isFromCard: Bool

        static let all = SyslogTransport.allCases.flatMap {
            [Label(transport: $0, isFromCard: true), Label(transport: $0, isFromCard: false)]
        }
    }

    struct Stranger: Sendable, Equatable {
        var count: UInt64 = 0
        var text = ""
    }

    struct News: Sendable, Equatable {
        var messages: [CardMessage] = []
        var reports: [AlarmReport] = []
        /// Each once.
        var cards: [Int64] = []
        /// By address.
        var strangers: [String: Stranger] = [:]
    }

    private(set) var received: [Label: UInt64] = [:]

    mutating func receive(_ batch: [SyslogArrival], at: Date, find: (CardMark) -> Card?) -> News {
        var news = News()
        var seen: Set<Int64> = []
        for arrival in batch {
            let card = Self.card(of: arrival, find)
            received[Label(transport: arrival.transport, isFromCard: card != nil), default: 0] += 1
            guard let card else {
                news.strangers[arrival.source, default: Stranger()].count += 1
                news.strangers[arrival.source]?.text = Self.line(of: arrival.message)
                continue
            }
            if seen.insert(card.id).inserted { news.cards.append(card.id) }
            news.messages.append(Self.message(of: card.id, arrival.message, at: at))
            let line = arrival.message.text
            let content = arrival.message.content
            guard let claim = CardEventTexts.claim(in: line) ?? (content == line ? nil : CardEventTexts.claim(in: content)) else {
                continue
            }
            news.reports.append(AlarmReport(card: card.id, source: .syslog, at: at, claims: [claim]))
        }
        return news
    }

    // MARK: - Whose it is

    /// By the address that it came from; by what the sender calls itself, as where a relay has passed it on; by a MAC address or serial number
    /// in it.
    private static func card(of arrival: SyslogArrival, _ find: (CardMark) -> Card?) -> Card? {
        if let card = find(.address(arrival.source)) { return card }
        let message = arrival.message
        if let host = message.host {
            if let card = find(.address(host)) ?? find(.mac(host)) ?? find(.name(host)) ?? find(.serial(host)) { return card }
        }
        for element in message.elements.prefix(8) {
            for parameter in element.parameters.prefix(8) {
                let value = parameter.value
                if let card = find(.address(value)) ?? find(.mac(value)) ?? find(.serial(value)) { return card }
            }
        }
        for word in message.content.split(separator: " ", maxSplits: maximumWords).prefix(maximumWords) {
            let word = word.trimming { "()[]<>,;:=\"'".contains($0) }
            // A short number in a text is seldom a serial number.
            guard 6...40 ~= word.count, word.contains(where: \.isNumber) else { continue }
            if let card = find(.mac(word)) ?? find(.serial(word)) { return card }
        }
        return nil
    }

    // MARK: - What is kept of it

    private static func message(of card: Int64, _ message: SyslogMessage, at: Date) -> CardMessage {
        var written = at
        // A clock without a zone, or one that is far off, would tell a wrong moment.
        if let time = message.time, !time.isLocal {
            let date = Date(timeIntervalSince1970: Double(time.secondsSince1970) + Double(time.microseconds) / 1e6)
            if abs(date.timeIntervalSince(at)) < 86_400 { written = date }
        }
        return CardMessage(
            card: card, at: written, receivedAt: at, protocol: .syslog, severity: Severity(message.severity), text: line(of: message))
    }

    private static func line(of message: SyslogMessage) -> String {
        let tag = message.application.map { "\($0): " } ?? ""
        return String((message.format == .traditional ? message.content : tag + message.text).prefix(textLength))
    }
}

extension Severity {
    init(_ severity: SyslogSeverity) {
        self =
            switch severity {
            case .emergency, .alert, .critical, .error: .critical
            case .warning: .warning
            case .notice, .informational, .debug: .information
            }
    }
}

extension Substring {
    fileprivate func trimming(_ isDropped: (Character) -> Bool) -> String {
        var rest = drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return String(rest)
    }
}
