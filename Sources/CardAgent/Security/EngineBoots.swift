import SNMP
import Synchronization

/// snmpEngineBoots: how often the card has been switched on (RFC 3414 §2.2), kept in `engine-boots` of the state directory.
///
/// Without a directory it is kept as long as the program runs: a farm of that kind is made anew each time.
final class EngineBoots: Sendable {
    private let path: String?
    private let number = Mutex<Int32>(0)

    init(directory: String?) { path = directory.map { "\($0)/engine-boots" } }

    /// Counts the card's boot, and returns its number once that will survive a power cut. Blocks.
    ///
    /// A file without a number in it counts as the end of the numbers, as RFC 3414 §2.2.2 wants it of one that is lost: whoever deletes it
    /// begins anew, and must then make the managers forget the engine.
    func next() throws(StateDirectoryError) -> Int32 {
        try number.withLock { number throws(StateDirectoryError) in
            let last = try path.flatMap { path throws(StateDirectoryError) in try Self.read(path) } ?? number
            // Even if it can't be written: the next boot of this program has another number.
            number = min(max(last, number), EngineTime.latchedBoots - 1) + 1
            if let path { try StateFile.write("\(number)\n", to: path) }
            return number
        }
    }

    /// The number in memory, where it can't be written.
    var last: Int32 { number.withLock { $0 } }

    private static func read(_ path: String) throws(StateDirectoryError) -> Int32? {
        guard let text = try StateFile.read(path) else { return nil }
        return Int32(text.prefix { !$0.isNewline }).flatMap { $0 >= 0 ? $0 : nil } ?? EngineTime.latchedBoots
    }
}
