import PowerDevice
import Synchronization

/// All of a card that has to do with telling its device something.
struct CardControls: Sendable {
    let controller: DeviceController
    let tests = BatteryTestRecord()
    let countdown = OutputCountdown()
    let buzzer = BuzzerRecord()
    let uptime: Uptime

    /// The card starts again: nothing is remembered of what it was told.
    func reset() {
        tests.reset()
        countdown.reset()
        buzzer.reset()
    }

    /// The device has been asked, or has been found lost.
    func devicePolled(_ device: DeviceRecord.Contents) {
        controller.devicePolled()
        guard device.snapshot.state.isCommunicating else { return }
        let alarms = device.snapshot.rfc1628Alarms
        tests.observe(
            isTesting: alarms.contains { $0.name == "upsAlarmTestInProgress" },
            hasFailed: alarms.contains { $0.name == "upsAlarmDiagnosticTestFailed" }, uptime: uptime.ticks)
    }
}

/// The order that the last SET of an object has given, should it have to be taken back.
final class OrderTicket: Sendable {
    private let order = Mutex<DeviceController.OrderID?>(nil)

    /// False if there is none: it has not been accepted.
    func take(_ id: DeviceController.OrderID?) -> Bool {
        order.withLock { $0 = id }
        return id != nil
    }

    /// False if it is too late.
    func giveBack(to controller: DeviceController) -> Bool {
        guard let id = order.withLock({ $0.take() }) else { return true }
        return controller.withdraw(id)
    }
}
