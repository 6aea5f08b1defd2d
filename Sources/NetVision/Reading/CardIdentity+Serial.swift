extension CardIdentity {
    /// The serial number, if it can tell one card from another.
    package var tellingSerial: String? { serial.flatMap(Self.telling) }

    /// Nil of what cards answer that have no serial number.
    package static func telling(_ serial: String) -> String? {
        let folded = serial.lowercased().filter { !$0.isWhitespace }
        return folded.count > 1 && Set(folded).count > 1 && !fillers.contains(folded) ? serial : nil
    }

    /// In lower case, without white space.
    private static let fillers: Set<String> = [
        "unknown", "none", "n/a", "na", "notavailable", "notset", "default", "serialnumber", "123456789",
    ]
}
