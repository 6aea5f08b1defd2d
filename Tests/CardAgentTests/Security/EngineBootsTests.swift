import SNMP
import Testing

@testable import CardAgent

@Suite struct EngineBootsTests {
    @Test func everyBootCountsOverTheProgramsEnd() throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let boots = EngineBoots(directory: scratch.path)
        #expect(try [boots.next(), boots.next()] == [1, 2])
        #expect(try EngineBoots(directory: scratch.path).next() == 3)
    }

    @Test func withoutADirectoryItCountsInMemory() throws {
        let boots = EngineBoots(directory: nil)
        #expect(try [boots.next(), boots.next(), boots.next()] == [1, 2, 3])
        #expect(try EngineBoots(directory: nil).next() == 1)
    }

    @Test(arguments: ["", "seven\n", "-1\n", "99999999999\n", "2147483646\n", "2147483647\n"])
    func theEndOfTheNumbersIsTheEnd(_ text: String) throws {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        try StateFile.write(text, to: "\(scratch.path)/engine-boots")
        #expect(try EngineBoots(directory: scratch.path).next() == EngineTime.latchedBoots)
        #expect(try EngineBoots(directory: scratch.path).next() == EngineTime.latchedBoots)
    }

    @Test func aNumberThatCantBeKeptIsNotUsedAgain() throws {
        let boots = EngineBoots(directory: "/nonexistent/directory")
        #expect(throws: StateDirectoryError.self) { try boots.next() }
        #expect(boots.last == 1)
        #expect(throws: StateDirectoryError.self) { try boots.next() }
        #expect(boots.last == 2)
    }
}
