/// Swift source taken apart into code and comments, so that no rule is fooled by words in a comment or a string.
///
/// Texts in quotes become spaces; what is interpolated into them is code and stays. Regex literals are read as code.
struct SwiftText {
    /// The code of each line, comments and texts blanked.
    private(set) var code: [String] = []
    /// Lines (from 1) that hold a comment or a part of one.
    private(set) var commentLines: Set<Int> = []

    private enum Mode: Equatable {
        /// Code, inside so many open parentheses of an interpolation; nil outside of texts.
        case code(depth: Int?)
        case lineComment
        case blockComment
        case text(hashes: Int, isMultiline: Bool)
    }

    private var modes: [Mode] = [.code(depth: nil)]
    private let bytes: [UInt8]
    private var index = 0
    private var line: [UInt8] = []

    init(_ source: String) {
        bytes = Array(source.utf8)
        while index < bytes.count { step() }
        endLine()
    }

    /// All the code, with the line breaks of the source.
    var joinedCode: String { code.joined(separator: "\n") }

    /// Whether a comment stands on the line or directly above it.
    func isCommented(line: Int) -> Bool { commentLines.contains(line) || commentLines.contains(line - 1) }

    private mutating func step() {
        switch modes.last ?? .code(depth: nil) {
        case .code(let depth): readCode(depth)
        case .lineComment:
            if bytes[index] == Byte.newline { modes.removeLast() } else { noteComment() }
            take(1, asCode: false)
        case .blockComment: readBlockComment()
        case .text(let hashes, let isMultiline): readText(hashes, isMultiline)
        }
    }

    private mutating func readCode(_ depth: Int?) {
        if starts(Byte.slash, Byte.slash) {
            modes.append(.lineComment)
        } else if starts(Byte.slash, Byte.star) {
            modes.append(.blockComment)
            take(2, asCode: false)
        } else if let (hashes, isMultiline) = openingQuote() {
            modes.append(.text(hashes: hashes, isMultiline: isMultiline))
            take(hashes + (isMultiline ? 3 : 1), asCode: false)
        } else {
            track(depth)
            take(1, asCode: true)
        }
    }

    /// Counts the parentheses of an interpolation; its last one ends the code.
    private mutating func track(_ depth: Int?) {
        guard let depth else { return }
        if bytes[index] == Byte.open { modes[modes.count - 1] = .code(depth: depth + 1) }
        if bytes[index] == Byte.close {
            if depth == 1 { modes.removeLast() } else { modes[modes.count - 1] = .code(depth: depth - 1) }
        }
    }

    private mutating func readBlockComment() {
        noteComment()
        if starts(Byte.slash, Byte.star) {
            modes.append(.blockComment)
            take(2, asCode: false)
        } else if starts(Byte.star, Byte.slash) {
            modes.removeLast()
            take(2, asCode: false)
        } else {
            take(1, asCode: false)
        }
    }

    private mutating func readText(_ hashes: Int, _ isMultiline: Bool) {
        let quotes = isMultiline ? 3 : 1
        if counts(Byte.quote, from: index, upTo: quotes) == quotes, counts(Byte.hash, from: index + quotes, upTo: hashes) == hashes {
            modes.removeLast()
            take(quotes + hashes, asCode: false)
        } else if !isMultiline, bytes[index] == Byte.newline {
            modes.removeLast()
            take(1, asCode: false)
        } else if bytes[index] == Byte.backslash, counts(Byte.hash, from: index + 1, upTo: hashes) == hashes {
            let isInterpolation = index + hashes + 1 < bytes.count && bytes[index + hashes + 1] == Byte.open
            if isInterpolation { modes.append(.code(depth: 1)) }
            take(hashes + 2, asCode: false)
        } else {
            take(1, asCode: false)
        }
    }

    private func openingQuote() -> (hashes: Int, isMultiline: Bool)? {
        let hashes = counts(Byte.hash, from: index, upTo: .max)
        let quotes = counts(Byte.quote, from: index + hashes, upTo: 3)
        return quotes == 0 ? nil : (hashes, quotes == 3)
    }

    private func starts(_ first: UInt8, _ second: UInt8) -> Bool {
        bytes[index] == first && index + 1 < bytes.count && bytes[index + 1] == second
    }

    private func counts(_ byte: UInt8, from start: Int, upTo limit: Int) -> Int {
        var count = 0
        while count < limit, start + count < bytes.count, bytes[start + count] == byte { count += 1 }
        return count
    }

    private mutating func noteComment() { commentLines.insert(code.count + 1) }

    private mutating func take(_ count: Int, asCode: Bool) {
        let end = min(index + count, bytes.count)
        while index < end {
            if bytes[index] == Byte.newline { endLine() } else { line.append(asCode ? bytes[index] : Byte.space) }
            index += 1
        }
    }

    private mutating func endLine() {
        code.append(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
    }
}

/// The characters that Swift's texts and comments are made of.
private enum Byte {
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let star = UInt8(ascii: "*")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let backslash = UInt8(ascii: "\\")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")
}
