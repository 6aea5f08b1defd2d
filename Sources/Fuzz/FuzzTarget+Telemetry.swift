import NIOCore
import Telemetry

extension FuzzTarget {
    static let telemetry = [
        FuzzTarget(name: "block of samples") { input in
            require(PackedSamples.surviveEncoding(block: Array(input.readableBytesView)), "what was decoded does not survive encoding")
        },
        FuzzTarget(name: "chain of samples") { input in
            require(PackedSamples.surviveEncoding(chain: Array(input.readableBytesView)), "what was decoded does not survive encoding")
        },
    ]
}
