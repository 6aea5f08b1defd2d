import NIOCore
import Synchronization

/// The condition of a simulated line, to be changed while it is in use.
package final class LineFaults: Sendable {
    private struct State {
        var isCut = false
        var noise: (inbound: LineNoise, outbound: LineNoise)?
    }

    enum Direction {
        case inbound
        case outbound
    }

    private let state: Mutex<State>

    /// A line in order, or one with `noise` in both directions.
    package init(noise: LineNoise? = nil) {
        state = Mutex(State(noise: noise.map { ($0, $0.crossed) }))
    }

    /// Pulls the cable, or plugs it in again: meanwhile all is lost, and neither end notices anything else.
    package func setCut(_ isCut: Bool) {
        state.withLock { $0.isCut = isCut }
    }

    /// What arrives of `characters`.
    func pass(_ characters: ByteBuffer, _ direction: Direction) -> ByteBuffer {
        state.withLock { state in
            if state.isCut { return ByteBuffer() }
            switch direction {
            case .inbound: return state.noise?.inbound.pass(characters) ?? characters
            case .outbound: return state.noise?.outbound.pass(characters) ?? characters
            }
        }
    }
}
