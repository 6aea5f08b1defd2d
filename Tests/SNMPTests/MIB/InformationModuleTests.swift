import SNMP
import Testing

struct InformationModuleTests {
    /// A module with one of each.
    private static let demo: InformationModule = {
        let branch: OID = "1.3.6.1.4.1.4555.9"
        let level = ObjectType(
            "demoLevel", branch.appending(1, 1), .integer(0...9), .readWrite, units: "0.1 V", description: "How \"high\" it is.",
            reference: "A book")
        let address = ObjectType(
            "demoAddress", branch.appending(1, 2, 1, 2), .displayString(0...31),
            description: String(repeating: "Long words, ", count: 12) + "end.")
        return InformationModule(
            name: "DEMO-MIB", organization: "Us", contact: "Them.", description: "For a test.",
            revisions: [.init("202611220000Z", "The first.")], root: .init("demo", branch),
            nodes: [.init("demoObjects", branch.appending(1)), .init("demoTraps", branch.appending(2))],
            tables: [
                ConceptualTable(
                    "demoTable", branch.appending(1, 2), entry: "demoEntry", index: ["demoIndex"], description: "Rows.",
                    rowDescription: "A row.")
            ],
            objects: [
                address, ObjectType("demoIndex", branch.appending(1, 2, 1, 1), .integer(1...8), .notAccessible, description: "The row."),
                ObjectType("demoKind", branch.appending(1, 2, 1, 3), .named("none", "some"), description: "What it is."), level,
            ],
            notifications: [NotificationType("demoTrap", branch.appending(2, 0, 7), objects: [level], description: "It is high.")],
            conformance: .init("demo", branch.appending(65535)))
    }()

    @Test func isWrittenAsSMIv2() {
        #expect(Self.demo.text == Self.expected)
    }

    @Test func hasNoLineBeyond80Columns() {
        #expect(Self.demo.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    private static let expected = #"""
        DEMO-MIB DEFINITIONS ::= BEGIN

        IMPORTS
            MODULE-IDENTITY, OBJECT-TYPE, NOTIFICATION-TYPE, Integer32, enterprises
                FROM SNMPv2-SMI
            DisplayString
                FROM SNMPv2-TC
            MODULE-COMPLIANCE, OBJECT-GROUP, NOTIFICATION-GROUP
                FROM SNMPv2-CONF;

        demo MODULE-IDENTITY
            LAST-UPDATED "202611220000Z"
            ORGANIZATION
                "Us"
            CONTACT-INFO
                "Them."
            DESCRIPTION
                "For a test."
            REVISION     "202611220000Z"
            DESCRIPTION
                "The first."
            ::= { enterprises 4555 9 }

        demoObjects OBJECT IDENTIFIER ::= { demo 1 }

        demoLevel OBJECT-TYPE
            SYNTAX      Integer32 (0..9)
            UNITS       "0.1 V"
            MAX-ACCESS  read-write
            STATUS      current
            DESCRIPTION
                "How 'high' it is."
            REFERENCE
                "A book"
            ::= { demoObjects 1 }

        demoTable OBJECT-TYPE
            SYNTAX      SEQUENCE OF DemoEntry
            MAX-ACCESS  not-accessible
            STATUS      current
            DESCRIPTION
                "Rows."
            ::= { demoObjects 2 }

        demoEntry OBJECT-TYPE
            SYNTAX      DemoEntry
            MAX-ACCESS  not-accessible
            STATUS      current
            DESCRIPTION
                "A row."
            INDEX       { demoIndex }
            ::= { demoTable 1 }

        DemoEntry ::= SEQUENCE {
            demoIndex Integer32,
            demoAddress DisplayString,
            demoKind INTEGER
        }

        demoIndex OBJECT-TYPE
            SYNTAX      Integer32 (1..8)
            MAX-ACCESS  not-accessible
            STATUS      current
            DESCRIPTION
                "The row."
            ::= { demoEntry 1 }

        demoAddress OBJECT-TYPE
            SYNTAX      DisplayString (SIZE (0..31))
            MAX-ACCESS  read-only
            STATUS      current
            DESCRIPTION
                "Long words, Long words, Long words, Long words, Long words, Long
                words, Long words, Long words, Long words, Long words, Long words,
                Long words, end."
            ::= { demoEntry 2 }

        demoKind OBJECT-TYPE
            SYNTAX      INTEGER {
                            none(1),
                            some(2)
                        }
            MAX-ACCESS  read-only
            STATUS      current
            DESCRIPTION
                "What it is."
            ::= { demoEntry 3 }

        demoTraps OBJECT IDENTIFIER ::= { demo 2 }

        demoTrap NOTIFICATION-TYPE
            OBJECTS {
                demoLevel
            }
            STATUS      current
            DESCRIPTION
                "It is high."
            ::= { demoTraps 0 7 }

        demoConformance OBJECT IDENTIFIER ::= { demo 65535 }
        demoCompliances OBJECT IDENTIFIER ::= { demoConformance 1 }
        demoGroups OBJECT IDENTIFIER ::= { demoConformance 2 }

        demoObjectsGroup OBJECT-GROUP
            OBJECTS {
                demoLevel, demoAddress, demoKind
            }
            STATUS      current
            DESCRIPTION
                "What is named below demoObjects."
            ::= { demoGroups 1 }

        demoTrapsGroup NOTIFICATION-GROUP
            NOTIFICATIONS {
                demoTrap
            }
            STATUS      current
            DESCRIPTION
                "What is named below demoTraps."
            ::= { demoGroups 2 }

        demoCompliance MODULE-COMPLIANCE
            STATUS      current
            DESCRIPTION
                "What an agent with this module has: everything, but nothing in it
                needs to be writable."
            MODULE  -- this module
                MANDATORY-GROUPS {
                    demoObjectsGroup, demoTrapsGroup
                }
                OBJECT      demoLevel
                MIN-ACCESS  read-only
                DESCRIPTION
                    "Need not be writable."
            ::= { demoCompliances 1 }

        END

        """#
}
