/// The traps of NET VISION 7 and 8 that the card itself has to know, by their numbers in MIB 8.11; `TrapFamily.netVision7` knows all 42.
///
/// 2 is declared and never sent: no UPS tells the end of a test. 20, 21 and 26 tell of the shutdown of servers, 28 to 39 of the environment
/// sensor, 40 and 41 of sessions: who knows of such a thing raises its trap.
enum UPSTrap {
    static let onBattery: Int32 = 1
    static let alarmEntryAdded: Int32 = 3
    static let alarmEntryRemoved: Int32 = 4
    static let communicationLost: Int32 = 14
    static let communicationEstablished: Int32 = 25
    static let agentRestarting: Int32 = 27
    static let sessionOpened: Int32 = 40
    static let accountLocked: Int32 = 41
    static let test: Int32 = 42

    /// What the STS family tells, too: `stsOffset` lower.
    static let sharedWithSTS: ClosedRange<Int32> = 28...42
    static let stsOffset: Int32 = 19

    static let numbers: ClosedRange<Int32> = 1...42
}
