import Testing

@testable import Syslog

@Suite struct SyslogDeframerTests {
    private func frames(_ pieces: [[UInt8]]) -> [SyslogFrame] {
        var deframer = SyslogDeframer()
        var frames: [SyslogFrame] = []
        for piece in pieces { frames += deframer.received(piece) }
        if let last = deframer.ended() { frames.append(last) }
        return frames
    }

    private func texts(_ stream: String) -> [String] {
        frames([Array(stream.utf8)]).map { String(decoding: $0.octets, as: UTF8.self) }
    }

    @Test func bothFramingsMayBeMixed() {
        #expect(texts("5 <13>a<13>b\n6 <13>\nc<13>d\0\r\n<13>e\n") == ["<13>a", "<13>b", "<13>\nc", "<13>d", "<13>e"])
    }

    @Test func aTextMayBeginWithADigit() {
        #expect(texts("2026-11-23 hello\n12345678 x\n7x\n") == ["2026-11-23 hello", "12345678 x", "7x"])
    }

    @Test func theLastMessageMayLackItsEnd() {
        #expect(frames([Array("<13>a".utf8)]) == [SyslogFrame(octets: Array("<13>a".utf8))])
        #expect(frames([Array("9 <13>a".utf8)]) == [SyslogFrame(octets: Array("<13>a".utf8), isTruncated: true)])
        #expect(frames([[]]) == [])
    }

    @Test func everySplitGivesTheSame() {
        let stream = Array("12 <34>1 - - - \n<13>Nov 23 21:35:00 vm x: é\n5 <13>a2\n\n\n1234 567".utf8)
        let whole = self.frames([stream])
        #expect(whole.count >= 4)
        for cut in 0...stream.count { #expect(frames([Array(stream[..<cut]), Array(stream[cut...])]) == whole) }
        #expect(frames(stream.map { [$0] }) == whole)
    }

    @Test func longMessagesAreCutAndTheNextOneIsWhole() {
        let long = [UInt8](repeating: 0x61, count: 3 * SyslogMessage.maximumLength)
        for stream in [Array("\(long.count) ".utf8) + long, long + [0x0A]] {
            let frames = self.frames([stream + Array("3 <1>".utf8)])
            #expect(frames.map(\.octets.count) == [SyslogMessage.maximumLength, 3])
            #expect(frames.map(\.isTruncated) == [true, false])
        }
    }

    @Test func anAbsurdLengthEndsTheStream() {
        var deframer = SyslogDeframer()
        #expect(deframer.received(Array("2 ab9999999 x\n".utf8)).map(\.octets) == [Array("ab".utf8)], "what came before is whole")
        #expect(deframer.failure == SyslogFramingError(announced: 9_999_999))
        #expect(deframer.received(Array("<13>a\n".utf8)) == [])
        #expect(deframer.ended() == nil)
    }

    @Test func whatIsKeptIsBounded() {
        var deframer = SyslogDeframer()
        for _ in 0..<1000 { #expect(deframer.received([UInt8](repeating: 0x61, count: 1000)) == []) }
        #expect(deframer.ended()?.octets.count == SyslogMessage.maximumLength)
    }
}
