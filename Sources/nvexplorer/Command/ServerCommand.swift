import ArgumentParser

/// A command that is of no use without a server.
protocol ServerCommand: AsyncParsableCommand {
    var options: GlobalOptions { get }
}

extension ServerCommand {
    func validate() throws { try needServer() }

    /// For commands with rules of their own.
    func needServer() throws {
        guard options.direct else { return }
        throw ValidationError("\(Self.configuration.commandName ?? "This") is about what a server knows: leave out --direct.")
    }
}

/// A column of a table, and what is in it.
struct Column<Item> {
    let column: Table.Column
    let cell: (Item) -> String?

    init(_ title: String, _ alignment: Table.Alignment = .left, _ cell: @escaping (Item) -> String?) {
        column = Table.Column(title, alignment)
        self.cell = cell
    }
}

extension Output {
    private struct Report<Item: Encodable>: Encodable { let items: [Item] }

    /// Shows a list: a table for people, `{"items": […]}` for programs.
    func show<Item: Encodable>(_ items: [Item], empty: String, _ columns: [Column<Item>]) throws {
        try show(Report(items: items)) {
            guard !items.isEmpty else { return [empty] }
            return Self.table(items, columns)
        }
    }

    static func table<Item>(_ items: [Item], _ columns: [Column<Item>]) -> [String] {
        var table = Table(columns.map(\.column))
        for item in items { table.add(columns.map { $0.cell(item) }) }
        return table.lines(width: Terminal.isOutput ? Terminal.size.columns : nil)
    }
}
