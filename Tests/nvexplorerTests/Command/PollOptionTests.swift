import ArgumentParser
import Testing

@testable import nvexplorer

@Suite struct PollOptionTests {
    @Test(arguments: [("10", 10, 60), ("60", 60, 60), ("300", 300, 300), ("10:60", 10, 60), ("1:86400", 1, 86_400), ("5:5", 5, 5)])
    func isWholeSeconds(text: String, status: Int, full: Int) throws {
        let option = try PollOption(parsing: text)
        #expect(option.value == .object(["statusSeconds": .integer(status), "fullSeconds": .integer(full)]))
    }

    @Test(arguments: [
        ("abc", "whole seconds"), ("2.5:10", "whole seconds"), ("", "whole seconds"), ("10:", "whole seconds"), ("1:2:3", "whole seconds"),
        ("0", "from 1 to 3600"), ("-5", "from 1 to 3600"), ("3601", "from 1 to 3600"), ("10:86401", "to 86400"), ("30:20", "20:30"),
    ])
    func whatIsWantedIsSaid(text: String, words: String) {
        #expect {
            try NVExplorer.parseAsRoot(["set", "12", "--poll=\(text)"])
        } throws: { NVExplorer.fullMessage(for: $0).contains(words) }
    }
}
