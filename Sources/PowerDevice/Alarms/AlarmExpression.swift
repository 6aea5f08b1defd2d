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
}
