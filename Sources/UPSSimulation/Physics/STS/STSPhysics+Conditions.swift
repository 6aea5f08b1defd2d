import PowerDevice

/// What can be told of a transfer system at one moment.
extension STSPhysics {
    /// How good a source is.
    enum Quality: Sendable, Equatable {
        case ok
        /// Still within the tolerance, but near its end.
        case critical
        case outOfTolerance
        case absent

        var isUsable: Bool { self == .ok || self == .critical }
    }

    /// ±7.5 % and ±0.5 Hz are good, ±10 % and ±1 Hz are borne.
    func quality(of source: Int) -> Quality {
        guard sources.indices.contains(source - 1) else { return .absent }
        let mains = sources[source - 1]
        guard mains.isPresent, mains.voltage >= 40 else { return .absent }
        guard mains.isWhole(3), (207...253).contains(mains.voltage), (49...51).contains(mains.frequency), !mains.isRotationReversed else {
            return .outOfTolerance
        }
        return (212.75...247.25).contains(mains.voltage) && (49.5...50.5).contains(mains.frequency) ? .ok : .critical
    }

    /// Degrees by which source 2 is behind source 1.
    package var phaseShift: Double {
        guard areBothPresent else { return 0 }
        return degrees(sources[1].phase + angles[1] - sources[0].phase - angles[0])
    }

    var areBothPresent: Bool { quality(of: 1) != .absent && quality(of: 2) != .absent }
    var frequencyDifference: Double { abs(sources[0].frequency - sources[1].frequency) }
    var haveOneFrequency: Bool { frequencyDifference < 0.02 }

    /// How close two sources must be for a transfer that the load does not feel, in degrees.
    package static let largestShift = 15.0

    var isInstantlySynchronised: Bool { areBothPresent && abs(phaseShift) <= Self.largestShift }

    var interaction: TransferState.Interaction {
        guard areBothPresent else { return .unknown }
        if haveOneFrequency { return isInstantlySynchronised ? .synchronised : .asynchronous }
        return frequencyDifference <= 1 ? .sliding : .asynchronous
    }

    package var isOutputLive: Bool { feeding.map { quality(of: $0) != .absent } ?? false }
    var isOutputGood: Bool { feeding.map { quality(of: $0).isUsable } ?? false }
    var isOnPreferred: Bool { isOutputLive && manualBypass == nil && feeding == preferred }
    var isOnAlternate: Bool { isOutputLive && manualBypass == nil && feeding != preferred }
    package var isOverloaded: Bool { isOutputLive && load > 100 }

    /// The source that feeds must be left, and the other one can't be had.
    var isTransferImpossible: Bool {
        guard let feeding, manualBypass == nil else { return false }
        let other = quality(of: 3 - feeding)
        return !other.isUsable || isTransferLocked || isLockedByDetections || !isInstantlySynchronised
    }

    /// The preferred source is good, and the load can't go back to it.
    var isSwitchbackImpossible: Bool {
        isOnAlternate && !isHeldOnAlternate && secondsPreferredGood > Self.returnDelay + 60 && !isInstantlySynchronised
    }

    var isStopImminent: Bool {
        guard let feeding, manualBypass == nil else { return false }
        return overload.strain >= 0.9 || (quality(of: feeding) == .outOfTolerance && !quality(of: 3 - feeding).isUsable)
    }

    var isAmbientHot: Bool { ambient > 40 }

    /// VA of the whole load.
    package var outputPower: Double { isOutputLive ? load / 100 * unit.model.power : 0 }
    func linePower(_ line: Int) -> Double { unit.shares.indices.contains(line) ? outputPower * unit.shares[line] : 0 }
    func lineLoad(_ line: Int) -> Double {
        isOutputLive && unit.shares.indices.contains(line) ? load * unit.shares[line] * Double(unit.shares.count) : 0
    }

    /// V line to neutral of source 1 or 2.
    func voltage(ofSource source: Int, line: Int) -> Double {
        guard sources.indices.contains(source - 1), unit.lineOffsets.indices.contains(line) else { return 0 }
        return sources[source - 1].voltage(line, offset: unit.lineOffsets[line])
    }

    func outputVoltage(_ line: Int) -> Double { feeding.map { voltage(ofSource: $0, line: line) } ?? 0 }

    func outputCurrent(_ line: Int) -> Double {
        let voltage = outputVoltage(line)
        return voltage > 0 ? linePower(line) / voltage : 0
    }

    var neutralCurrent: Double { unbalance(outputCurrent(0), outputCurrent(1), outputCurrent(2)) }
}

extension STSPhysics {
    /// At least one alarm asks for attention; the load on the alternate source alone does not make it.
    var hasGeneralAlarm: Bool {
        isStopImminent || manualBypass != nil || isOverloaded || isLockedByDetections || isSwitchbackImpossible || isTransferImpossible
            || isAmbientHot || !isOutputLive || quality(of: 1) == .absent || quality(of: 2) == .absent
    }
}
