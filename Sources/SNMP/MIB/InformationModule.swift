/// A MIB: the declarations of one branch, with all that a file of it needs (RFC 2578 §3). `text` is that file.
package struct InformationModule: Sendable {
    /// A name in the tree that is no object: `upsBattery`.
    package struct Node: Hashable, Sendable {
        package let name: String
        package let oid: OID

        package init(_ name: String, _ oid: OID) {
            self.name = name
            self.oid = oid
        }
    }

    package struct Revision: Hashable, Sendable {
        /// `YYYYMMDDhhmmZ`.
        package let date: String
        package let description: String

        package init(_ date: String, _ description: String) {
            self.date = date
            self.description = description
        }
    }

    /// `NVFLEET-UPS-MIB`.
    package let name: String
    package let organization: String
    /// Whom to ask about it.
    package let contact: String
    package let description: String
    /// The newest first; the first one's date is the module's.
    package let revisions: [Revision]
    /// The top of the branch, which stands for the module.
    package let root: Node
    /// The nodes below the root. What is named below one, and below no nearer one, is a conformance group, and has its place in this list as
    /// its number: new nodes go to the end. A node has objects or notifications, not both.
    package let nodes: [Node]
    package let tables: [ConceptualTable]
    /// In the order of their places in the tree.
    package let objects: [ObjectType]
    package let notifications: [NotificationType]
    /// Where the conformance statements are named, and what their names begin with.
    package let conformance: Node

    package init(
        name: String, organization: String, contact: String, description: String, revisions: [Revision], root: Node, nodes: [Node],
        tables: [ConceptualTable],
        objects: [ObjectType], notifications: [NotificationType], conformance: Node
    ) {
        precondition(!revisions.isEmpty, "a module without a revision has no date")
        self.name = name
        self.organization = organization
        self.contact = contact
        self.description = description
        self.revisions = revisions
        self.root = root
        self.nodes = nodes
        self.tables = tables
        self.objects = objects.sorted { $0.oid < $1.oid }
        self.notifications = notifications
        self.conformance = conformance
    }
}

/// A table of objects (RFC 2578 §7.1.12): its columns are the module's objects below `entry`.
package struct ConceptualTable: Sendable {
    package let name: String
    package let oid: OID
    /// The row: `upsInputEntry`, by convention the table's arc 1.
    package let entry: InformationModule.Node
    /// The columns that tell rows apart.
    package let index: [String]
    package let description: String
    package let rowDescription: String

    package init(_ name: String, _ oid: OID, entry: String, index: [String], description: String, rowDescription: String) {
        self.name = name
        self.oid = oid
        self.entry = InformationModule.Node(entry, oid.appending(1))
        self.index = index
        self.description = description
        self.rowDescription = rowDescription
    }
}

/// What an agent may tell unasked (RFC 2578 §8).
package struct NotificationType: Sendable {
    package let name: String
    /// The value of snmpTrapOID: the enterprise, 0, the specific trap (RFC 3584 §3.1).
    package let oid: OID
    /// What it carries, in this order.
    package let objects: [ObjectType]
    package let description: String

    package init(_ name: String, _ oid: OID, objects: [ObjectType] = [], description: String) {
        self.name = name
        self.oid = oid
        self.objects = objects
        self.description = description
    }
}
