/// Which status and alarm bits the physics sets; all the others stay 0.
extension VUMapPanel {
    /// In eco mode the load is on the bypass: S002 and S006 together.
    static let status: [(Int, Readout.Flag)] = [
        (0, .inverterFeeds), (2, .bypassFeeds), (3, .maintenanceBypassFeeds), (4, .loadOff), (6, .eco), (10, .lineInteractive),
        (11, .operating), (12, .available), (13, .standby), (14, .isolated), (16, .outputSwitchClosed), (17, .maintenanceBypassClosed),
        (20, .singlePhaseInput), (21, .rectifierBreakerClosed), (22, .bypassBreakerClosed), (23, .gensetRunning), (26, .starting),
        (28, .stopping), (32, .batteryOK), (33, .batteryCharged), (34, .batteryTesting), (35, .batteryTestScheduled),
        (36, .batteryCharging), (37, .batteryTestInterrupted), (48, .inputPresent), (49, .rectifierOn), (50, .chargerOn),
        (51, .rectifierStarting), (52, .inverterOn), (53, .inverterSwitchClosed), (56, .bypassPresent), (57, .bypassClosed),
        (58, .synchronised), (60, .plug1), (61, .plug2), (62, .plug3), (63, .plug4), (82, .lineInteractive), (83, .batteryOpen),
    ]

    static let alarms: [(Int, Readout.Flag)] = [
        (0, .imminentStop), (1, .overload), (2, .ambientHot), (4, .transferImpossible), (5, .insufficientResources),
        (6, .redundancyLost), (10, .hourOnBypass), (15, .generalAlarm), (16, .batteryDisconnected), (17, .batteryDischarged),
        (18, .batteryLow), (19, .onBattery), (20, .batteryHot), (22, .batteryTestFailed), (27, .batteryAlarm), (35, .inputBad),
        (36, .gensetAlarm), (40, .inverterFault), (41, .inverterHot), (43, .redundancyThreatened), (50, .bypassBad), (51, .rotation),
        (56, .maintenanceBypassAlarm),
    ]
}
