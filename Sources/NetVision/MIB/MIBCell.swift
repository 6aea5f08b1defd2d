package import PowerDevice
package import SNMP

/// One instance of a point: a scalar, or a column's object in the row of one line.
///
/// Names are worked out once, for they are needed thousands of times a second.
package struct MIBCell: Sendable {
    package let object: OID
    package let point: MIBPoint
    /// What the point is declared as.
    package let type: ObjectType
    /// The row, counted from 1.
    package let line: Int
    private let variableAlone: Variable
    private let variableOfLine: Variable

    init(_ point: MIBPoint, _ type: ObjectType, line: Int) {
        self.object = point.lines == nil ? type.scalar : type.instance(UInt32(line))
        self.point = point
        self.type = type
        self.line = line
        self.variableAlone = point.variable.variable()
        self.variableOfLine = point.variable.variable(line: line, of: MIBModule.maximumLines)
    }

    /// The variable that the cell means on a device with `lines` lines.
    package func variable(of lines: Int) -> Variable { lines > 1 ? variableOfLine : variableAlone }
}

extension OID {
    /// The object below with these arcs: `"2.4.0"`.
    func appending(tail: String) -> OID { appending(tail.split(separator: ".").compactMap { UInt32($0) }) }
}
