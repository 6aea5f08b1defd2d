import NIOCore
import Testing

@testable import SNMP

struct SNMPNotificationTests {
    private static let vendor: OID = "1.3.6.1.4.1.4555.1.1.7.2"
    private static let variable = VariableBinding("1.3.6.1.4.1.4555.1.1.7.1.6.1.0", .integer(1))
    private static let address = SNMPValue.IPAddress(10, 0, 0, 5)

    private static func trap(_ generic: Int32, _ specific: Int32, _ bindings: [VariableBinding] = [variable]) -> TrapV1 {
        TrapV1(
            enterprise: vendor, agentAddress: address, genericTrap: generic, specificTrap: specific, timeStamp: 4711, bindings: bindings)
    }

    @Test func namesAnEnterprisesTrapByAZeroAndItsNumber() throws {
        let notification = try #require(SNMPNotification(Self.trap(6, 15)))
        #expect(
            notification
                == SNMPNotification(Self.vendor.appending(0, 15), uptime: 4711, bindings: [Self.variable], agentAddress: Self.address))
    }

    @Test(arguments: SNMPNotification.GenericTrap.allCases) func namesGenericTrapsAsTheStandardDoes(
        _ generic: SNMPNotification.GenericTrap
    ) throws {
        let notification = try #require(SNMPNotification(Self.trap(generic.rawValue, 0)))
        #expect(notification.trapOID == ("1.3.6.1.6.3.1.1.5" as OID).appending(UInt32(generic.rawValue) + 1))
        #expect(notification.genericTrap == generic)
        #expect(notification.enterprise == Self.vendor)
        #expect(notification.specificTrap == nil)
        #expect(notification.trapV1() == Self.trap(generic.rawValue, 0))
    }

    @Test(arguments: [
        SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.15"), SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.15"), SNMPNotification(trap(6, 15)),
        SNMPNotification(SNMPNotification("1.3.6.1.4.1.4555.1.1.7.2.0.15").pdu(.trapV2, requestID: 1)),
    ])
    func hasTheSameEnterpriseAndNumberInEachForm(_ notification: SNMPNotification?) {
        #expect(notification?.enterprise == Self.vendor)
        #expect(notification?.specificTrap == 15)
        #expect(notification?.genericTrap == nil)
        #expect(notification?.trapV1(from: Self.address)?.enterprise == Self.vendor)
        #expect(notification?.trapV1(from: Self.address)?.specificTrap == 15)
        #expect(notification?.trapV1(from: Self.address)?.genericTrap == 6)
    }

    @Test(arguments: [(6, 15), (6, 0), (6, -1), (6, .max), (0, 0), (5, 0)] as [(Int32, Int32)])
    func goesThroughVersion2AndBack(_ generic: Int32, _ specific: Int32) throws {
        let trap = Self.trap(generic, specific)
        let first = try #require(SNMPNotification(trap))
        let second = try #require(SNMPNotification(first.pdu(.trapV2, requestID: 7)))
        #expect(second == first)
        #expect(second.trapV1() == trap)
    }

    /// The trap of a proxy (RFC 3584 §3.1 (4)).
    @Test func takesWhatAProxyAppendsForFieldsAndAppendsIt() throws {
        var notification = SNMPNotification(SNMPNotification.GenericTrap.linkUp.trapOID, uptime: 5, bindings: [Self.variable])
        notification.agentAddress = Self.address
        notification.trapCommunity = "public"
        notification.trapEnterprise = Self.vendor
        let pdu = notification.pdu(.inform, requestID: 9)
        #expect(pdu.kind == .inform)
        #expect(pdu.requestID == 9)
        #expect(
            pdu.bindings == [
                VariableBinding("1.3.6.1.2.1.1.3.0", .timeTicks(5)),
                VariableBinding("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier("1.3.6.1.6.3.1.1.5.4")), Self.variable,
                VariableBinding("1.3.6.1.6.3.18.1.3.0", .ipAddress(Self.address)),
                VariableBinding("1.3.6.1.6.3.18.1.4.0", .text("public")),
                VariableBinding("1.3.6.1.6.3.1.1.4.3.0", .objectIdentifier(Self.vendor)),
            ])
        #expect(SNMPNotification(pdu) == notification)
        let trap = try #require(notification.trapV1())
        #expect(trap.agentAddress == Self.address)
        #expect(trap.enterprise == Self.vendor)
        #expect(SNMPNotification(trap) == notification)
    }

    @Test func aVariableOfTheProxyGoesBeforeTheFieldOfVersion1() throws {
        let other = SNMPValue.IPAddress(192, 0, 2, 9)
        let trap = Self.trap(
            0, 0,
            [
                VariableBinding("1.3.6.1.6.3.18.1.3.0", .ipAddress(other)),
                VariableBinding("1.3.6.1.6.3.1.1.4.3.0", .objectIdentifier("1.3.6.1.4.1.9")),
            ])
        let notification = try #require(SNMPNotification(trap))
        #expect(notification.agentAddress == other)
        #expect(notification.enterprise == "1.3.6.1.4.1.9")
        #expect(notification.bindings.isEmpty)
    }

    @Test func keepsAProxysVariableOfAWrongTypeAsItIs() throws {
        let odd = VariableBinding("1.3.6.1.6.3.18.1.3.0", .text("10.0.0.5"))
        let notification = try #require(SNMPNotification(Self.trap(6, 1, [odd])))
        #expect(notification.agentAddress == Self.address)
        #expect(notification.bindings == [odd])
    }

    @Test func anAddressOfZerosIsNone() throws {
        var trap = Self.trap(6, 1)
        trap.agentAddress = SNMPValue.IPAddress(rawValue: 0)
        #expect(try #require(SNMPNotification(trap)).agentAddress == nil)
    }

    @Test func ourOwnAddressStandsWhereNoOtherIsNamed() {
        let notification = SNMPNotification(Self.vendor.appending(0, 1))
        #expect(notification.trapV1(from: Self.address)?.agentAddress == Self.address)
        #expect(notification.trapV1()?.agentAddress == SNMPValue.IPAddress(rawValue: 0))
    }

    @Test(arguments: [SNMPValue.counter64(1), .noSuchObject, .noSuchInstance, .endOfMibView])
    func version1HasNoFormForSomeValues(_ value: SNMPValue) {
        #expect(SNMPNotification(Self.vendor.appending(0, 1), bindings: [VariableBinding(Self.vendor, value)]).trapV1() == nil)
    }

    @Test func theFirstTwoVariablesAreFoundAnywhere() throws {
        let name = VariableBinding("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier(Self.vendor.appending(0, 3)))
        let uptime = VariableBinding("1.3.6.1.2.1.1.3.0", .timeTicks(9))
        let moved = try #require(SNMPNotification(PDU(.trapV2, bindings: [Self.variable, name, uptime])))
        #expect(moved == SNMPNotification(Self.vendor.appending(0, 3), uptime: 9, bindings: [Self.variable]))
        #expect(SNMPNotification(PDU(.trapV2, bindings: [name]))?.uptime == 0)
        #expect(SNMPNotification(PDU(.trapV2, bindings: [uptime, Self.variable])) == nil)
        #expect(SNMPNotification(PDU(.trapV2, bindings: [uptime, VariableBinding(name.name, .integer(3))])) == nil)
    }

    @Test func oidsAtTheLimitsDoNotTrap() throws {
        let longest = try #require(OID(arcs: [1, 3] + [UInt32](repeating: .max, count: 126)))
        var trap = Self.trap(6, 1)
        trap.enterprise = longest
        #expect(SNMPNotification(trap) == nil)
        trap.genericTrap = 1
        #expect(SNMPNotification(trap)?.enterprise == longest)
        for short in ["0.0", "1.3", "1.3.0", "0.0.1", "1.3.6.1.6.3.1.1.5", "1.3.6.1.6.3.1.1.5.7", "1.3.6.1.6.3.1.1.5.0.1"] as [OID] {
            let notification = SNMPNotification(short)
            #expect(notification.genericTrap == nil)
            #expect(notification.enterprise.count >= 2)
            #expect(notification.trapV1() != nil)
        }
    }
}
