/// How a program ended.
enum ProgramEnding: Equatable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case killed(by: Int32)

    /// - Parameter status: as wait(2) gives it.
    init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(by: signal)
    }

    /// The exit status of who ends with it, by the custom of shells.
    var status: Int32 {
        switch self {
        case .exited(let status): status
        case .killed(let signal): 128 + signal
        }
    }

    var description: String {
        switch self {
        case .exited(let status): "exited with status \(status)"
        case .killed(let signal): "was ended by signal \(signal)"
        }
    }
}
