import Testing

struct DocumentLinksTests {
    static let other = SourceTree.File(path: "docs/api.md", text: "# HTTP API\n\n## Log in\n\n```\n# no heading\n```\n")

    @Test(arguments: [
        ("[API](api.md)", 0), ("[Log in](api.md#log-in)", 0), ("[this](#start)", 0), ("[site](https://swift.org)", 0),
        ("`[a](b)`: [x](gone.md)", 2),
        ("[code](api.md#no-heading)", 1), ("![picture](images/gone.png)", 1), ("[up](../docs/api.md)", 0), ("[nowhere](#gone)", 1),
    ])
    func judgesLinks(_ line: String, _ count: Int) {
        let file = SourceTree.File(path: "docs/operations.md", text: "# Start\n\(line)\n")
        let files = [Self.other.path: Self.other, file.path: file]
        let violations = DocumentLinks.violations(in: file, tree: { files[$0] }, exists: { files[$0] != nil })
        #expect(violations.count == count, "\(violations)")
    }

    @Test func everyLinkOfTheDocumentsResolves() {
        let tree = SourceTree.repository
        let documents = tree.files(endings: [".md"])
        #expect(documents.contains { $0.path == "README.md" })
        expectNone(documents.flatMap { DocumentLinks.violations(in: $0, tree: tree.file, exists: tree.exists) })
    }
}
