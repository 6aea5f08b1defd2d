/// The document of a profile (docs/device-profiles.md): addresses are numbers or texts such as `0x0F10`; everything but `name` and `map` may
/// be left out.
extension ControlProfile: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case name, map, signature, readable, enabled, commands }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let ranges = try container.decodeIfPresent([RangeDocument].self, forKey: .readable) ?? []
        let mapName = try container.decode(String.self, forKey: .map)
        guard let map = DeviceMap.named(mapName) else {
            let names = DeviceMap.all.map(\.name).joined(separator: ", ")
            throw DecodingError.dataCorruptedError(forKey: .map, in: container, debugDescription: "there are the maps \(names)")
        }
        self.init(
            name: try container.decode(String.self, forKey: .name), map: mapName,
            signature: try container.decodeIfPresent([Word].self, forKey: .signature) ?? [], readable: ranges.map(\.range),
            enabled: try container.decodeIfPresent([RegisterBit].self, forKey: .enabled) ?? [],
            commands: try container.decodeIfPresent([Command].self, forKey: .commands) ?? [])
        if let bit = bitsNeverRead(on: map).first {
            throw DecodingError.dataCorruptedError(
                forKey: .readable, in: container,
                debugDescription: "the register of \(bit) is neither readable nor in the map: it would never hold")
        }
    }

    /// Bits that are asked for, but whose registers the card does not read.
    package func bitsNeverRead(on map: DeviceMap) -> [RegisterBit] {
        let registers = RegisterFile(map.readPlan + map.optionalRanges + readable)
        return (enabled + commands.flatMap(\.requirements).map(\.bit)).filter { !registers.contains($0.address) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(map, forKey: .map)
        try container.encode(signature, forKey: .signature)
        try container.encode(readable.map(RangeDocument.init), forKey: .readable)
        try container.encode(enabled, forKey: .enabled)
        try container.encode(commands, forKey: .commands)
    }

    /// `{"address": "0x0F00", "count": 4}`
    private struct RangeDocument: Codable {
        let range: RegisterRange

        private enum CodingKeys: String, CodingKey, CaseIterable { case address, count }

        init(_ range: RegisterRange) { self.range = range }

        init(from decoder: any Decoder) throws {
            try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let address = try container.decode(RegisterNumber.self, forKey: .address).value
            let count = try container.decode(Int.self, forKey: .count)
            guard (1...125).contains(count), Int(address) + count <= 0x1_0000 else {
                throw DecodingError.dataCorruptedError(
                    forKey: .count, in: container, debugDescription: "a range has 1 to 125 words inside 0x0000…0xFFFF")
            }
            range = RegisterRange(address, count: count)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(RegisterNumber(value: range.address), forKey: .address)
            try container.encode(range.count, forKey: .count)
        }
    }
}

extension ControlProfile.Word: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case address, value }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(RegisterNumber.self, forKey: .address).value,
            try container.decode(RegisterNumber.self, forKey: .value).value)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(RegisterNumber(value: address), forKey: .address)
        try container.encode(RegisterNumber(value: value), forKey: .value)
    }
}

extension ControlProfile.Command: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case control, address, words, function, requires, always }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let function = try container.decodeIfPresent(UInt8.self, forKey: .function)
        let words = try container.decode([ControlWord].self, forKey: .words)
        guard (1...123).contains(words.count) else {
            throw DecodingError.dataCorruptedError(forKey: .words, in: container, debugDescription: "a write has 1 to 123 words")
        }
        guard function == nil || function == 16 || (function == 6 && words.count == 1) else {
            throw DecodingError.dataCorruptedError(
                forKey: .function, in: container, debugDescription: "the function is 6 for one word, or 16")
        }
        self.init(
            try container.decode(DeviceControl.Kind.self, forKey: .control),
            at: try container.decode(RegisterNumber.self, forKey: .address).value, words, function: function,
            if: try container.decodeIfPresent([ControlProfile.Requirement].self, forKey: .requires) ?? [],
            isAlwaysPermitted: try container.decodeIfPresent(Bool.self, forKey: .always) ?? false)
        guard carriesItsValues else {
            throw DecodingError.dataCorruptedError(
                forKey: .words, in: container, debugDescription: "the words do not carry the values of \(control.rawValue), and only them")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(control, forKey: .control)
        try container.encode(RegisterNumber(value: address), forKey: .address)
        try container.encode(words, forKey: .words)
        try container.encodeIfPresent(function, forKey: .function)
        try container.encode(requirements, forKey: .requires)
        try container.encode(isAlwaysPermitted, forKey: .always)
    }

    /// Whether the words have each value that the control has, and none that it does not have.
    package var carriesItsValues: Bool {
        let fields = words.compactMap { word in
            if case .field(let field) = word { field } else { nil }
        }
        let values = Set(fields)
        guard values.count == fields.count else { return false }
        let clock: Set<ControlWord.Field> = [.minuteSecond, .dayHour, .year]
        let standby: Set<ControlWord.Field> = [.kind, .delay, .standby]
        return switch control {
        case .scheduleBatteryTest: values == [.weeks, .weekday, .hour]
        case .scheduleStandby: values.isSuperset(of: standby) && values.isSubset(of: standby.union([.delayHigh, .standbyHigh]))
        case .setClock: values == clock.union([.monthWeekday]) || values == clock.union([.month])
        default: values.isEmpty
        }
    }
}

extension ControlProfile.Requirement: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case bit
        case reason = "else"
    }

    /// A bit alone, or `{"bit": "0x0008.0", "else": "why not"}`.
    package init(from decoder: any Decoder) throws {
        if let bit = try? decoder.singleValueContainer().decode(RegisterBit.self) {
            self.init(bit)
            return
        }
        try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(RegisterBit.self, forKey: .bit), else: try container.decodeIfPresent(String.self, forKey: .reason))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bit, forKey: .bit)
        try container.encode(reason, forKey: .reason)
    }
}

/// A register's address or value in a document: a number, or a text such as `0x0F10`.
private struct RegisterNumber: Codable {
    let value: UInt16

    init(value: UInt16) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(UInt16.self) {
            self.value = value
            return
        }
        guard let value = UInt16(registerText: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither 0…65535 nor 0x0000…0xFFFF")
        }
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value.registerText)
    }
}

extension Decoder {
    /// A document with a key that means nothing was meant otherwise: it is refused.
    fileprivate func refuseKeys(otherThan known: [String]) throws {
        let container = try container(keyedBy: AnyKey.self)
        for key in container.allKeys where !known.contains(key.stringValue) {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "unknown key; there are \(known.joined(separator: ", "))")
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
