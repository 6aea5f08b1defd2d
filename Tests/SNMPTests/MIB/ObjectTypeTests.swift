import SNMP
import Testing

struct ObjectTypeTests {
    private let text = ObjectType("demoText", "1.3.6.1.3.1", .displayString(0...4))

    @Test func cutsATextBetweenCharacters() {
        #expect(text.text("abcd") == .text("abcd"))
        #expect(text.text("abcde") == .text("abcd"))
        #expect(text.text("abcä") == .text("abc"))
        #expect(text.text("a😀") == .text("a"))
        #expect(text.text("") == .text(""))
    }

    @Test func namesItsInstances() {
        #expect(text.scalar == "1.3.6.1.3.1.0")
        #expect(text.instance(7) == "1.3.6.1.3.1.7")
    }
}
