package import PowerDevice

extension RegisterProfile {
    /// What the owner's rows need beside the blocks of the map: few blocks, each to be read in one request.
    package var ranges: [RegisterRange] {
        var addresses: Set<Int> = []
        func add(_ address: UInt16, _ count: Int = 1) { addresses.formUnion(Int(address)..<min(Int(address) + count, 0x1_0000)) }
        for point in points { add(point.address, point.number.registers) }
        for alarm in alarms { add(alarm.address) }
        for text in texts { add(text.address, text.count) }
        if let outputSource { add(outputSource.address) }
        if let batteryStatus { add(batteryStatus.address) }
        let known = map.map { RegisterFile($0.readPlan + $0.optionalRanges) }
        let sorted = addresses.filter { known?.contains(UInt16($0)) != true }.sorted()
        return Self.blocks(of: sorted)
    }

    /// The most registers that are read for nothing to save a request.
    private static let gap = 8
    private static let largest = 100

    private static func blocks(of addresses: [Int]) -> [RegisterRange] {
        var blocks: [ClosedRange<Int>] = []
        for address in addresses {
            if let last = blocks.last, address - last.upperBound <= gap, address - last.lowerBound < largest {
                blocks[blocks.count - 1] = last.lowerBound...address
            } else {
                blocks.append(address...address)
            }
        }
        return blocks.map { RegisterRange(UInt16($0.lowerBound), count: $0.count) }
    }

    /// What a device's registers say. Without a map and without a known register it is silent.
    ///
    /// - Parameter base: What the map makes of them, if there is one.
    package func state(of registers: RegisterFile, kind: DeviceKind, base: DeviceSnapshot?) -> DeviceState {
        let isKnown = base?.state.isCommunicating ?? ranges.contains { range in registers.words(in: range) != nil }
        var state = base?.state ?? DeviceState(kind: kind, isCommunicating: isKnown)
        state.readings = state.readings.filter { PlausibleRange(of: VariableTemplate($0.key.rawValue)).contains($0.value) }
        if isPlain, base != nil { return state }
        guard isKnown else { return state }
        if base == nil { countLines(in: registers, &state) }
        for (variable, value) in readings(of: registers, state, isDecimal: base?.plate.isDecimal ?? false) {
            state.readings[variable] = value
        }
        if let source = outputSource { state.outputSource = source.value(in: registers) ?? .unknown }
        if let battery = batteryStatus { state.batteryStatus = battery.value(in: registers) ?? .unknown }
        for alarm in alarms {
            guard let word = registers[alarm.address], word >> UInt16(alarm.bit) & 1 == 1 else { continue }
            state.alarms.insert(alarm.alarm)
        }
        if state.alarms.contains(.communicationLost) {
            // Whatever else the registers say is what they said before.
            state.isCommunicating = false
            state.readings = [:]
            if kind == .ups { (state.outputSource, state.batteryStatus) = (.unknown, .unknown) }
        }
        return state
    }

    /// What the device's texts say of it.
    package func text(_ field: CardProfile.IdentityRow.Field, in registers: RegisterFile) -> String? {
        texts.lazy.filter { $0.field == field }.compactMap { row in
            let content = Point.Content.text(words: row.count, order: .highByteFirst)
            return registers.text(Point("", address: row.address, title: nil, content: content))
        }.first
    }

    /// As many lines as have a value; a device without a line's row is one with one line.
    private func countLines(in registers: RegisterFile, _ state: inout DeviceState) {
        func count(_ lines: LineGroup) -> Int {
            points.filter { $0.lines == lines && $0.value(in: registers, isDecimal: false) != nil }.compactMap(\.line).max() ?? 1
        }
        state.inputLines = count(.input)
        state.outputLines = count(.output)
        state.bypassLines = count(.bypass)
    }

    /// What the rows say of each of their variables: of several rows the first that is managed counts, and what can't be is nothing.
    ///
    /// A variable of an owner's row is never what the map would make of it, even if the row is not managed.
    private func readings(of registers: RegisterFile, _ state: DeviceState, isDecimal: Bool) -> [Variable: Double?] {
        var readings: [Variable: Double?] = [:]
        var unmanaged: Set<Variable> = []
        for point in points {
            let count = point.lines.map { state.lines(of: $0) } ?? 1
            guard (point.line ?? 1) <= count, count > 1 || !point.variable.pattern.contains("{L-L}") else { continue }
            let variable = point.variable.variable(line: point.line ?? 1, of: count)
            if point.isManaged(in: registers) {
                if readings[variable] == nil { readings.updateValue(point.value(in: registers, isDecimal: isDecimal), forKey: variable) }
            } else if !mapRows.contains(point) {
                unmanaged.insert(variable)
            }
        }
        for variable in unmanaged where readings[variable] == nil { readings.updateValue(nil, forKey: variable) }
        return readings
    }
}

extension RegisterProfile.StateRegister {
    fileprivate func value(in registers: RegisterFile) -> Value? { registers[address].flatMap { values[Int($0)] } }
}

extension DeviceState {
    fileprivate func lines(of lines: LineGroup) -> Int {
        switch lines {
        case .input: inputLines
        case .output: outputLines
        case .bypass: bypassLines
        }
    }
}
