import PowerDevice
package import SNMP

extension TransferModule {
    /// A table with a row for each line.
    package struct LineTable: Sendable {
        /// Which lines of a device it has.
        package let lines: LineGroup
        package let count: ObjectType
        package let index: ObjectType
        package let table: ConceptualTable

        /// - Parameters:
        ///   - stem: The beginning of its names, `stsSource1`.
        ///   - count: The arc of the number of rows; the table's is the next.
        fileprivate init(_ stem: String, _ group: OID, count: UInt32, lines: LineGroup, of subject: String) {
            self.lines = lines
            let oid = group.appending(count + 1)
            self.count = ObjectType(
                "\(stem)NumLines", group.appending(count), .integer(), description: "The number of rows of \(stem)Table.")
            index = ObjectType(
                "\(stem)LineIndex", oid.appending(1, 1), .integer(0...65535), description: "The number of the line, from 1 on.")
            table = ConceptualTable(
                "\(stem)Table", oid, entry: "\(stem)Entry", index: ["\(stem)LineIndex"],
                description: "The lines of \(subject): one of a single-phase device, else three.", rowDescription: "One line.")
        }
    }

    /// One `ObjectType` for each object of the branch, made of the tables by which it is read and served.
    package struct Declarations: Sendable {
        /// In the order of the module's tables.
        package let identity: [(field: IdentityObject.Field, type: ObjectType)]
        package let states: [ObjectType]
        package let points: [ObjectType]
        package let lineTables: [LineTable]
        /// In the order of their numbers.
        package let alarmFlags: [ObjectType]
        /// The string for the operator that traps carry. There is nothing in it when it is read.
        package let trapString: ObjectType

        package var all: [ObjectType] {
            identity.map(\.type) + states + points + lineTables.flatMap { [$0.count, $0.index] } + alarmFlags + [trapString]
        }

        package var tables: [ConceptualTable] { lineTables.map(\.table) }

        init(root: OID, identity: [IdentityObject], states: [TransferObject], points: [MIBPoint], alarms: [WellKnownAlarm]) {
            self.identity = identity.map { ($0.field, $0.declaration(below: root, of: "transfer switch")) }
            self.states = states.map { ObjectType($0.name, root.appending(tail: $0.tail), $0.syntax, description: $0.meaning) }
            self.points = points.map { $0.declaration(below: root) }
            lineTables = [
                LineTable("stsSource1", root.appending(2), count: 4, lines: .input, of: "the first source"),
                LineTable("stsSource2", root.appending(3), count: 4, lines: .input, of: "the second source"),
                LineTable("stsOutput", root.appending(5), count: 5, lines: .output, of: "the output"),
            ]
            alarmFlags = alarms.enumerated().map { index, alarm in
                ObjectType(
                    alarm.name, root.appending(6, 1, UInt32(index + 1)), .integer(0...1),
                    description: "\(alarm.alarm.title). 1 while it lasts, else 0.")
            }
            trapString = ObjectType(
                "stsAgentTrapString", root.appending(7, 1), .displayString(), description: "What a trap says in words. Reads as empty.")
        }
    }
}
