import FoundationEssentials
import Logging
import NetVision
import Synchronization

/// The owner's profiles: the files of one directory, read at the start and whenever somebody says so.
final class ProfileShelf: Sendable {
    let library = ProfileLibrary()
    private let directory: String
    private let logger: Logger
    private let found = Mutex<[ProfileProblem]>([])

    init(directory: String, logger: Logger) {
        self.directory = directory
        self.logger = logger
        reload()
    }

    /// What is wrong with files, as they were when they were read last.
    var problems: [ProfileProblem] { found.withLock { $0 } }

    /// Reads the files again. Cards go on being polled meanwhile; those of a profile that has changed get a new plan at their next poll. A
    /// file that is wrong now loses its profile: its cards are read by their generation's, and the problem is told.
    func reload() {
        let (profiles, problems) = ProfileLibrary.read(directory: directory)
        library.replace(with: profiles)
        found.withLock { $0 = problems }
        for problem in problems { logger.error("a profile can't be used", metadata: ["problem": "\(problem)"]) }
    }
}
