/// Why a file is no profile: where, which key, and what it may be.
package struct ProfileProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's path; nil before it is known.
    package var file: String?
    /// From 1; nil where the file as a whole is wrong.
    package let line: Int?
    /// `points[2].scale`; empty for the document.
    package let key: String
    package let reason: String

    package init(file: String? = nil, line: Int?, key: String, reason: String) {
        self.file = file
        self.line = line
        self.key = key
        self.reason = reason
    }

    package var description: String {
        let place = [file, line.map { file == nil ? "line \($0)" : String($0) }].compactMap(\.self).joined(separator: ":")
        return [place, key, reason].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
