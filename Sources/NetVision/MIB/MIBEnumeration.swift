package import SNMP

/// The numbers that a MIB gives to the values of an enumeration.
package struct MIBEnumeration<Value: Hashable & Sendable>: Sendable {
    /// The numbers with the MIB's names for them.
    package let syntax: ObjectSyntax
    /// What the numbers mean.
    package let values: [Int: Value]
    private let codes: [Value: Int32]
    private let unknown: Int32

    /// - Parameters:
    ///   - rows: The MIB's numbers and names, and what each means. Two numbers may mean the same.
    ///   - codes: The number to serve for a value that the MIB has no number for, or more than one (else it is the lowest).
    package init(_ rows: [(number: Int32, name: String, value: Value)], codes: [Value: Int32] = [:], unknown: Int32 = 1) {
        syntax = .enumeration(rows.map { ObjectSyntax.NamedNumber($0.name, $0.number) })
        values = Dictionary(uniqueKeysWithValues: rows.map { (Int($0.number), $0.value) })
        let named = Dictionary(rows.map { ($0.value, $0.number) }, uniquingKeysWith: min)
        self.codes = named.merging(codes) { _, chosen in chosen }
        self.unknown = unknown
    }

    /// The meaning of a number; absent if the MIB does not define it.
    package subscript(code: Int) -> Value? { values[code] }

    /// The number to serve for a value.
    package func code(of value: Value?) -> Int32 { value.flatMap { codes[$0] } ?? unknown }
}
