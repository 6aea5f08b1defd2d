import PowerDevice

extension RegisterProfile {
    init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["map", "outputSource", "batteryStatus", "identity", "alarms", "points"])
        var map: DeviceMap?
        if let field = section["map"] {
            let name = try field.text()
            map = DeviceMap.named(name)
            if map == nil { throw field.problem("\"\(name)\" is no map; there are \(DeviceMap.all.map(\.name).joined(separator: ", "))") }
        }
        let points = try section["points"]?.list().map { field throws(ProfileProblem) in try RegisterPoint(field) } ?? []
        self.init(map: map, points: points)
        outputSource = try section["outputSource"].map { field throws(ProfileProblem) in
            try StateRegister(field) { value throws(ProfileProblem) in try value.word(of: OutputSource.self) }
        }
        batteryStatus = try section["batteryStatus"].map { field throws(ProfileProblem) in
            try StateRegister(field) { value throws(ProfileProblem) in try value.word(of: BatteryStatus.self) }
        }
        alarms = try section["alarms"]?.list().map { field throws(ProfileProblem) in try RegisterAlarm(field) } ?? []
        texts = try section["identity"].map(Self.texts) ?? []
        if map == nil, points.isEmpty { throw field.problem("must have a map or points") }
    }

    private static func texts(_ field: ProfileField) throws(ProfileProblem) -> [RegisterText] {
        let section = try field.section(CardProfile.IdentityRow.Field.allCases.map(\.rawValue))
        var texts: [RegisterText] = []
        for key in CardProfile.IdentityRow.Field.allCases {
            guard let row = try section[key.rawValue]?.section(["register", "count"]) else { continue }
            let address = try row.required("register").number(0...65_535)
            let count = try row.required("count").number(1...min(64, 65_536 - address))
            texts.append(RegisterText(field: key, address: UInt16(address), count: count))
        }
        return texts
    }
}

extension RegisterProfile.StateRegister {
    fileprivate init(_ field: ProfileField, _ word: (ProfileField) throws(ProfileProblem) -> Value) throws(ProfileProblem) {
        let section = try field.section(["register", "values"])
        self.init(
            address: UInt16(try section.required("register").number(0...65_535)), values: try section.required("values").values(word))
    }
}

extension RegisterAlarm {
    fileprivate init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["register", "bit"] + Alarm.keys)
        self.init(
            address: UInt16(try section.required("register").number(0...65_535)), bit: try section.required("bit").number(0...15),
            alarm: try Alarm(section))
    }
}

extension RegisterPoint {
    fileprivate init(_ field: ProfileField) throws(ProfileProblem) {
        let section = try field.section(["register", "type", "bit", "line", "lines", "decimals"] + ReadingRule.keys)
        let variable = try VariableTemplate(section)
        let number = try section["type"]?.word(of: Number.self) ?? .u16
        let last = 65_536 - number.registers
        if let decimals = section["decimals"], try decimals.text() != "device" { throw decimals.problem("must be device, or left out") }
        let bit = try section["bit"]?.number(0...15)
        if bit != nil, number != .u16, let type = section["type"] { throw type.problem("must be u16 where there is a bit") }
        let lines = try section["lines"]?.word(of: LineGroup.self)
        if variable.hasLine, lines == nil || section["line"] == nil {
            throw try section.required("variable").problem("has a place for a line; that takes lines and line")
        }
        self.init(
            variable, at: UInt16(try section.required("register").number(0...last)), number, bit: bit,
            line: try section["line"]?.number(1...MIBModule.maximumLines), lines: lines, isFactored: section["decimals"] != nil,
            reading: try ReadingRule(section, variable, absent: Self.marks(of: number), isSigned: number.isSigned),
            poll: try section["poll"]?.word(of: CardProfile.PollClass.self) ?? variable.usualPoll)
    }
}
