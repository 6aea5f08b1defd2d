import Foundation
import SNMP

/// One line of the vendor's MIB: what it calls an object, and what it says of its values.
struct VendorObject: Sendable {
    let oid: OID
    let name: String
    /// As the MIB writes it: `INTEGER {unknown(1),…}`, `DisplayString(SIZE(0..31))`, `OID` of a node that is no object.
    let syntax: String
    let access: String

    /// A fixture of the folder `mib`, by object.
    static func all(in fixture: String) throws -> [OID: VendorObject] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/mib/\(fixture).tsv").standardizedFileURL
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let objects = lines.compactMap { line -> VendorObject? in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 3, let oid = OID(fields[0]) else { return nil }
            return VendorObject(oid: oid, name: fields[1], syntax: fields[2], access: fields.count > 3 ? fields[3] : "")
        }
        return Dictionary(uniqueKeysWithValues: objects.map { ($0.oid, $0) })
    }
}

extension VendorObject {
    /// Whether an object of ours takes values that the vendor's takes, and calls them the same. A range may be narrower than the vendor's.
    func describes(_ declared: ObjectSyntax) -> Bool {
        switch declared {
        case .integer(let range): integerRange.map { $0.contains(range ?? Int32.min...Int32.max) } ?? false
        case .enumeration(let names): enumeration == names
        case .displayString(let sizes): syntax.hasPrefix("DisplayString") && (size.map { $0 == sizes } ?? (0...255).contains(sizes))
        case .objectIdentifier: syntax == "OBJECT IDENTIFIER"
        case .autonomousType: syntax == "AutonomousType"
        case .timeStamp: syntax == "TimeStamp"
        case .ipAddress: syntax == "IpAddress"
        case .octetString, .timeTicks, .counter32, .gauge32: false
        }
    }

    private var integerRange: ClosedRange<Int32>? {
        if syntax == "PositiveInteger" { return 1...Int32.max }
        if ["NonNegativeInteger", "TestAndIncr", "TimeInterval"].contains(syntax) { return 0...Int32.max }
        guard syntax.hasPrefix("INTEGER"), !syntax.contains("{") else { return nil }
        return numbers.count == 2 ? Int32(numbers[0])...Int32(numbers[1]) : Int32.min...Int32.max
    }

    private var size: ClosedRange<Int>? { numbers.count == 2 ? numbers[0]...numbers[1] : nil }

    /// The numbers in `(0..31)`.
    private var numbers: [Int] { syntax.matches(of: /\d+/).compactMap { Int($0.0) } }

    private var enumeration: [ObjectSyntax.NamedNumber]? {
        guard syntax.hasPrefix("INTEGER {") else { return nil }
        return syntax.matches(of: /([\w-]+)\((\d+)\)/).map { ObjectSyntax.NamedNumber(String($0.1), Int32($0.2) ?? 0) }
    }
}
