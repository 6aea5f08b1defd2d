import Glibc
import Synchronization

/// The one line that says where everything listens, printed once the last one does.
final class Announcement: Sendable {
    private let introduction: String
    private let state: Mutex<State>

    private struct State {
        var missing: Int
        var places: [String] = []
    }

    init(_ introduction: String, expecting places: Int) {
        self.introduction = introduction
        state = Mutex(State(missing: places))
    }

    func add(_ place: String) {
        let line = state.withLock { state -> String? in
            state.places.append(place)
            state.missing -= 1
            return state.missing == 0 ? "\(introduction): \(state.places.sorted().joined(separator: ", "))" : nil
        }
        guard let line else { return }
        print(line)
        // Whoever waits for the line at the other end of a pipe gets it now.
        fflush(nil)
    }
}
