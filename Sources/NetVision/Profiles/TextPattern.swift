/// A regular expression that is looked for in a card's texts in time proportional to the text, whatever the expression: it is run as an
/// automaton that is in all its states at once (Thompson 1968), and nothing is ever tried again.
///
/// Known are literals, `.`, `[a-z]`, `[^…]`, `\d \w \s` and `\` before a sign, `( )`, `|`, `* + ?`, `{n}` and `{n,m}` up to 100, `^` and `$`.
/// Upper and lower case are the same.
package struct TextPattern: Sendable, Equatable {
    /// Why a text is no pattern.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    static let maximumLength = 256
    static let maximumSteps = 4000
    /// What is looked at of a text.
    static let maximumText = 1024

    package let source: String
    private let steps: [Step]

    fileprivate enum Step: Sendable, Equatable {
        case character(CharacterSet)
        case start
        case end
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        case match
    }

    fileprivate struct CharacterSet: Sendable, Equatable {
        var ranges: [ClosedRange<UInt32>] = []
        var isInverted = false

        func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } != isInverted }
    }

    package init(_ source: String) throws(Fault) {
        guard source.unicodeScalars.count <= Self.maximumLength else {
            throw Fault(description: "a pattern has at most \(Self.maximumLength) characters")
        }
        self.source = source
        var parser = PatternParser(source)
        let tree = try parser.parse()
        var steps: [Step] = []
        try Self.compile(tree, into: &steps)
        steps.append(.match)
        self.steps = steps
    }

    package static func == (left: TextPattern, right: TextPattern) -> Bool { left.source == right.source }

    /// Whether the pattern is somewhere in `text`.
    package func isFound(in text: String) -> Bool {
        let scalars = text.lowercased().unicodeScalars.prefix(Self.maximumText).map(\.value)
        var current: Set<Int> = []
        for position in 0...scalars.count {
            add(0, at: position, of: scalars.count, to: &current)
            if current.contains(steps.count - 1) { return true }
            guard position < scalars.count else { return false }
            var next: Set<Int> = []
            for index in current {
                guard case .character(let set) = steps[index], set.contains(scalars[position]) else { continue }
                add(index + 1, at: position + 1, of: scalars.count, to: &next)
            }
            current = next
        }
        return false
    }

    /// Goes to a step, and on from it as far as that takes no character.
    private func add(_ first: Int, at position: Int, of count: Int, to states: inout Set<Int>) {
        var waiting = [first]
        while let index = waiting.popLast() {
            guard states.insert(index).inserted else { continue }
            switch steps[index] {
            case .split(let one, let other): waiting += [one, other]
            case .jump(let place): waiting.append(place)
            case .start: if position == 0 { waiting.append(index + 1) }
            case .end: if position == count { waiting.append(index + 1) }
            case .character, .match: break
            }
        }
    }

    private static func compile(_ node: PatternNode, into steps: inout [Step]) throws(Fault) {
        guard steps.count < maximumSteps else { throw Fault(description: "the pattern's repetitions make it too long") }
        switch node {
        case .set(let set): steps.append(.character(set))
        case .start: steps.append(.start)
        case .end: steps.append(.end)
        case .sequence(let nodes): for node in nodes { try compile(node, into: &steps) }
        case .alternatives(let nodes): try compile(alternatives: nodes, into: &steps)
        case .repeated(let node, let least, let most):
            for _ in 0..<least {
                let count = steps.count
                try compile(node, into: &steps)
                // What takes nothing takes nothing a hundred times, too.
                guard steps.count > count else { break }
            }
            if let most {
                for _ in least..<max(least, most) { try compile(optional: node, isEndless: false, into: &steps) }
            } else {
                try compile(optional: node, isEndless: true, into: &steps)
            }
        }
    }

    private static func compile(alternatives nodes: [PatternNode], into steps: inout [Step]) throws(Fault) {
        var jumps: [Int] = []
        for (number, node) in nodes.enumerated() {
            let isLast = number == nodes.count - 1
            let split = steps.count
            if !isLast { steps.append(.jump(split)) }
            try compile(node, into: &steps)
            guard !isLast else { continue }
            jumps.append(steps.count)
            steps.append(.jump(steps.count))
            steps[split] = .split(split + 1, steps.count)
        }
        for jump in jumps { steps[jump] = .jump(steps.count) }
    }

    private static func compile(optional node: PatternNode, isEndless: Bool, into steps: inout [Step]) throws(Fault) {
        let split = steps.count
        steps.append(.jump(split))
        try compile(node, into: &steps)
        if isEndless { steps.append(.jump(split)) }
        steps[split] = .split(split + 1, steps.count)
    }
}

