import NetVision
import SNMP
import Testing

@Suite struct NVFleetModulesTests {
    struct Branch: Sendable, CustomTestStringConvertible {
        let module: InformationModule
        let fixture: String

        var testDescription: String { module.name }
    }

    static let branches = [
        Branch(module: NVFleetModules.ups, fixture: "netvision7"), Branch(module: NVFleetModules.ups5, fixture: "netvision5"),
        Branch(module: NVFleetModules.sts, fixture: "sts"),
    ]

    /// What is ours: texts that a SET changes, and names without the hyphens that SMIv2 forbids.
    private static let writableHere: Set<String> = ["upsSystemName", "upsSystemContact", "upsSystemLocation"]
    /// upsAgentTrapString, which MIB 8.11 has no more.
    private static let ofTheManual: Set<OID> = ["1.3.6.1.4.1.4555.1.1.7.1.9.50"]
    /// Longer than SMIv2 advises.
    private static let longNames: Set<String> = ["upsControlShutdownParametersTable"]
    private static let renamedNumbers: Set<String> = ["receiverNmstype"]

    @Test(arguments: branches) func everyObjectIsTheVendors(_ branch: Branch) throws {
        let vendor = try VendorObject.all(in: branch.fixture)
        for object in branch.module.objects {
            if Self.ofTheManual.contains(object.oid) { continue }
            let original = try #require(vendor[object.oid], "\(object.name) \(object.oid) is not in the vendor's MIB")
            #expect(object.name == original.name)
            #expect(
                original.describes(object.syntax) || Self.renamedNumbers.contains(object.name),
                "\(object.name) is \(object.syntax), the vendor's \(original.syntax)")
            let access = object.access == .readWrite && !Self.writableHere.contains(object.name) ? "read-write" : "read-only"
            #expect(access == original.access, "\(object.name)")
        }
    }

    @Test(arguments: branches) func everyNodeAndTableIsTheVendors(_ branch: Branch) throws {
        let vendor = try VendorObject.all(in: branch.fixture)
        for node in [branch.module.root] + branch.module.nodes { #expect(vendor[node.oid]?.name == node.name, "\(node)") }
        for table in branch.module.tables {
            #expect(vendor[table.oid]?.name == table.name)
            #expect(vendor[table.entry.oid]?.name == table.entry.name)
            let columns = branch.module.objects.filter { $0.oid.isDescendant(of: table.entry.oid) }.map(\.name)
            #expect(Set(table.index).isSubset(of: columns), "\(table.name)")
        }
    }

    @Test func everyNotificationIsTheVendors() throws {
        let vendor = try VendorObject.all(in: "netvision7").values.filter { $0.syntax == "TRAP-TYPE" }.sorted { $0.oid < $1.oid }
        let notifications = NVFleetModules.ups.notifications
        #expect(notifications.map(\.oid) == vendor.map(\.oid))
        #expect(notifications.map(\.name) == vendor.map(\.name))
        #expect(notifications.count == 42)
        #expect(notifications[0].objects.map(\.name) == ["upsEstimatedMinutesRemaining", "upsSecondsOnBattery"])
        #expect(notifications[2].objects.map(\.name) == ["upsAlarmId", "upsAlarmDescr"])
        #expect(notifications[4].objects.isEmpty)
        #expect(notifications[4].description == "Imminent stop of the output. Severity: critical.")
    }

    @Test func everyNotificationOfATransferSwitchIsTheVendorsAndCarriesItsText() throws {
        let vendor = try VendorObject.all(in: "sts").values.filter { $0.syntax == "TRAP-TYPE" }.sorted { $0.oid < $1.oid }
        let notifications = NVFleetModules.sts.notifications
        #expect(notifications.map(\.oid) == vendor.map(\.oid))
        #expect(notifications.map(\.name) == vendor.map(\.name))
        #expect(notifications.count == 23)
        for notification in notifications { #expect(notification.objects.map(\.name) == ["stsAgentTrapString"]) }
    }

    @Test(arguments: branches) func everyObjectOfTheVendorsMIBIsDeclared(_ branch: Branch) throws {
        let declared = Set(branch.module.objects.map(\.oid))
        for object in try VendorObject.all(in: branch.fixture).values where object.access.hasPrefix("read-") {
            #expect(declared.contains(object.oid), "\(object.name) \(object.oid)")
        }
    }

    @Test(arguments: branches) func numbersAndNamesAreUnique(_ branch: Branch) {
        let objects = branch.module.objects
        let names =
            objects.map(\.name) + branch.module.nodes.map(\.name) + branch.module.tables.flatMap { [$0.name, $0.entry.name] }
            + branch.module.notifications.map(\.name)
        #expect(Set(objects.map(\.oid)).count == objects.count)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect((name.count <= 32 || Self.longNames.contains(name)) && name.wholeMatch(of: /[a-z][A-Za-z0-9]*/) != nil, "\(name)")
        }
    }

    @Test(arguments: branches) func everyTextIsASentenceOrTwoInASCII(_ branch: Branch) {
        for object in branch.module.objects {
            #expect(object.description.hasSuffix("."), "\(object.name): \(object.description)")
            // A variable without a text is described by its name.
            #expect(object.description.contains(" ") && !object.description.contains("{"), "\(object.name): \(object.description)")
        }
        #expect(branch.module.text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func theOldBranchHasItsOwnEnumerations() throws {
        func labels(_ module: InformationModule, _ name: String) throws -> [String] {
            guard case .enumeration(let names) = try #require(module.objects.first { $0.name == name }).syntax else { return [] }
            return names.map { "\($0.name)(\($0.number))" }
        }
        #expect(try labels(NVFleetModules.ups, "upsOutputSource").prefix(3) == ["unknown(1)", "onMaintenBypass(2)", "onInverter(3)"])
        #expect(try labels(NVFleetModules.ups5, "upsOutputSource").prefix(3) == ["unknown(1)", "onInverter(2)", "onMains(3)"])
        #expect(try labels(NVFleetModules.ups, "upsBatteryStatus").last == "batteryDisconnected(9)")
        #expect(try labels(NVFleetModules.ups5, "upsBatteryStatus").last == "batteryDisconnected(7)")
    }

    @Test func unitsTellTheScale() throws {
        func units(_ module: InformationModule, _ name: String) -> String? { module.objects.first { $0.name == name }?.units }
        #expect(units(NVFleetModules.ups, "upsBatteryVoltage") == "0.1 V")
        #expect(units(NVFleetModules.ups, "upsOutputKva") == "0.1 kVA")
        #expect(units(NVFleetModules.ups, "upsEstimatedMinutesRemaining") == "minutes")
        #expect(units(NVFleetModules.ups, "upsBatteryTemperature") == "0.1 degrees Celsius")
        #expect(units(NVFleetModules.sts, "stsSource1Voltage") == "V")
        #expect(units(NVFleetModules.sts, "stsOutputkVA") == "kVA")
        #expect(units(NVFleetModules.sts, "stsOutputCrestFactor") == "tenths")
        #expect(units(NVFleetModules.sts, "stsOutputPowerFactor") == "hundredths")
        #expect(units(NVFleetModules.ups5, "upsOutputKva") == "kVA")
        #expect(units(NVFleetModules.ups5, "upsBypassFrequency") == "Hz")
        #expect(units(NVFleetModules.ups5, "upsBatteryTemperature") == "degrees Celsius")
    }
}
