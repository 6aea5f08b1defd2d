/// What the values of a sample are: the names of its columns.
///
/// A log holds samples of one schema. It is kept with the log; when samples come with another (other device, other program), the log
/// begins anew.
struct LogSchema: Hashable, Sendable {
    let columns: [String]
    /// As it is kept: `input.L1-N.voltage,input.frequency`.
    let text: String

    init(_ columns: [String]) {
        self.columns = columns
        text = columns.joined(separator: ",")
    }

    init(text: String) {
        columns = text.split(separator: ",").map(String.init)
        self.text = text
    }

    static func == (left: LogSchema, right: LogSchema) -> Bool { left.text == right.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
