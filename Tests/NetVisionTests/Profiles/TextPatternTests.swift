import NetVision
import Testing

@Suite struct TextPatternTests {
    struct Row: Sendable {
        let pattern: String
        let found: [String]
        let notFound: [String]
    }

    @Test(arguments: [
        Row(pattern: "smart-ups", found: ["APC Smart-UPS 1500"], notFound: ["APC Smart UPS"]),
        Row(pattern: "^APC .*(SRT|SMT)[0-9]{3,4}$", found: ["APC Web/SNMP SMT1500"], notFound: ["APC SMT15", "x APC SMT1500"]),
        Row(pattern: "a|b+c?", found: ["xa", "bbb"], notFound: ["xyz"]),
        Row(pattern: "", found: ["", "anything"], notFound: []),
        Row(pattern: "^$", found: [""], notFound: ["x"]),
        Row(pattern: "v\\d+\\.\\d+", found: ["Net Vision v6.30"], notFound: ["v6", "6.30"]),
        Row(pattern: "[^a-z ]", found: ["abc1"], notFound: ["abc abc"]),
        Row(pattern: "(?:ab){2}", found: ["xabab"], notFound: ["abxab"]),
        Row(pattern: "x(|y)z", found: ["xz", "xyz"], notFound: ["xyyz"]),
        Row(pattern: "[]-]", found: ["]", "-"], notFound: ["["]),
    ]) func isFound(_ row: Row) throws {
        let pattern = try TextPattern(row.pattern)
        for text in row.found { #expect(pattern.isFound(in: text), "\(text)") }
        for text in row.notFound { #expect(!pattern.isFound(in: text), "\(text)") }
    }

    @Test(arguments: ["(", ")", "a)", "[a", "*a", "a**", "a{2", "a{3,2}", "a{101}", "\\", "(?=a)", "\\b", "[z-a]", "a{,2}"])
    func whatIsNoPatternIsRefused(_ source: String) {
        #expect(throws: TextPattern.Fault.self) { try TextPattern(source) }
    }

    @Test(arguments: ["(a*)*b", "(a|a)*b", "(a+)+b", "(.*)*(.*)*(.*)*x", "(a{1,50}){1,50}b", "((((((){100}){100}){100}){100}){100}){100}b"])
    func catastrophicPatternsTakeNoTime(_ source: String) throws {
        let text = String(repeating: "a", count: 5000)
        let time = ContinuousClock().measure {
            guard let pattern = try? TextPattern(source) else { return }
            #expect(!pattern.isFound(in: text))
        }
        #expect(time < .seconds(10))
    }

    @Test func nestingAndRepetitionsAreLimited() {
        #expect(throws: TextPattern.Fault.self) { try TextPattern(String(repeating: "(", count: 100) + String(repeating: ")", count: 100)) }
        #expect(throws: TextPattern.Fault.self) { try TextPattern("((a{100}){100}){100}") }
        #expect(throws: TextPattern.Fault.self) { try TextPattern(String(repeating: "a", count: 257)) }
    }
}
