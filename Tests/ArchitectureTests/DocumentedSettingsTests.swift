import Testing

struct DocumentedSettingsTests {
    @Test func findsWhatIsNotDescribed() {
        let file = SourceTree.File(path: "Sources/A.swift", text: "/// `FLEET_LISTEN`, `FLEET_NEW_KEY`, prefix FLEET_…")
        #expect(DocumentedSettings.violations(in: file, documented: ["FLEET_LISTEN"]).map(\.message).count == 1)
        #expect(DocumentedSettings.names(in: file.text) == ["FLEET_LISTEN", "FLEET_NEW_KEY"])
    }

    @Test func everyVariableIsDescribed() throws {
        let tree = SourceTree.repository
        let documented = DocumentedSettings.names(in: try #require(tree.file(DocumentedSettings.document)).text)
        let files = tree.files(below: "Sources", endings: [".swift"]) + tree.files(below: "bin", endings: [""])
        #expect(!files.isEmpty)
        expectNone(files.flatMap { DocumentedSettings.violations(in: $0, documented: documented) })
    }
}
