package import PowerDevice

/// A static transfer system between two sources and one load: it keeps the load on the preferred source, and moves it to the other one
/// within milliseconds when that leaves its tolerance.
///
///     source 1 ── Q41 ── SS1 ──┐
///                              ├── Q30 ── load       (Q51, Q52: manual bypasses around it)
///     source 2 ── Q42 ── SS2 ──┘
package struct STSPhysics: Sendable {
    package let unit: UPSUnit

    // MARK: - What the world does

    /// Source 1 and source 2.
    package var sources: [Mains]
    /// Apparent power that the load takes, in percent of the rating (0…200).
    package var load: Double
    /// Room temperature in °C.
    package var ambient: Double

    // MARK: - What it was told

    /// 1 or 2.
    package internal(set) var preferred = 1
    /// Which manual bypass feeds the load; nil while the switches do.
    package var manualBypass: Int?
    /// An external contact forbids transfers.
    package var isTransferLocked = false
    package var isRemoteControlEnabled = true
    package internal(set) var calendar: SimulatedCalendar
    /// Stay on the alternate source, as an operator has asked for.
    var isHeldOnAlternate = false

    // MARK: - What the machine does

    /// The source whose static switch conducts, 1 or 2; nil while the load is off.
    package internal(set) var feeding: Int? = 1
    /// Degrees by which each source's phase has run away from its start, by its frequency.
    private(set) var angles = [0.0, 0.0]
    package private(set) var overload = OverloadTimer()
    /// °C at each static switch.
    package private(set) var switchTemperatures: [Double]
    package private(set) var elapsed = 0.0
    /// The times of the transfers away from a preferred source that failed, in `elapsed` seconds.
    private var detections: [Double] = []
    /// Too many such transfers: the load stays where it is until someone acknowledges.
    package private(set) var isLockedByDetections = false
    /// Seconds since the preferred source is good again.
    package private(set) var secondsPreferredGood = 0.0

    package init(_ unit: UPSUnit, clock: DeviceClock = SimulatedCalendar.start) {
        self.unit = unit
        sources = [Mains(voltage: unit.initialVoltage), Mains(voltage: unit.initialVoltage + unit.lineOffsets[0].rounded())]
        load = unit.initialLoad
        ambient = unit.initialAmbient
        calendar = SimulatedCalendar(clock)
        switchTemperatures = Array(repeating: unit.initialAmbient + 12, count: 2)
    }

    /// Seconds that the preferred source must be good before the load goes back.
    package static let returnDelay = 10.0
    /// So many transfers away within so many seconds lock the return.
    package static let mostDetections = 5
    package static let detectionSeconds = 120.0

    package mutating func advance(by seconds: Double) {
        UPSPhysics.steps(of: seconds) { advanceStep($0) }
    }

    private mutating func advanceStep(_ seconds: Double) {
        elapsed += seconds
        calendar.advance(seconds)
        for index in sources.indices {
            sources[index].advance(seconds)
            angles[index] = degrees(angles[index] + 360 * (sources[index].frequency - 50) * seconds)
        }
        if haveOneFrequency { angles[1] = angles[0] }
        overload.advance(load: load, isOnInverter: feeding != nil && manualBypass == nil, seconds: seconds)
        secondsPreferredGood = quality(of: preferred).isUsable ? secondsPreferredGood + seconds : 0
        settle()
        for index in sources.indices {
            let target = ambient + 12 + (feeding == index + 1 && manualBypass == nil ? 0.25 * load : 0)
            switchTemperatures[index] += (target - switchTemperatures[index]) * min(1, seconds / 600)
        }
    }

    /// Moves the load to where it belongs now: called after every step, and at once when something happens.
    mutating func settle() {
        guard manualBypass == nil, !overload.isTripped else {
            feeding = manualBypass
            return
        }
        guard let current = feeding else { return restart() }
        let other = 3 - current
        if !quality(of: current).isUsable {
            leave(current, for: other)
        } else if current != target, quality(of: other).isUsable, isInstantlySynchronised, mayReturn {
            feeding = other
            detections.removeAll { elapsed - $0 > Self.detectionSeconds }
        }
    }

    private mutating func leave(_ current: Int, for other: Int) {
        let isDead = quality(of: current) == .absent
        guard quality(of: other).isUsable, !isTransferLocked, !isLockedByDetections || isDead, isDead || isInstantlySynchronised else {
            if isDead { feeding = nil }
            return
        }
        feeding = other
        guard current == preferred else { return }
        detections.removeAll { elapsed - $0 > Self.detectionSeconds }
        detections.append(elapsed)
        if detections.count >= Self.mostDetections { isLockedByDetections = true }
    }

    /// The load was off: it gets the first source that is good, the preferred one before the other.
    private mutating func restart() {
        feeding = [preferred, 3 - preferred].first { quality(of: $0).isUsable }
    }

    /// Where the load should be.
    private var target: Int { isHeldOnAlternate ? 3 - preferred : preferred }

    private var mayReturn: Bool {
        !isTransferLocked && !isLockedByDetections && (isHeldOnAlternate || secondsPreferredGood >= Self.returnDelay)
    }

    /// Goes to the other source now, as asked for by hand.
    mutating func transfer(to source: Int) {
        isHeldOnAlternate = source != preferred
        if quality(of: source).isUsable && isInstantlySynchronised { feeding = source }
    }

    mutating func acknowledge() {
        isLockedByDetections = false
        detections = []
    }
}
