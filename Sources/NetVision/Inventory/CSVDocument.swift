/// Comma-separated values (RFC 4180): a header line, and records of as many fields.
///
/// Fields may be quoted; quotes in them are doubled, and line ends and separators belong to them then. Lines end with LF or CRLF. A byte
/// order mark, as spreadsheets write it, is skipped; so are empty lines. The separator is the comma, or the semicolon where the header has
/// no comma: that is what spreadsheets write in half of Europe.
package struct CSVDocument: Sendable, Equatable {
    package struct Record: Sendable, Equatable {
        /// Where the record begins, from 1.
        package let line: Int
        package let fields: [String]
    }

    static let maximumRecords = 100_000
    static let maximumFields = 100

    package let header: [String]
    package let records: [Record]

    package init(_ text: String) throws(CardFileError) {
        var scanner = CSVScanner(text)
        var records: [Record] = []
        while let record = try scanner.next() {
            if record.fields.count == 1, record.fields[0].allSatisfy(\.isWhitespace) { continue }
            guard records.count <= Self.maximumRecords else {
                throw CardFileError(line: record.line, reason: "more than \(Self.maximumRecords) records")
            }
            records.append(record)
        }
        guard let first = records.first else { throw CardFileError(line: 1, reason: "the file is empty: the first line names the columns") }
        header = first.fields.map { $0.trimmed.lowercased() }
        self.records = Array(records.dropFirst())
    }

    /// A field as it is to be written: quoted where it must be.
    package static func field(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { ",;\"\r\n".unicodeScalars.contains($0) }) || text != text.trimmed else { return text }
        return "\"\(text.replacing("\"", with: "\"\""))\""
    }

    /// With an apostrophe before what spreadsheets would take for a formula, such as `=1+1`: a text of the network does nothing in them.
    package static func harmless(_ text: String) -> String { isFormula(text) ? "'\(text)" : text }

    /// What `harmless` has been made of.
    package static func original(_ text: String) -> String {
        text.hasPrefix("'") && isFormula(text.dropFirst()) ? String(text.dropFirst()) : text
    }

    /// Behind apostrophes too, so that each of them is taken back once.
    private static func isFormula(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.first { $0 != "'" && !$0.properties.isWhitespace }.map { "=+-@".unicodeScalars.contains($0) } ?? false
    }
}

/// Splits a text into records. By Unicode scalars: to Swift CR LF is one character.
private struct CSVScanner {
    private let scalars: String.UnicodeScalarView
    private let separator: Unicode.Scalar
    private var position: String.UnicodeScalarView.Index
    private var line = 1

    init(_ text: String) {
        scalars = text.unicodeScalars
        position = scalars.startIndex
        if scalars.first == "\u{FEFF}" { position = scalars.index(after: position) }
        let header = scalars[position...].prefix { $0 != "\n" }
        separator = header.contains(",") ? "," : header.contains(";") ? ";" : ","
    }

    mutating func next() throws(CardFileError) -> CSVDocument.Record? {
        guard position < scalars.endIndex else { return nil }
        let begin = line
        var fields: [String] = []
        while true {
            fields.append(try field(begin))
            guard fields.count <= CSVDocument.maximumFields else {
                throw CardFileError(line: begin, reason: "more than \(CSVDocument.maximumFields) fields")
            }
            guard let end = take() else { break }
            if end == "\n" { break }
        }
        return CSVDocument.Record(line: begin, fields: fields)
    }

    /// The text up to the next separator or line end, which is left.
    private mutating func field(_ begin: Int) throws(CardFileError) -> String {
        guard peek == "\"" else { return takeRest().withoutCR }
        _ = take()
        var text = String.UnicodeScalarView()
        while let scalar = take() {
            if scalar == "\"" {
                guard peek == "\"" else { return try end(of: String(text)) }
                _ = take()
            }
            text.append(scalar)
        }
        throw CardFileError(line: begin, reason: "a quote is opened and not closed")
    }

    /// After a closing quote there is nothing but the separator or the line's end.
    private mutating func end(of text: String) throws(CardFileError) -> String {
        let rest = takeRest()
        guard rest.allSatisfy(\.isWhitespace) else {
            throw CardFileError(line: line, reason: "text follows a closing quote: double the quotes within a quoted field")
        }
        return text
    }

    private var peek: Unicode.Scalar? { position < scalars.endIndex ? scalars[position] : nil }

    private mutating func take() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        position = scalars.index(after: position)
        if scalar == "\n" { line += 1 }
        return scalar
    }

    /// Up to the next separator or line end.
    private mutating func takeRest() -> String {
        var taken = String.UnicodeScalarView()
        while let scalar = peek, scalar != separator, scalar != "\n" {
            taken.append(scalar)
            position = scalars.index(after: position)
        }
        return String(taken)
    }
}

extension String {
    fileprivate var withoutCR: String { hasSuffix("\r") ? String(dropLast()) : self }

    /// Without white space at both ends.
    package var trimmed: String {
        var rest = Substring(self)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

/// A file of cards that can't be read as a whole.
package struct CardFileError: Error, Equatable {
    /// From 1.
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}
