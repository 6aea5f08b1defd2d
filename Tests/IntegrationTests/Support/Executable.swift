import Foundation

/// Where programs are: ours among the build products, other people's in the system or in Python's environment.
enum Executable {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// One of this package's programs: in `NVFLEET_BIN`, else beside the tests.
    static func built(_ name: String) throws -> String {
        let products =
            ProcessInfo.processInfo.environment["NVFLEET_BIN"]
            ?? URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
        return try find(name, in: [products]) {
            Missing(description: "\(name) is not in \(products): build it (swift build), or say where it is by NVFLEET_BIN.")
        }
    }

    /// Another program, which `bin/test` installs. Its absence is a failure, never a reason to skip.
    static func peer(_ name: String) throws -> String {
        let variables = ProcessInfo.processInfo.environment
        if name == "python3", let python = variables["NVFLEET_PYTHON"] { return python }
        let beside = variables["NVFLEET_PYTHON"].map { [URL(filePath: $0).deletingLastPathComponent().path] } ?? []
        let path = (variables["PATH"] ?? "").split(separator: ":").map(String.init)
        return try find(name, in: beside + path + ["/usr/sbin", "/sbin", "/lib/nut"]) {
            Missing(description: "\(name) is not installed; bin/test installs it. (bin/test --quick does without other programs.)")
        }
    }

    private static func find(_ name: String, in folders: [String], orElse missing: () -> Missing) throws -> String {
        let paths = folders.map { "\($0)/\(name)" }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { throw missing() }
        return path
    }

    /// What programs see of our environment: nothing that configures them, or leads them to a proxy.
    static func environment(home: String, _ more: [String: String] = [:]) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let plain = [
            "PATH": "\(path):/usr/sbin:/sbin", "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_PROXY": "*", "no_proxy": "*",
            // net-snmp would look for IETF MIB files, which Debian doesn't ship.
            "MIBS": "", "SNMP_PERSISTENT_DIR": home,
        ]
        return plain.merging(more) { _, new in new }
    }
}
