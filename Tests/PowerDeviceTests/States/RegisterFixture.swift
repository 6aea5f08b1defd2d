import PowerDevice
import Testing

extension DeviceMap {
    /// Registers of a device that answers: every bit 0, every measurement not managed, on three lines.
    func quietRegisters() -> RegisterFile {
        var file = emptyRegisters
        for range in readPlan + optionalRanges { file.store(Array(repeating: 0, count: range.count), at: range.address) }
        for point in points where point.measurement != nil { file.setRaw(Measurement.notManaged, of: point) }
        switch name {
        case "VU-MAP": file.store([0x0101, 1, 1, 1, 400, 360, 0x0303, 0, 0, 1, 0, 0, 0, 1, 0x8200], at: 0x0001)
        case "JBUSP":
            file.store([257, 400, 1], at: 0x1000)
            file[0x1064] = 100
        default: break
        }
        return file
    }

    /// ``quietRegisters()`` with the bits of `codes` at 1.
    func fixture(_ codes: String..., values: [String: UInt16] = [:]) -> RegisterFile { fixture(codes, values: values) }

    func fixture(_ codes: [String], values: [String: UInt16] = [:]) -> RegisterFile {
        var file = quietRegisters()
        for (code, value) in codes.map({ ($0, 1) }) + values.map({ ($0.key, $0.value) }) {
            if let point = self[PointCode(code)] {
                file.setRaw(value, of: point)
            } else {
                Issue.record("\(name) has no \(code)")
            }
        }
        return file
    }

    func upsState(_ codes: [String], values: [String: UInt16] = [:]) -> UPSState? {
        let file = fixture(codes, values: values)
        return upsState(of: file, snapshot: snapshot(of: file))
    }

    func stsState(_ codes: [String]) -> STSState? {
        let file = fixture(codes)
        return stsState(of: file, snapshot: snapshot(of: file))
    }
}