private indirect enum PatternNode {
    case set(TextPattern.CharacterSet)
    case start
    case end
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
}

private struct PatternParser {
    private var rest: ArraySlice<Unicode.Scalar>
    private var depth = 0

    init(_ source: String) { rest = Array(source.lowercased().unicodeScalars)[...] }

    mutating func parse() throws(TextPattern.Fault) -> PatternNode {
        let node = try alternatives()
        guard rest.isEmpty else { throw TextPattern.Fault(description: "there is a ) too many") }
        return node
    }

    private mutating func alternatives() throws(TextPattern.Fault) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { throw TextPattern.Fault(description: "brackets are nested too deep") }
        var nodes = [try sequence()]
        while rest.first == "|" {
            rest.removeFirst()
            nodes.append(try sequence())
        }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(TextPattern.Fault) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != "|", next != ")" {
            let node = try atom()
            nodes.append(try repetition(of: node))
        }
        return .sequence(nodes)
    }

    private mutating func atom() throws(TextPattern.Fault) -> PatternNode {
        guard let sign = rest.popFirst() else { return .sequence([]) }
        switch sign {
        case "^": return .start
        case "$": return .end
        case ".": return .set(.init(ranges: [], isInverted: true))
        case "[": return .set(try characterClass())
        case "\\": return .set(try escaped())
        case "*", "+", "?", "{": throw TextPattern.Fault(description: "\(sign) repeats nothing; write \\\(sign) for the sign itself")
        case "(":
            if rest.starts(with: ["?", ":"]) { rest.removeFirst(2) }
            guard rest.first != "?" else { throw TextPattern.Fault(description: "(? is not known; only ( ) and (?: )") }
            let node = try alternatives()
            guard rest.popFirst() == ")" else { throw TextPattern.Fault(description: "a ( is not closed") }
            return node
        default: return .set(.init(ranges: [sign.value...sign.value]))
        }
    }

    private mutating func repetition(of node: PatternNode) throws(TextPattern.Fault) -> PatternNode {
        switch rest.first {
        case "*", "+", "?":
            let sign = rest.removeFirst()
            if let next = rest.first, ["*", "+", "?", "{"].contains(next) {
                throw TextPattern.Fault(description: "\(sign)\(next): a repetition is not repeated; use brackets")
            }
            return .repeated(node, least: sign == "+" ? 1 : 0, most: sign == "?" ? 1 : nil)
        case "{":
            rest.removeFirst()
            let text = String(String.UnicodeScalarView(rest.prefix { $0 != "}" }))
            rest = rest.dropFirst(text.unicodeScalars.count)
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard rest.popFirst() == "}", let least = numbers[0], 0...100 ~= least, numbers.count <= 2,
                let most = numbers.count == 1 ? least : numbers[1], least...100 ~= most
            else { throw TextPattern.Fault(description: "a repetition is {n} or {n,m}, 0 to 100") }
            return .repeated(node, least: least, most: most)
        default: return node
        }
    }

    private mutating func escaped() throws(TextPattern.Fault) -> TextPattern.CharacterSet {
        guard let sign = rest.popFirst() else { throw TextPattern.Fault(description: "there is nothing after \\") }
        let letter: ClosedRange<UInt32> = 0x61...0x7A
        let digit: ClosedRange<UInt32> = 0x30...0x39
        switch sign {
        case "d": return .init(ranges: [digit])
        case "w": return .init(ranges: [digit, letter, 0x5F...0x5F])
        case "s": return .init(ranges: [0x09...0x0D, 0x20...0x20])
        default:
            guard !letter.contains(sign.value), !digit.contains(sign.value) else {
                throw TextPattern.Fault(description: "\\\(sign) is not known; only \\d, \\w, \\s and \\ before a sign")
            }
            return .init(ranges: [sign.value...sign.value])
        }
    }

    private mutating func characterClass() throws(TextPattern.Fault) -> TextPattern.CharacterSet {
        var set = TextPattern.CharacterSet()
        if rest.first == "^" {
            rest.removeFirst()
            set.isInverted = true
        }
        var isFirst = true
        while let sign = rest.popFirst() {
            if sign == "]", !isFirst { return set }
            isFirst = false
            if sign == "\\" {
                set.ranges += try escaped().ranges
            } else if rest.first == "-", let last = rest.dropFirst().first, last != "]" {
                guard sign.value <= last.value else { throw TextPattern.Fault(description: "[\(sign)-\(last)] is the wrong way round") }
                rest.removeFirst(2)
                set.ranges.append(sign.value...last.value)
            } else {
                set.ranges.append(sign.value...sign.value)
            }
        }
        throw TextPattern.Fault(description: "a [ is not closed")
    }
}
