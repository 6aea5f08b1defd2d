import Testing

@testable import nvexplorer

@Suite struct WebBrowserTests {
    @Test(
        arguments: [
            ([:], nil), (["DISPLAY": ":0"], ["xdg-open"]), (["WAYLAND_DISPLAY": "wayland-0"], ["xdg-open"]),
            (["BROWSER": "w3m -o x:lynx", "DISPLAY": ":0"], ["w3m", "-o", "x"]), (["BROWSER": "", "DISPLAY": ""], nil),
        ] as [([String: String], [String]?)])
    func choosesTheCommand(environment: [String: String], command: [String]?) {
        #expect(WebBrowser(environment: environment).command == command)
    }

    @Test func saysWhereItCantBeStarted() {
        #expect(!WebBrowser(environment: ["BROWSER": "no-such-program-at-all"]).open("http://127.0.0.1/"))
    }
}
