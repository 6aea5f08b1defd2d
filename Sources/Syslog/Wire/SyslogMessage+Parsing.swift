extension SyslogMessage {
    /// PRI of a message that has none (RFC 3164 §4.3.3): user, notice.
    private static let assumedPriority = 13

    /// Reads a message of any kind. Nothing is refused: what is of no format is a text.
    ///
    /// - Parameters:
    ///   - octets: a datagram or a frame. More than `maximumLength` of them are cut off.
    ///   - now: seconds since 1970, for years that are not written.
    package init(_ octets: some Collection<UInt8>, now: Int64, isTruncated: Bool = false) {
        var bytes = Array(octets.prefix(Self.maximumLength))
        let isCut = isTruncated || octets.count > Self.maximumLength
        while let last = bytes.last, last == 0 || last == 0x0A || last == 0x0D { bytes.removeLast() }
        var scanner = SyslogScanner(bytes[...])
        let priority = scanner.attempt { scanner -> Int? in
            guard scanner.skip("<"), let number = scanner.number(1...3), number <= 191, scanner.skip(">") else { return nil }
            return number
        }
        let value = priority ?? Self.assumedPriority
        self.init(
            facility: UInt8(value / 8), severity: SyslogSeverity(rawValue: UInt8(value % 8)) ?? .notice, text: "", format: .traditional,
            isTruncated: isCut)
        if priority != nil, readStructured(scanner) { return }
        readTraditional(scanner, now: now)
    }

    // MARK: - RFC 5424

    /// False, and nothing is changed, if it is no message of RFC 5424.
    private mutating func readStructured(_ start: SyslogScanner) -> Bool {
        var scanner = start
        guard let version = scanner.number(1...3), version > 0, scanner.skip(SyslogScanner.blank) else { return false }
        var time: SyslogTime?
        if !scanner.skip("-") {
            time = scanner.rfc3339()
            guard time != nil else { return false }
        }
        guard scanner.skip(SyslogScanner.blank) else { return false }
        var fields: [String?] = []
        // RFC 5424 §6 allows 255, 48, 128 and 32; senders write more.
        for _ in 0..<4 {
            let field = scanner.take { $0 > 0x20 }
            guard 1...255 ~= field.count, scanner.isAtEnd || scanner.skip(SyslogScanner.blank) else { return false }
            fields.append(field.elementsEqual([UInt8(ascii: "-")]) ? nil : SyslogText.decode(field))
        }
        guard let elements = scanner.structuredData() else { return false }
        // Some senders leave out the blank before the text.
        _ = scanner.skip(SyslogScanner.blank)
        format = .structured
        self.time = time
        (host, application, process, messageID) = (fields[0], fields[1], fields[2], fields[3])
        self.elements = elements
        text = SyslogText.decode(scanner.rest, isCut: isTruncated)
        return true
    }

    // MARK: - RFC 3164

    private mutating func readTraditional(_ start: SyslogScanner, now: Int64) {
        var scanner = start
        scanner.skipBlanks()
        // A counter, as network devices put before the time: `29: *Mar  1 18:46:11: %SYS-5-CONFIG_I: …`.
        _ = scanner.attempt { $0.number(1...9) != nil && $0.skip(": ") ? true : nil }
        // Or before that their name: `29: switch1: Mar 1 …`.
        let named = scanner.attempt { scanner -> String? in
            guard let name = scanner.hostName(), scanner.skip(": ") else { return nil }
            guard let time = scanner.anyTime(now: now) else { return nil }
            self.time = time
            return name
        }
        if let named { host = named } else { time = scanner.anyTime(now: now) }
        if time != nil {
            scanner.skipBlanks()
            if named == nil {
                host = scanner.attempt { scanner in
                    guard let name = scanner.hostName(), scanner.skip(SyslogScanner.blank) else { return nil }
                    return name
                }
            }
        }
        scanner.skipBlanks()
        if let tag = scanner.tag() { (application, process) = tag }
        scanner.skipBlanks()
        text = SyslogText.decode(scanner.rest, isCut: isTruncated)
    }
}

extension SyslogScanner {
    fileprivate mutating func anyTime(now: Int64) -> SyslogTime? { rfc3339() ?? traditionalTime(now: now) }

    /// A name or an address; nil for what looks like a tag, or is none.
    fileprivate mutating func hostName() -> String? {
        attempt { scanner in
            let octets = scanner.take { octet in
                switch octet {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39, UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "."), 0x3A:
                    true
                default: octet >= 0x80
                }
            }
            // An IPv6 address has colons, a tag ends with one.
            guard let last = octets.last, octets.count <= 255 else { return nil }
            if last == Self.colon {
                guard octets.count(where: { $0 == Self.colon }) == 1 else { return nil }
                scanner.position -= 1
                return SyslogText.decode(octets.dropLast())
            }
            return SyslogText.decode(octets)
        }
    }

    /// `su:`, `sshd[4711]:`, `%SYS-5-CONFIG_I:` with what is in brackets.
    fileprivate mutating func tag() -> (String?, String?)? {
        attempt { scanner in
            let name = scanner.take { $0 > 0x20 && $0 != Self.colon && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
            guard 1...64 ~= name.count else { return nil }
            var process: String?
            if scanner.skip("[") {
                let octets = scanner.take { $0 > 0x20 && $0 != UInt8(ascii: "]") }
                guard octets.count <= 64, scanner.skip("]") else { return nil }
                process = SyslogText.decode(octets)
            }
            guard scanner.skip(Self.colon), scanner.isAtEnd || scanner.next == Self.blank else { return nil }
            return (SyslogText.decode(name), process)
        }
    }

    /// STRUCTURED-DATA; nil if it is none. At most 64 elements of 64 parameters each are kept.
    fileprivate mutating func structuredData() -> [SyslogMessage.Element]? {
        if skip("-") { return isAtEnd || next == Self.blank ? [] : nil }
        var elements: [SyslogMessage.Element] = []
        while next == UInt8(ascii: "[") {
            guard let element = element() else { return nil }
            if elements.count < 64 { elements.append(element) }
        }
        return elements.isEmpty ? nil : elements
    }

    private mutating func element() -> SyslogMessage.Element? {
        attempt { scanner in
            guard scanner.skip("["), let id = scanner.name() else { return nil }
            var element = SyslogMessage.Element(id)
            while scanner.skip(Self.blank) {
                scanner.skipBlanks()
                if scanner.next == UInt8(ascii: "]") { break }
                guard let name = scanner.name(), scanner.skip("=\""), let value = scanner.quoted() else { return nil }
                if element.parameters.count < 64 { element.parameters.append(.init(name, value)) }
            }
            return scanner.skip("]") ? element : nil
        }
    }

    /// SD-NAME: printable, without blank, `=`, `]` and `"`.
    private mutating func name() -> String? {
        let octets = take { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "\"") }
        return octets.isEmpty ? nil : String(decoding: octets, as: UTF8.self)
    }

    /// A value up to its closing quote, where `\"`, `\\` and `\]` stand for what follows the stroke (§6.3.3).
    private mutating func quoted() -> String? {
        var octets: [UInt8] = []
        while let octet = next {
            position += 1
            if octet == UInt8(ascii: "\"") { return SyslogText.decode(octets[...]) }
            if octet == UInt8(ascii: "\\"), let escaped = next,
                [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "]")].contains(escaped)
            {
                position += 1
                octets.append(escaped)
            } else {
                octets.append(octet)
            }
        }
        return nil
    }
}
