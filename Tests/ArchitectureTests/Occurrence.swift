import Foundation

/// A place in a text where a pattern was found.
struct Occurrence: Equatable {
    /// From 1.
    let line: Int
    let text: String
    /// What the pattern's first group holds; empty where it has none.
    let group: String
}

/// Where the regular expression `pattern` (ICU, `^` and `$` match at lines) is found in `text`, in order.
///
/// The whole text is searched at once: in a debug build that is a hundred times faster than line by line.
func occurrences(of pattern: String, in text: String) -> [Occurrence] {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .anchorsMatchLines) else {
        preconditionFailure("not a regular expression: \(pattern)")
    }
    let whole = text as NSString
    var line = 1
    var position = 0
    return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map { match in
        let skipped = whole.substring(with: NSRange(location: position, length: match.range.location - position))
        line += skipped.utf8.count { $0 == UInt8(ascii: "\n") }
        position = match.range.location
        let group = match.numberOfRanges > 1 ? match.range(at: 1) : NSRange(location: NSNotFound, length: 0)
        return Occurrence(
            line: line, text: whole.substring(with: match.range),
            group: group.location == NSNotFound ? "" : whole.substring(with: group))
    }
}
