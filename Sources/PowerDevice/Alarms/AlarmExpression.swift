/// When an alarm is active: a Boolean expression of a map's status and alarm bits, `"S002" & !"S006"`.
package indirect enum AlarmExpression: Sendable, Equatable, ExpressibleByStringLiteral {
    case code(PointCode)
    case not(AlarmExpression)
    case both(AlarmExpression, AlarmExpression)
    case either(AlarmExpression, AlarmExpression)
    /// The device has no such alarm.
    case never

    package init(stringLiteral code: String) { self = .code(PointCode(code)) }

    package static prefix func ! (expression: AlarmExpression) -> AlarmExpression { .not(expression) }
    package static func & (left: AlarmExpression, right: AlarmExpression) -> AlarmExpression { .both(left, right) }
    package static func | (left: AlarmExpression, right: AlarmExpression) -> AlarmExpression { .either(left, right) }

    /// Evaluates the expression; `isSet` tells whether the bit of a code is 1.
    package func isTrue(_ isSet: (PointCode) -> Bool) -> Bool {
        switch self {
        case .code(let code): isSet(code)
        case .not(let expression): !expression.isTrue(isSet)
        case .both(let left, let right): left.isTrue(isSet) && right.isTrue(isSet)
        case .either(let left, let right): left.isTrue(isSet) || right.isTrue(isSet)
        case .never: false
        }
    }

    /// Evaluates the expression where some bits may be unknown: nil where what is known does not decide.
    package func value(_ bit: (PointCode) -> Bool?) -> Bool? {
        switch self {
        case .code(let code): bit(code)
        case .not(let expression): expression.value(bit).map { !$0 }
        case .both(let left, let right): Self.decide(false, left.value(bit)) { right.value(bit) }
        case .either(let left, let right): Self.decide(true, left.value(bit)) { right.value(bit) }
        case .never: false
        }
    }

    /// One side of a junction decides where it has the value `deciding`; otherwise both must be known.
    private static func decide(_ deciding: Bool, _ left: Bool?, _ right: () -> Bool?) -> Bool? {
        if left == deciding { return deciding }
        let right = right()
        if right == deciding { return deciding }
        return left == nil || right == nil ? nil : !deciding
    }

    /// Every code that the expression reads.
    package var codes: Set<PointCode> {
        switch self {
        case .code(let code): [code]
        case .not(let expression): expression.codes
        case .both(let left, let right), .either(let left, let right): left.codes.union(right.codes)
        case .never: []
        }
    }
}

/// An alarm of a MIB, and when a device of one map has it.
package struct AlarmCondition: Sendable {
    /// The alarm's object number under its MIB's well-known alarms (from 1).
    package let number: Int
    package let alarm: Alarm
    /// Nil where the alarm is the card's own (communication, shutdown of servers) and no register tells of it.
    package let expression: AlarmExpression?

    package init(_ number: Int, _ alarm: Alarm, _ expression: AlarmExpression?) {
        self.number = number
        self.alarm = alarm
        self.expression = expression
    }

    /// The conditions of a whole table, numbered from 1.
    static func table(_ alarms: [Alarm], _ expressions: [AlarmExpression?]) -> [AlarmCondition] {
        precondition(alarms.count == expressions.count, "each alarm has its place in the table")
        return zip(alarms, expressions).enumerated().map { AlarmCondition($0.offset + 1, $0.element.0, $0.element.1) }
    }
}
