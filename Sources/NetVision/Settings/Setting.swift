/// A row of the settings table: one item of the manual's pages, and all that there is to know of it.
///
/// The settings document, SNMP SET, forms, console and API go by these rows: to add a setting is to add a row.
package struct Setting: Sendable {
    /// Who may change it, beside the card itself.
    package enum Writer: String, Sendable {
        /// The administrator.
        case admin
        /// The administrator, and users with read/write access.
        case readWrite = "read-write"
        /// Nobody: the card keeps it here.
        case card
    }

    package enum Status: String, Sendable {
        /// The card acts on it.
        case served
        /// Kept, shown and carried over; the service that would act on it is not there yet.
        case stored
    }

    /// A section of the document: a part of a page, or a row of one of its tables.
    package let section: String
    package let key: String
    /// The manual's label, with the number of its row.
    package let title: String
    package let page: SettingsPage
    package let kind: Kind
    package let defaultValue: SettingValue
    package let isSecret: Bool
    package let writer: Writer
    package let status: Status
    /// The manual's chapter.
    package let source: String
    package let summary: String

    /// `section.key`: what it is called everywhere.
    package var name: String { "\(section).\(key)" }

    /// Whether it makes this card different from all others: such a setting is taken from a document of this card alone.
    package var isIdentity: Bool { page == .identity }
}
