import Testing

@testable import Syslog

/// 2026-11-23 21:35:00 UTC.
let syslogNow: Int64 = 1_795_469_700

func message(_ text: String) -> SyslogMessage { SyslogMessage(Array(text.utf8), now: syslogNow) }

@Suite struct SyslogMessageTests {
    // MARK: - RFC 5424 §6.5

    @Test func readsTheFirstExampleOfTheRFC() {
        let read = message(
            "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \u{FEFF}'su root' failed for lonvick on /dev/pts/8")
        #expect(read.format == .structured)
        #expect(read.facility == 4)
        #expect(read.severity == .critical)
        #expect(read.time?.rfc3339 == "2003-10-11T22:14:15.003000Z")
        #expect(read.host == "mymachine.example.com")
        #expect(read.application == "su")
        #expect(read.process == nil)
        #expect(read.messageID == "ID47")
        #expect(read.elements == [])
        #expect(read.text == "'su root' failed for lonvick on /dev/pts/8")
    }

    @Test func readsZonesAndMicroseconds() {
        let read = message("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.")
        #expect(read.time == SyslogTime(secondsSince1970: 1_061_727_255, microseconds: 3))
        #expect(read.host == "192.0.2.1")
        #expect(read.process == "8710")
        #expect(read.text == "%% It's time to make the do-nuts.")
    }

    @Test func readsStructuredData() {
        let read = message(
            "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut=\"3\" eventSource=\"Application\" "
                + "eventID=\"1011\"][examplePriority@32473 class=\"high\"]")
        #expect(
            read.elements == [
                .init("exampleSDID@32473", [.init("iut", "3"), .init("eventSource", "Application"), .init("eventID", "1011")]),
                .init("examplePriority@32473", [.init("class", "high")]),
            ])
        #expect(read.text == "")
        let escaped = message(#"<13>1 - - - - - [a b="x\"y\\z\]" c="d\n"] text"#)
        #expect(escaped.elements == [.init("a", [.init("b", #"x"y\z]"#), .init("c", #"d\n"#)])])
        #expect(escaped.text == "text")
    }

    @Test func aMessageMayHaveNothingButItsHeader() {
        let read = message("<13>1 - - - - - -")
        #expect(read == SyslogMessage(severity: .notice, text: ""))
    }

    @Test(arguments: [
        "<13>1 2026-13-01T00:00:00Z h a - - - x", "<13>1 2026-02-29T00:00:00Z h a - - - x", "<13>1 h", "<13>1 - - - - - [",
        "<13>0 - - - - - - x",
        "<13>1 - - - - - [a b=c] x",
    ]) func whatIsNotQuiteOfTheRFCIsATextAtLeast(_ text: String) {
        let read = message(text)
        #expect(read.format == .traditional)
        #expect(read.severity == .notice)
        #expect(read.content.hasSuffix(String(text.suffix(1))))
    }

    // MARK: - RFC 3164 §5.4, and what resembles it

    @Test func readsTheExamplesOfTheOlderRFC() {
        let su = message("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8")
        #expect(su.format == .traditional)
        #expect(su.time == SyslogTime(secondsSince1970: 1_791_756_855, isLocal: true))
        #expect(su.host == "mymachine")
        #expect(su.application == "su")
        #expect(su.text == "'su root' failed for lonvick on /dev/pts/8")
        let noTag = message("<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!")
        #expect(noTag.host == "10.0.0.99")
        #expect(noTag.application == nil)
        #expect(noTag.text == "Use the BFG!")
        let noPriority = message("Use the BFG!")
        #expect(noPriority.priority == 13)
        #expect(noPriority.text == "Use the BFG!")
    }

    @Test func aMissingYearIsTheNearestOne() {
        #expect(message("<13>Dec 31 23:59:59 h x").time?.rfc3339.hasPrefix("2026-12-31") == true)
        let january = SyslogMessage(Array("<13>Dec 31 23:59:59 h x".utf8), now: 1_767_225_700)
        #expect(january.time?.rfc3339.hasPrefix("2025-12-31") == true, "on the first of January 2026")
        #expect(message("<13>Feb 29 00:00:00 h x").time == nil, "no leap year is near")
        #expect(message("<13>Nov 23 2019 10:00:00 h x").time?.rfc3339.hasPrefix("2019-11-23T10") == true)
        #expect(message("<13>Nov 23 10:00:00 2019 h x").time?.rfc3339.hasPrefix("2019-11-23T10") == true)
    }

    @Test func readsProcessIdsAndTimesOfRsyslog() {
        let read = message("<13>2026-11-23T21:35:00.123456+01:00 vm logger[123]: hello")
        #expect(read.time == SyslogTime(secondsSince1970: 1_795_466_100, microseconds: 123_456))
        #expect((read.host, read.application, read.process, read.text) == ("vm", "logger", "123", "hello"))
    }

    @Test(arguments: [
        ("<189>29: *Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console", nil as String?),
        ("<189>2348: switch1: Mar  1 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured from console", "switch1"),
        ("<189>: .Nov 23 18:48:50 CEST: %SYS-5-CONFIG_I: Configured from console", nil),
        ("<189>Nov 23 18:48:50 10.0.0.1 %SYS-5-CONFIG_I: Configured from console", "10.0.0.1"),
    ]) func readsWhatNetworkDevicesWrite(_ text: String, host: String?) {
        let read = message(text)
        #expect(read.facility == 23)
        #expect(read.text.hasSuffix("Configured from console"))
        if !text.contains(">:") {
            #expect(read.time?.isLocal == true)
            #expect(read.host == host)
            #expect(read.application == "%SYS-5-CONFIG_I")
        }
    }

