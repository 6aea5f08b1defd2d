/// A syslog message, as it was read from either format or is to be written.
///
/// Texts hold no control characters: what a sender has put there stands as a blank.
package struct SyslogMessage: Hashable, Sendable {
    package enum Format: Hashable, Sendable {
        /// RFC 5424.
        case structured
        /// RFC 3164, and what resembles it.
        case traditional
    }

    /// An element of structured data (RFC 5424 §6.3): `[origin ip="192.0.2.1"]`.
    package struct Element: Hashable, Sendable {
        package struct Parameter: Hashable, Sendable {
            package var name: String
            package var value: String

            package init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        package var id: String
        package var parameters: [Parameter]

        package init(_ id: String, _ parameters: [Parameter] = []) {
            self.id = id
            self.parameters = parameters
        }
    }

    /// The octets of a message that are looked at; what is beyond is cut off. RFC 5424 §6.1 wants 2048 of every receiver.
    package static let maximumLength = 8192

    package var format: Format
    /// 0…23 (RFC 5424 §6.2.1): 3 is a system's services, 16 to 23 are free for use.
    package var facility: UInt8
    package var severity: SyslogSeverity
    /// Nil where the message tells none.
    package var time: SyslogTime?
    /// The name or address that the sender gives itself.
    package var host: String?
    /// APP-NAME, or the tag of RFC 3164 without its process id.
    package var application: String?
    package var process: String?
    package var messageID: String?
    package var elements: [Element]
    package var text: String
    /// Whether the message was longer than `maximumLength`, or ended before its announced length.
    package var isTruncated: Bool

    package init(
        facility: UInt8 = 1, severity: SyslogSeverity, time: SyslogTime? = nil, host: String? = nil, application: String? = nil,
        process: String? = nil, messageID: String? = nil, elements: [Element] = [], text: String, format: Format = .structured,
        isTruncated: Bool = false
    ) {
        self.format = format
        self.facility = min(facility, 23)
        self.severity = severity
        self.time = time
        self.host = host
        self.application = application
        self.process = process
        self.messageID = messageID
        self.elements = elements
        self.text = text
        self.isTruncated = isTruncated
    }

    /// PRI.
    package var priority: UInt8 { facility * 8 + severity.rawValue }

    /// All that stands behind the time of a traditional message: what was taken for a host and a tag may be the text's first words.
    package var content: String {
        guard format == .traditional else { return text }
        let tag = application.map { name in name + (process.map { "[\($0)]" } ?? "") + ":" }
        return [host, tag, text].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
    }
}
