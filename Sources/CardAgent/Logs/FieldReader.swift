import PowerDevice

/// Looks fields up in what is known of a device, and remembers under which names it tells them.
struct FieldReader: Sendable {
    /// For which log.
    enum Slot: Sendable { case history, extended }

    private struct Names: Sendable {
        var kind: DeviceKind
        var inputLines: Int
        var outputLines: Int
        var variables: [[Variable]]
    }

    private struct Last: Sendable {
        var revision: Int
        var values: [Double?]
    }

    private var names: [Slot: Names] = [:]
    private var last: [Slot: Last] = [:]

    /// The values of `fields`, which are those of the slot and the device's kind.
    mutating func values(of fields: [LogField], in device: DeviceRecord.Contents, slot: Slot) -> [Double?] {
        if let last = last[slot], last.revision == device.revision { return last.values }
        let readings = device.snapshot.state.readings
        let values = variables(of: fields, device.snapshot.state, slot).map { candidates in
            for variable in candidates { if let value = readings[variable] { return Optional(value) } }
            return nil
        }
        last[slot] = Last(revision: device.revision, values: values)
        return values
    }

    private mutating func variables(of fields: [LogField], _ state: DeviceState, _ slot: Slot) -> [[Variable]] {
        if let known = names[slot], known.kind == state.kind, known.inputLines == state.inputLines,
            known.outputLines == state.outputLines
        {
            return known.variables
        }
        let found = fields.map { $0.variables(inputLines: state.inputLines, outputLines: state.outputLines) }
        names[slot] = Names(kind: state.kind, inputLines: state.inputLines, outputLines: state.outputLines, variables: found)
        return found
    }
}
