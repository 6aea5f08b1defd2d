import NetVision
import PowerDevice

extension DeviceKind {
    /// Of the traps that arise from the device.
    var trapFamily: TrapFamily {
        switch self {
        case .ups: .netVision7
        case .sts: .sts
        }
    }
}
