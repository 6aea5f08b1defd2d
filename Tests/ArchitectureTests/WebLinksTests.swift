import Testing

struct WebLinksTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let source: String
        let isRight: Bool

        var testDescription: String { "\(source) in \(path)" }
    }

    static let files: Set<String> = [
        "Web/fleet/icon.svg", "Web/fleet/src/main.tsx", "Web/fleet/src/api.ts", "Web/fleet/src/model/sort.ts", "Web/shared/css/tokens.css",
    ]

    static let cases = [
        Case(path: "Web/fleet/index.html", source: #"<link rel="icon" href="icon.svg">"#, isRight: true),
        Case(path: "Web/fleet/index.html", source: #"<link rel="icon" href="/icon.svg?1">"#, isRight: true),
        Case(path: "Web/fleet/index.html", source: #"<script type="module" src="app.js"></script>"#, isRight: true),
        Case(path: "Web/fleet/index.html", source: #"<link rel="icon" href="gone.svg">"#, isRight: false),
        Case(path: "Web/fleet/index.html", source: #"<script src="https://cdn.example/react.js"></script>"#, isRight: false),
        Case(path: "Web/fleet/index.html", source: #"<a href="">nowhere</a>"#, isRight: false),
        Case(path: "Web/fleet/css/app.css", source: #"@import "../../shared/css/tokens.css";"#, isRight: true),
        Case(path: "Web/fleet/css/app.css", source: #"@import "components/gone.css";"#, isRight: false),
        Case(path: "Web/fleet/css/app.css", source: "src: url(../icon.svg);", isRight: true),
        Case(path: "Web/fleet/css/app.css", source: "background: url('//other.example/a.png');", isRight: false),
        Case(path: "Web/fleet/src/main.tsx", source: #"import { api } from "./api";"#, isRight: true),
        Case(path: "Web/fleet/src/main.tsx", source: #"import { sorted } from "./model/sort";"#, isRight: true),
        Case(path: "Web/fleet/src/main.tsx", source: #"import { gone } from "./model/gone";"#, isRight: false),
        Case(path: "Web/fleet/src/main.tsx", source: #"const page = await import("./pages/Gone");"#, isRight: false),
        Case(path: "Web/fleet/src/main.tsx", source: #"import React from "react";"#, isRight: true),
    ]

    @Test(arguments: cases)
    func judgesLinks(_ example: Case) {
        let violations = WebLinks.violations(in: .init(path: example.path, text: example.source), exists: Self.files.contains)
        #expect(violations.isEmpty == example.isRight, "\(violations)")
    }

    @Test func everyLocalLinkResolves() {
        let tree = SourceTree.repository
        let files = tree.files(below: "Web", endings: [".html", ".css", ".svg", ".ts", ".tsx", ".js"])
        #expect(files.contains { !WebLinks.links(in: $0).isEmpty }, "no link was found below Web/; the rule would hold nothing")
        expectNone(files.flatMap { WebLinks.violations(in: $0, exists: tree.exists) })
    }
}
