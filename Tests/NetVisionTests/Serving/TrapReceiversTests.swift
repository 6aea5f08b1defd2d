import NIOCore
import NetVision
import SNMP
import Synchronization
import Testing

@Suite struct TrapReceiversTests {
    private static let entry: OID = "1.3.6.1.4.1.4555.1.1.7.1.9.21.1"

    /// The settings behind the table.
    private final class Settings: Sendable {
        let rows = Mutex([TrapReceiverRow(address: "192.0.2.7:10162", community: "public", kind: .netVision)])

        var tree: ObjectTree {
            ObjectTree(
                CardObjects.trapReceivers(rows.withLock { $0 }) { _, row in
                    row.address.contains(" ") ? .wrongValue : nil
                } write: { index, change in
                    self.rows.withLock { rows in
                        while rows.count < index { rows.append(.unused) }
                        change(&rows[index - 1])
                    }
                    return index != 8
                })
        }

        func set(_ bindings: VariableBinding...) throws -> ErrorStatus? {
            var session = AgentSession(access: AgentAccess(writeCommunity: "private"), saltStart: 0)
            var workspace = AgentWorkspace()
            let request = CommunityMessage(.v2c, "private", PDU(.set, bindings: bindings)).encoded()
            guard session.received(request, at: .uptimeNanoseconds(0), in: &workspace, tree: { _ in tree }) == .respond,
                case .pdu(let response) = try CommunityMessage(decoding: ByteBuffer(bytes: workspace.response)).content
            else { return nil }
            return response.errorStatus
        }
    }

    @Test func hasEightRowsOfFourColumns() {
        let tree = Settings().tree
        #expect(tree.indices.map { tree[$0].name } == (1...4).flatMap { column in (1...8).map { Self.entry.appending(column, $0) } })
        #expect(tree.object(at: Self.entry.appending(1, 8))?.value == .integer(8))
        #expect(tree.object(at: Self.entry.appending(2, 1))?.value == .text("192.0.2.7:10162"))
        #expect(tree.object(at: Self.entry.appending(3, 1))?.value == .text("public"))
        #expect(tree.object(at: Self.entry.appending(4, 1))?.value == .integer(3))
        #expect(tree.object(at: Self.entry.appending(2, 2))?.value == .text(""))
        #expect(tree.object(at: Self.entry.appending(4, 8))?.value == .integer(1))
    }

    @Test func aRowIsSetInOneRequest() throws {
        let settings = Settings()
        let status = try settings.set(
            VariableBinding(Self.entry.appending(2, 3), .text("192.0.2.9")), VariableBinding(Self.entry.appending(3, 3), .text("secret")),
            VariableBinding(Self.entry.appending(4, 3), .integer(2)))
        #expect(status == .noError)
        #expect(
            settings.rows.withLock { $0 }.dropFirst()
                == [.unused, TrapReceiverRow(address: "192.0.2.9", community: "secret", kind: .rfc1628)])
    }

    static let refused: [(column: UInt32, value: SNMPValue, status: ErrorStatus)] = [
        (1, .integer(2), .notWritable), (2, .integer(1), .wrongType), (2, .octetString(Array(repeating: 0x31, count: 256)), .wrongLength),
        (2, .octetString([0xFF]), .wrongEncoding), (2, .text("no address"), .wrongValue),
        (3, .octetString(Array(repeating: 0x61, count: 32)), .wrongLength), (4, .text("none"), .wrongType), (4, .integer(0), .wrongValue),
        (4, .integer(4), .wrongValue), (4, .gauge32(1), .wrongType),
    ]

    @Test(arguments: refused) func whatIsNotDeclaredIsRefused(_ column: UInt32, _ value: SNMPValue, _ status: ErrorStatus) throws {
        let settings = Settings()
        #expect(try settings.set(VariableBinding(Self.entry.appending(column, 1), value)) == status)
        #expect(settings.rows.withLock { $0 } == [TrapReceiverRow(address: "192.0.2.7:10162", community: "public", kind: .netVision)])
    }

    @Test func aSettingThatCannotBeKeptFailsTheSet() throws {
        #expect(try Settings().set(VariableBinding(Self.entry.appending(4, 8), .integer(3))) == .commitFailed)
    }
}
