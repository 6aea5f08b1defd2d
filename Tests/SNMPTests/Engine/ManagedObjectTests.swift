import Testing

@testable import SNMP

struct ManagedObjectTests {
    private static let type = ObjectType("demoLevel", "1.3.6.1.3.1", .integer(1...8), .readWrite)
    private static let even = WriteHandler {
        ($0.number ?? 0) % 2 == 0 ? nil : .inconsistentValue
    } commit: { _ in
        true
    }

    /// What the first phase of a SET says.
    private func refusal(of value: SNMPValue, by object: ManagedObject) -> ErrorStatus? {
        var transaction = SetTransaction(ObjectTree([object]), by: Requester())
        do throws(SetTransaction.Failure) {
            try transaction.prepare([VariableBinding(object.name, value)])
            return nil
        } catch {
            return error.status
        }
    }

    @Test func hasTheNameThatItsDeclarationGives() {
        #expect(ManagedObject(Self.type, .integer(1)).name == "1.3.6.1.3.1.0")
        #expect(ManagedObject(Self.type, row: 5, .integer(1)).name == "1.3.6.1.3.1.5")
        #expect(ManagedObject(Self.type, named: "1.3.6.1.3.1.5.6", .integer(1)).name == "1.3.6.1.3.1.5.6")
        #expect(ManagedObject(Self.type) { .integer(3) }.value == .integer(3))
    }

    @Test(arguments: [
        (SNMPValue.text("2"), ErrorStatus.wrongType), (.integer(9), .wrongValue), (.integer(3), .inconsistentValue),
        // Out of range and odd: the declaration goes first.
        (.integer(11), .wrongValue),
    ])
    func refusesByItsDeclarationAndThenByItself(_ value: SNMPValue, _ status: ErrorStatus) {
        #expect(refusal(of: value, by: ManagedObject(Self.type, .integer(2), write: Self.even)) == status)
    }

    @Test func takesWhatBothAllow() {
        #expect(refusal(of: .integer(8), by: ManagedObject(Self.type, .integer(2), write: Self.even)) == nil)
    }

    @Test func isNotWritableWithoutAHandler() {
        #expect(refusal(of: .text("2"), by: ManagedObject(Self.type, .integer(2))) == .notWritable)
    }

    @Test func withoutADeclarationItsOwnTypeCounts() {
        let object = ManagedObject("1.3.6.1.3.2.0", .integer(2), write: Self.even)
        #expect(refusal(of: .text("2"), by: object) == .wrongType)
        #expect(refusal(of: .integer(100), by: object) == nil)
    }

    /// A farm has 2,000 cards with 750 objects each.
    @Test func isSmall() {
        #expect(MemoryLayout<ManagedObject>.stride <= 72)
    }
}
