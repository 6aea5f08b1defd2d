/// How a value stands on its line: without line ends, and without blanks that the reader would take no notice of.
enum SettingsText {
    /// By scalars, because a mark that combines with the blank before it is not to be lost with it.
    static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\r" }
        let start = text.drop(while: isBlank)
        let end = start.lastIndex { !isBlank($0) }
        return end.map { String(start[...$0]) } ?? ""
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\\": escaped += "\\\\"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        // The reader takes no notice of blanks at the ends of a line.
        if escaped.unicodeScalars.first == " " { escaped.unicodeScalars.replaceSubrange(...escaped.startIndex, with: "\\s".unicodeScalars) }
        if escaped.unicodeScalars.last == " " {
            escaped.unicodeScalars.removeLast()
            escaped += "\\s"
        }
        return escaped
    }

    static func unescaped(_ text: String) -> String {
        var unescaped = ""
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                unescaped.unicodeScalars.append(unescapedScalar(after: scalar))
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                unescaped.unicodeScalars.append(scalar)
            }
        }
        return unescaped
    }

    private static func unescapedScalar(after scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "n": "\n"
        case "r": "\r"
        case "s": " "
        default: scalar
        }
    }
}
