import NetVision
import Synchronization

/// An upgrade without a server: each card is taken through its steps from here.
struct DirectUpgrade: Sendable {
    let command: UpgradeCommand

    private static let redrawInterval = Duration.milliseconds(200)

    func run() async throws -> UpgradeReport {
        let image = try await image()
        let secret = try command.password.given()
        return try await command.options.withLAN { lan in
            let search = CardSearch(lan: lan)
            let found = command.cards.isEmpty ? try await search.cards([]) : try await search.everyCard(command.cards)
            let criteria = command.criteria.criteria
            let cards = found.filter { criteria.matches($0.record(nil, at: "")) }
            guard !cards.isEmpty else {
                throw CommandFailure(.unreachable, "No card was found. Name cards by address, and check --port-offset.")
            }
            try command.confirm(cards.count, image.name)
            let board = UpgradeBoard(cards)
            try await follow(board) {
                _ = try await Array(cards.enumerated()).mapConcurrently(limit: command.concurrency) { number, card in
                    try await upgrade(card, number, image, secret, lan, board)
                }
            }
            return UpgradeReport(campaign: nil, cards: board.rows)
        }
    }

    private func image() async throws -> UpgradeImage {
        let path = command.firmware
        let bytes = try await LocalFile.read(path, limit: FirmwareImage.maximumLength)
        do throws(FirmwareFormatError) {
            return try UpgradeImage(name: LocalFile.name(of: path), bytes: bytes)
        } catch {
            throw CommandFailure(.failed, "\(path) can't be used: \(error).")
        }
    }

    private func upgrade(
        _ card: FoundCard, _ number: Int, _ image: UpgradeImage, _ secret: String?, _ lan: DirectLAN, _ board: UpgradeBoard
    ) async throws {
        do {
            let after = try await lan.upgrade(card, password: secret).run(
                image, deadlines: command.deadlines.direct, regardlessOfPower: command.evenInTrouble
            ) { step, progress in
                board.change(number) { row in
                    row.state = UpgradeRow.State(rawValue: step.rawValue)
                    row.progress = progress
                }
            }
            board.end(number, .done, nil) { $0.toVersion = after.version }
        } catch let obstacle as UpgradeObstacle {
            board.end(number, .skipped, obstacle.description)
        } catch let failure as UpgradeFailure {
            board.end(number, failure.needsAttention ? .quarantined : .failed, Self.words(failure))
        } catch let failure as CommandFailure {
            board.end(number, .failed, failure.description)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            board.end(number, .failed, "\(error)")
        }
    }

    /// The failure's own words, but for what is done about it here.
    private static func words(_ failure: UpgradeFailure) -> String {
        failure == .passwordRefused
            ? "The card refused the password. Give it by --ask-password, --password-stdin or NVEXPLORER_CARD_PASSWORD." : "\(failure)"
    }

    /// Draws the board while `work` is done, and once more after it.
    private func follow(_ board: UpgradeBoard, _ work: @escaping @Sendable () async throws -> Void) async throws {
        var display = ProgressDisplay(command.options.output)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            while true {
                group.addTask {
                    try await Task.sleep(for: Self.redrawInterval)
                    return false
                }
                let isOver = try await group.next() ?? true
                try display.show(board.rows)
                if isOver { break }
            }
            group.cancelAll()
        }
    }
}

/// How the cards of an upgrade stand; changed from event loops, read by who draws.
final class UpgradeBoard: Sendable {
    private let state: Mutex<[UpgradeRow]>

    init(_ cards: [FoundCard]) {
        let rows = cards.map { UpgradeRow(name: $0.name, address: $0.address, state: .queued, fromVersion: $0.firmware) }
        state = Mutex(rows)
    }

    var rows: [UpgradeRow] { state.withLock { $0 } }

    func change(_ number: Int, _ body: (inout UpgradeRow) -> Void) {
        state.withLock { rows in
            // What comes from an event loop may come after the end.
            guard rows.indices.contains(number), !rows[number].state.isEnd else { return }
            body(&rows[number])
        }
    }

    func end(_ number: Int, _ end: UpgradeRow.State, _ error: String?, _ body: (inout UpgradeRow) -> Void = { _ in }) {
        change(number) { row in
            body(&row)
            row.state = end
            row.error = error
            row.progress = nil
        }
    }
}
