import NIOCore

@_silgen_name("LLVMFuzzerRunDriver") private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Throws bytes at everything that reads bytes from a network, a file or a person: libFuzzer's driver with one body for all parsers.
///
/// The first byte chooses the parser, the rest is its input. A trap, a hang, a leak or a broken promise of a parser ends the run, and leaves
/// the input in a file. Run by `bin/fuzz`.
@main
struct Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = runDriver(&count, &arguments, testOneInput)
    }
}

/// libFuzzer's entry, by its own name: its archive holds a main that refers to it.
@_cdecl("LLVMFuzzerTestOneInput") func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ length: Int) -> CInt {
    let input = UnsafeBufferPointer(start: bytes, count: length)
    guard let choice = input.first else { return 0 }
    FuzzTarget.all[Int(choice) % FuzzTarget.all.count].feed(ByteBuffer(bytes: input.dropFirst()))
    return 0
}

/// A parser, or a chain of them, and what it promises.
struct FuzzTarget: Sendable {
    let name: String
    let feed: @Sendable (ByteBuffer) -> Void

    static let all = snmp + modbus + tftp + discovery + card + security + devices + telemetry + rules + syslog

    /// A promise that an input has broken.
    static func require(_ promise: Bool, _ words: StaticString) {
        precondition(promise, "\(words)")
    }
}
