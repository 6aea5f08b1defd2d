import FoundationEssentials

/// Whether the server can keep what it learns.
struct StorageState: Sendable, Equatable {
    enum Condition: String, Sendable, CaseIterable, Encodable {
        case ok
        /// There is no room left on the disk.
        case full
        /// The files can't be written, or one of them is damaged.
        case failing

        /// The value of the gauge `nvfleet_storage_state`.
        var number: Double {
            switch self {
            case .ok: 0
            case .full: 1
            case .failing: 2
            }
        }
    }

    let condition: Condition
    /// What is wrong and what to do, in words for a person; nil while all is well.
    let problem: String?
    /// Since when it is so; nil while nothing has ever been wrong.
    let since: Date?

    static let ok = StorageState(condition: .ok, problem: nil, since: nil)
}

/// Where the server keeps things.
enum StoragePlace: String, Sendable, CaseIterable {
    /// Inventory, users, live status: `fleet.sqlite`, or the PostgreSQL server.
    case fleet
    /// The history: `telemetry.sqlite`.
    case telemetry
    /// The same file, when samples are packed and summed up: what fails here does not yet fail there.
    case packing
}
