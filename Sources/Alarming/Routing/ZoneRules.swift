/// How far local time is from UTC, and when: a time zone as the system's files of RFC 8536 describe it.
package struct ZoneRules: Sendable, Equatable {
    package static let utc = ZoneRules(transitions: [], first: 0, later: .fixed(0))

    struct Transition: Sendable, Equatable {
        /// Seconds since 1970.
        let at: Int64
        /// Seconds east of UTC from then on.
        let offset: Int
    }

    /// What holds after the last transition.
    enum Later: Sendable, Equatable {
        case fixed(Int)
        case rule(YearlyRule)
    }

    let transitions: [Transition]
    /// Before the first transition.
    let first: Int
    let later: Later

    /// Seconds east of UTC at a time in seconds since 1970.
    package func offset(at time: Int64) -> Int {
        guard let last = transitions.last else { return offsetLater(at: time) }
        if time >= last.at { return offsetLater(at: time) }
        guard let next = transitions.firstIndex(where: { $0.at > time }), next > 0 else { return first }
        return transitions[next - 1].offset
    }

    private func offsetLater(at time: Int64) -> Int {
        switch later {
        case .fixed(let offset): offset
        case .rule(let rule): rule.offset(at: time)
        }
    }
}

extension ZoneRules {
    /// Reads a file of RFC 8536, version 2 or later. Nil if it is none.
    package init?(tzif octets: [UInt8]) {
        guard let head = TZifHeader(octets, at: 0), head.version >= UInt8(ascii: "2") else { return nil }
        let second = head.end(timeSize: 4)
        guard let header = TZifHeader(octets, at: second), header.types > 0, header.times <= 4096, header.types <= 256 else { return nil }
        let body = second + TZifHeader.length
        let (indices, types) = (body + header.times * 8, body + header.times * 9)
        let footer = header.end(timeSize: 8)
        guard footer <= octets.count else { return nil }
        var offsets: [Int] = []
        for type in 0..<header.types {
            offsets.append(Int(Int32(truncatingIfNeeded: Self.number(octets, at: types + type * 6, length: 4))))
        }
        var transitions: [Transition] = []
        for index in 0..<header.times {
            let type = Int(octets[indices + index])
            guard type < offsets.count else { return nil }
            transitions.append(Transition(at: Self.number(octets, at: body + index * 8, length: 8), offset: offsets[type]))
        }
        let text = String(decoding: octets[footer...].drop { $0 == 10 }.prefix { $0 != 10 }, as: UTF8.self)
        let last = transitions.last?.offset ?? offsets[0]
        self.init(transitions: transitions, first: offsets[0], later: YearlyRule.parse(text) ?? .fixed(last))
    }

    /// Big-endian and signed. The caller has checked the length.
    fileprivate static func number(_ octets: [UInt8], at start: Int, length: Int) -> Int64 {
        var value: Int64 = octets[start] >= 128 ? -1 : 0
        for octet in octets[start..<start + length] { value = value << 8 | Int64(octet) }
        return value
    }
}

/// The counts at the beginning of each of a file's two blocks.
private struct TZifHeader {
    static let length = 44

    let version: UInt8
    let begin: Int
    let utcFlags: Int
    let standardFlags: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    init?(_ octets: [UInt8], at begin: Int) {
        guard begin >= 0, octets.count >= begin + Self.length, octets[begin..<begin + 4].elementsEqual("TZif".utf8) else { return nil }
        self.begin = begin
        version = octets[begin + 4]
        let counts = (0..<6).map { Int(ZoneRules.number(octets, at: begin + 20 + $0 * 4, length: 4)) }
        guard counts.allSatisfy({ 0...65_536 ~= $0 }) else { return nil }
        (utcFlags, standardFlags, leaps, times, types, characters) = (counts[0], counts[1], counts[2], counts[3], counts[4], counts[5])
    }

    func end(timeSize: Int) -> Int {
        begin + Self.length + times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standardFlags + utcFlags
    }
}
