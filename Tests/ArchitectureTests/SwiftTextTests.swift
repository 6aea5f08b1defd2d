import Testing

struct SwiftTextTests {
    @Test func blanksCommentsAndTexts() {
        let text = SwiftText("let a = \"try! b\" // as! c\nlet d = 1 /* x /* y */ z */ + 2\n")
        #expect(text.code[0].hasPrefix("let a = "))
        #expect(!text.code[0].contains("try!"))
        #expect(!text.code[0].contains("as!"))
        #expect(text.code[1].hasSuffix("+ 2"))
        #expect(!text.code[1].contains("z"))
        #expect(text.commentLines == [1, 2])
    }

    @Test func keepsWhatIsInterpolated() {
        let text = SwiftText(#"print("now \(Date()) and \(f(")")) end")"# + "\nlet after = 1")
        #expect(text.code[0].contains("Date()"))
        #expect(!text.code[0].contains("end"))
        #expect(text.code[1] == "let after = 1")
    }

    @Test func endsRawAndMultilineTexts() {
        let text = SwiftText("let a = #\"quote \" inside\"#; let b = 1\nlet c = \"\"\"\n  fatalError \"x\"\n  \"\"\"; let d = 2")
        #expect(text.code[0].contains("let b = 1"))
        #expect(!text.code[2].contains("fatalError"))
        #expect(text.code[3].contains("let d = 2"))
    }

    @Test func seesCommentsOnTheLineAndAboveIt() {
        let text = SwiftText("// why\nlet a = 1\nlet b = 2")
        #expect(text.isCommented(line: 2))
        #expect(!text.isCommented(line: 3))
    }

    @Test(arguments: ["\"", "\"\\", "/*", "\"\\(", "#\"", "\"\"\"", "\"a\\(b("])
    func readsUnfinishedSource(_ source: String) {
        #expect(SwiftText(source).code.count == 1)
    }
}
