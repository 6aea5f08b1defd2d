import Glibc

/// How many files and connections this process may have open at once. Each card that is read by Modbus takes one, and each client.
enum FileDescriptors {
    /// No more than this is asked for: what a fleet of any size needs.
    private static let enough: rlim_t = 1 << 20

    /// Takes what the system lets the process have without asking anybody (its hard limit), which is often far more than it begins with.
    /// Returns the number that holds from now on.
    static func raiseLimit() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return 1024 }
        let before = limit.rlim_cur
        limit.rlim_cur = max(before, min(limit.rlim_max, enough))
        // It stays as it was where the system refuses.
        return Int(clamping: setrlimit(resource, &limit) == 0 ? limit.rlim_cur : before)
    }
}