    @Test func theTextsFirstWordsAreNotLostForAHost() {
        let read = message("<12>Nov 23 21:35:00 Operating on Battery")
        #expect(read.content == "Operating on Battery")
        #expect(message("<12>Nov 23 21:35:00 nv UPS[7]: Load off").content == "nv UPS[7]: Load off")
    }

    // MARK: - Anything

    @Test func textsAreHarmless() {
        let octets: [UInt8] = Array("<13>1 - - - - - - a".utf8) + [0, 0x1B, 0x0A, 0x7F] + Array("b\u{2028}c".utf8) + [0x0D, 0x0A, 0]
        #expect(SyslogMessage(octets, now: 0).text == "a    b c")
        let latin: [UInt8] = Array("<13>h: K".utf8) + [0xE4] + Array("lte".utf8)
        #expect(SyslogMessage(latin, now: 0).text == "Kälte")
    }

    @Test func longMessagesAreCutAndMarked() {
        let read = SyslogMessage(Array(("<13>" + String(repeating: "é", count: 5000)).utf8), now: 0)
        #expect(read.isTruncated)
        #expect(read.text.allSatisfy { $0 == "é" })
        #expect(read.text.utf8.count == SyslogMessage.maximumLength - 4)
        let odd = SyslogMessage(Array(("<13>x" + String(repeating: "é", count: 5000)).utf8), now: 0)
        #expect(odd.text.dropFirst().allSatisfy { $0 == "é" }, "half a character is none")
        #expect(!SyslogMessage(Array("<13>x".utf8), now: 0).isTruncated)
    }

    private static let seeds = [
        "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su 1 ID47 [a@1 b=\"c\\\"d\"][e f=\"\"] \u{FEFF}'su root' failed é",
        "<189>2348: switch1: *Mar  1 18:48:50.483 UTC: %SYS-5-CONFIG_I: Configured", "<13>Nov 23 2026 21:35:00 vm app[12]: hello",
        "<13>2026-11-23T21:35:00.123456+01:00 vm logger[123]: hello",
    ]

    @Test(arguments: seeds) func everyBeginningAndEveryChangedOctetIsRead(_ seed: String) {
        let octets = Array(seed.utf8)
        for count in 0...octets.count { check(Array(octets.prefix(count))) }
        for index in octets.indices {
            for value in [0, 0x20, 0x22, 0x3A, 0x3C, 0x5B, 0x5D, 0x39, 0x80, 0xFF] as [UInt8] {
                var changed = octets
                changed[index] = value
                check(changed)
            }
        }
    }

    /// What was read can be written, and is then read as the same.
    private func check(_ octets: [UInt8], location: SourceLocation = #_sourceLocation) {
        var read = SyslogMessage(octets, now: syslogNow)
        read.format = .structured
        let once = SyslogMessage(read.encode(), now: syslogNow)
        #expect(once.format == .structured, sourceLocation: location)
        #expect(once.priority == read.priority, sourceLocation: location)
        #expect(SyslogMessage(once.encode(), now: syslogNow) == once, sourceLocation: location)
    }
}

@Suite struct SyslogEncodingTests {
    private let full = SyslogMessage(
        facility: 16, severity: .error, time: SyslogTime(secondsSince1970: 1_795_469_700, microseconds: 5), host: "nvfleet.example",
        application: "NVFleet",
        process: "77", messageID: "alarm", elements: [.init("alarm@32473", [.init("name", #"a"b]c\d"#)])], text: "Überlast")

    @Test func writesRFC5424() {
        let text = String(decoding: full.encode(), as: UTF8.self)
        #expect(
            text == #"<131>1 2026-11-23T21:35:00.000005Z nvfleet.example NVFleet 77 alarm [alarm@32473 name="a\"b\]c\\d"] "#
                + "\u{FEFF}Überlast")
        #expect(SyslogMessage(full.encode(), now: 0) == full)
        #expect(String(decoding: SyslogMessage(severity: .debug, text: "x").encodeFrame(), as: UTF8.self) == "19 <15>1 - - - - - - x")
    }

    @Test func writesRFC3164() {
        var old = full
        old.format = .traditional
        #expect(String(decoding: old.encode(), as: UTF8.self) == "<131>Nov 23 21:35:00 nvfleet.example NVFleet[77]: Überlast")
    }

    @Test func whatAFieldCannotHoldIsLeftOut() {
        let message = SyslogMessage(
            facility: 99, severity: .notice, host: "a b\nc", application: String(repeating: "x", count: 60), messageID: "",
            elements: [.init("a]\"=")],
            text: "one\ntwo")
        let read = SyslogMessage(message.encode(), now: 0)
        #expect(read.facility == 23)
        #expect(read.host == "abc")
        #expect(read.application?.count == 48)
        #expect(read.messageID == nil)
        #expect(read.elements == [.init("a")])
        #expect(read.text == "one two")
    }

    @Test(arguments: [-1, 0, 59, 68_169_600, 951_868_799, 951_868_800, 4_102_444_799]) func datesComeBack(_ seconds: Int64) {
        let time = SyslogTime(secondsSince1970: seconds)
        let read = SyslogMessage(SyslogMessage(severity: .debug, time: time, text: "x").encode(), now: 0)
        #expect(read.time == time)
    }
}
