import Testing

@testable import NetVision

@Suite struct PasswordPolicyTests {
    @Test(arguments: ["Abcdefgh123!", "aB3!aB3!aB3!", "%#@^*!Aa1234", String(repeating: "aB3!", count: 16)])
    func takes(password: String) { #expect(PasswordPolicy.lacks(of: password).isEmpty) }

    @Test(arguments: [
        ("Abcdefgh12!", [PasswordPolicy.Lack.length]), ("abcdefgh123!", [.upperCase]), ("ABCDEFGH123!", [.lowerCase]),
        ("Abcdefghijk!", [.digit]), ("Abcdefgh1234", [.special]), ("Abcdefgh123! ", [.foreign]), ("Abcdefgh123!?", [.foreign]),
        ("Äbcdefgh123!", [.upperCase, .foreign]), ("Abcdefgh١٢٣!", [.digit, .foreign]), ("FFC190", [.length, .lowerCase, .special]),
        (String(repeating: "aB3!", count: 16) + "a", [.tooLong]), ("", [.length, .upperCase, .lowerCase, .digit, .special]),
    ])
    func saysWhatIsMissing(password: String, lacks: [PasswordPolicy.Lack]) { #expect(PasswordPolicy.lacks(of: password) == lacks) }

    @Test func saysItInWords() {
        #expect(PasswordPolicy.text([.length, .digit]) == "12 characters at least, a digit (0 to 9)")
    }
}
