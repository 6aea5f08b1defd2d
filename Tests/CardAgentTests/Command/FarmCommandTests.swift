import ArgumentParser
import Testing

@testable import CardAgent

@Suite struct FarmCommandTests {
    @Test func aFarmIsParsed() throws {
        let command = try FarmCommand.parse(["--count", "12", "--subnet", "127.77.0.0/24", "--port-offset", "10000"])
        #expect(command.count == 12)
        #expect(command.options.offset.rawValue == 10_000)
    }

    static let bad: [([String], String)] = [
        (["--count", "12", "--subnet", "127.77.0.0/29"], "6 addresses"), (["--count", "0", "--subnet", "127.77.0.0/24"], "--count"),
        (["--count", "1", "--subnet", "127.77.0.0/24", "--port-offset", "17728"], "17727"),
        (["--count", "1", "--subnet", "127.77.0.0/24", "--port-offset=-1"], "17727"),
        (["--count", "1", "--subnet", "nowhere"], "127.77.0.0/24"),
    ]

    @Test(arguments: bad) func badArgumentsAreToldWithWhatIsRight(_ arguments: [String], _ words: String) {
        let error = #expect(throws: (any Error).self) { try FarmCommand.parse(arguments) }
        #expect(error.map { FarmCommand.message(for: $0).contains(words) } == true)
    }

    @Test func aBadMACAddressIsRefused() {
        #expect(throws: (any Error).self) {
            try RunCommand.parse(["--state", "x", "--device", "sim:ITYS PRO", "--mac", "00:E0:D8:FF:C1"])
        }
    }
}
