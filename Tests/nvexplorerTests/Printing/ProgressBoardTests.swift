import Testing

@testable import nvexplorer

@Suite struct ProgressBoardTests {
    private func row(_ name: String, _ state: String, progress: Double? = nil, error: String? = nil) -> UpgradeRow {
        UpgradeRow(
            name: name, address: "10.0.0.\(name)", state: .init(rawValue: state), error: error, progress: progress, fromVersion: "8.40",
            toVersion: "8.41")
    }

    @Test func drawsALineForEachCardAndOneForAll() {
        let rows = [
            row("1", "done"), row("2", "transfer", progress: 0.5), row("3", "failed", error: "The card refused the image: no\nsignature"),
            row("4", "queued"),
        ]
        #expect(
            ProgressBoard.lines(rows, width: 80, height: 24) == [
                "1     done         8.40 → 8.41", "2     transfer     ██████████░░░░░░░░░░  50 %",
                "3     failed       The card refused the image: no signature", "4     queued",
                "1 of 4 done, 1 failed, 1 under way, 1 waiting",
            ])
    }

    @Test(arguments: [1, 10, 20, 33, 60, 200])
    func neverExceedsTheTerminal(width: Int) {
        let rows = (1...50).map { row("card with a long name \($0)", "transfer", progress: Double($0) / 50) }
        let lines = ProgressBoard.lines(rows, width: width, height: 12)
        #expect(lines.count <= 11)
        #expect(lines.allSatisfy { $0.count <= width })
    }

    @Test func showsWhatIsUnderWayFirstWhereNotAllFit() {
        let rows = (1...20).map { row("\($0)", "done") } + [row("21", "restart"), row("22", "failed", error: "no")]
        let lines = ProgressBoard.lines(rows, width: 60, height: 5)
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("21"))
        #expect(lines[1].hasPrefix("22"))
        #expect(lines[2].hasPrefix("20"))
    }

    @Test(arguments: [(-1.0, "  0 %"), (0.999, " 99 %"), (1, "100 %"), (7, "100 %"), (.nan, "  0 %")])
    func percentStaysInItsRange(part: Double, text: String) {
        #expect(ProgressBoard.percent(part) == text)
    }

    @Test func pipeGetsEachStateOnce() {
        var display = ProgressDisplay(isJSON: false, isTerminal: false)
        #expect(display.changes([row("1", "queued")]).isEmpty)
        #expect(display.changes([row("1", "transfer", progress: 0)]).count == 1)
        #expect(display.changes([row("1", "transfer", progress: 0.5)]).isEmpty)
        #expect(display.changes([row("1", "done")]).map(ProgressDisplay.line) == ["1: done: 8.40 → 8.41"])
    }

    @Test func unknownStateOfALaterServerIsUnderWay() {
        let tally = UpgradeTally([row("1", "polishing"), row("2", "done")])
        #expect(tally.text == "1 of 2 done, 1 under way")
        #expect(!tally.isWholeSuccess)
    }
}
