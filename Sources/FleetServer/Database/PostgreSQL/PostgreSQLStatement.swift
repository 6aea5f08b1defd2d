/// Our SQL in PostgreSQL's words.
enum PostgreSQLStatement {
    /// Numbers the placeholders: `?` becomes `$1`, `$2` and so on; text in quotes stays.
    ///
    /// Before `IS` a placeholder is cast, for there nothing tells the server its type.
    static func numbered(_ sql: String) -> String {
        var result = ""
        var number = 0
        var quote: Character?
        var rest = Substring(sql)
        while let character = rest.popFirst() {
            if let open = quote {
                if character == open { quote = nil }
                result.append(character)
            } else if character == "?" {
                number += 1
                result += rest.beginsWithIs ? "CAST($\(number) AS TEXT)" : "$\(number)"
            } else {
                if character == "'" || character == "\"" { quote = character }
                result.append(character)
            }
        }
        return result
    }

    /// A statement of a migration: what SQLite calls a BLOB is a BYTEA.
    static func definition(_ sql: String) -> String {
        sql.split(separator: " ", omittingEmptySubsequences: false).map { word in
            word.hasPrefix("BLOB") ? "BYTEA\(word.dropFirst(4))" : String(word)
        }.joined(separator: " ")
    }
}

extension Substring {
    fileprivate var beginsWithIs: Bool {
        let word = drop { $0.isWhitespace }
        return word.startIndex > startIndex && word.prefix(3).uppercased() == "IS "
    }
}
