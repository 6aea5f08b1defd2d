/// The numbers that a MIB gives to the values of an enumeration.
package struct MIBEnumeration<Value: Hashable & Sendable>: Sendable {
    private let values: [Int: Value]
    private let codes: [Value: Int32]
    private let unknown: Int32

    /// - Parameters:
    ///   - values: What each number means. Two numbers may mean the same.
    ///   - codes: The number to serve for a value that the MIB has no number for, or more than one (else it is the lowest).
    package init(_ values: [Int32: Value], codes: [Value: Int32] = [:], unknown: Int32 = 1) {
        self.values = Dictionary(uniqueKeysWithValues: values.map { (Int($0.key), $0.value) })
        let named = Dictionary(values.map { ($0.value, $0.key) }, uniquingKeysWith: min)
        self.codes = named.merging(codes) { _, chosen in chosen }
        self.unknown = unknown
    }

    /// The meaning of a number; absent if the MIB does not define it.
    package subscript(code: Int) -> Value? { values[code] }

    /// The number to serve for a value.
    package func code(of value: Value?) -> Int32 { value.flatMap { codes[$0] } ?? unknown }
}
