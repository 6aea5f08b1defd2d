import FoundationEssentials
import NetVision
import PowerDevice
import Syslog
import Testing

@testable import FleetServer

struct SyslogIntakeTests {
    private static let at = Date(timeIntervalSince1970: 1_795_469_700)

    /// Card 1 is at 10.0.0.1, and nothing more is known of card 2 than its marks.
    private func find(_ mark: CardMark) -> Card? {
        let cards = CardMarks([card(1), card(2, mac: "00:E0:D8:FF:C1:90", serial: "P123456")])
        if mark == .address("10.0.0.1") { return card(1) }
        return cards.card(mark).map { card($0) }
    }

    private func arrival(_ text: String, from source: String = "10.0.0.1", _ transport: SyslogTransport = .udp) -> SyslogArrival {
        SyslogArrival(source: source, transport: transport, message: SyslogMessage(Array(text.utf8), now: 1_795_469_700))
    }

    private func news(_ arrivals: SyslogArrival...) -> SyslogIntake.News {
        var intake = SyslogIntake()
        return intake.receive(arrivals, at: Self.at, find: find)
    }

    @Test func aLineIsKeptAndItsAlarmReportedAndTheCardPolled() {
        let news = news(
            arrival("<12>Nov 23 21:35:00 nv UPS: Operating on Battery"), arrival("<14>UPS: Operating on Battery has been removed"),
            arrival("<14>1 2026-11-23T21:34:50+00:00 nv agent - - - Mail sent"))
        #expect(news.cards == [1])
        #expect(
            news.messages.map(\.text) == ["nv UPS: Operating on Battery", "UPS: Operating on Battery has been removed", "agent: Mail sent"])
        #expect(news.messages.map(\.severity) == [.warning, .information, .information])
        #expect(news.messages.map(\.at) == [Self.at, Self.at, Self.at.addingTimeInterval(-10)], "a time without a zone is not believed")
        #expect(
            news.reports == [
                AlarmReport(card: 1, source: .syslog, at: Self.at, claims: [.raised(.onBattery)]),
                AlarmReport(card: 1, source: .syslog, at: Self.at, claims: [.cleared("upsAlarmOnBattery")]),
            ])
        #expect(news.strangers == [:])
    }

    @Test(arguments: [
        "<13>Nov 23 21:35:00 10.0.0.1 Load off", "<13>1 - Rack-2 - - - - Load off", "<13>1 - 00-e0-d8-ff-c1-90 - - - - Load off",
        "<13>1 - P123456 - - - - Load off", #"<13>1 - relay - - - [origin ip="10.0.0.1"] Load off"#, "<13>card (00E0D8FFC190): Load off",
    ]) func aRelayedLineIsTheCardsThatItNames(_ text: String) {
        let news = news(arrival(text, from: "192.0.2.1", .tcp))
        #expect(news.cards.count == 1)
        #expect(news.strangers == [:])
        #expect(news.reports.first?.claims == [.raised(.outputOff)])
    }

    @Test func strangersAreCounted() {
        var intake = SyslogIntake()
        let news = intake.receive(
            [arrival("<13>a", from: "192.0.2.1"), arrival("<13>b", from: "192.0.2.1"), arrival("<13>c", from: "192.0.2.2", .tls)],
            at: Self.at, find: find)
        #expect(news.strangers == ["192.0.2.1": .init(count: 2, text: "b"), "192.0.2.2": .init(count: 1, text: "c")])
        #expect(news.cards == [])
        #expect(intake.received == [.init(transport: .udp, isFromCard: false): 2, .init(transport: .tls, isFromCard: false): 1])
    }

    @Test func whatTwoCardsHaveInCommonMarksNeither() {
        let marks = CardMarks([card(1, serial: "SAME-1"), card(2, serial: "SAME-1"), card(3, mac: "00:E0:D8:00:00:03")])
        #expect(marks.card(.serial("SAME-1")) == nil)
        #expect(marks.card(.mac("00e0.d800.0003")) == 3)
        #expect(marks.card(.name("RACK-3")) == 3)
        #expect(marks.card(.mac("00:E0:D8:00:00:0G")) == nil)
    }
}

func card(_ id: Int64, mac: String? = nil, serial: String? = nil) -> Card {
    Card(
        id: id, name: "Rack-\(id)", mac: mac, serial: serial, address: "10.0.0.\(id)", generation: .netVision8, kind: .ups, model: nil,
        firmware: nil, agent: nil, location: nil, site: nil, tags: [], snmpVersion: .v2c, createdAt: Date(timeIntervalSince1970: 0))
}
